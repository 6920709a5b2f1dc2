package io.sabot.parser.sql;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;
import org.jspecify.annotations.Nullable;

/// A table made of the catalog. Columns are texts; those named after a position, a precision or a
/// scale are whole numbers.
final class SystemTable extends AbstractTable {
  private final List<String> names;
  private final Supplier<List<List<@Nullable Object>>> rows;

  /// @param rows texts and numbers, made anew for each use
  SystemTable(List<String> names, Supplier<List<List<@Nullable Object>>> rows) {
    this.names = List.copyOf(names);
    this.rows = rows;
  }

  List<String> names() {
    return names;
  }

  private static Type type(String name) {
    boolean isNumber =
        name.endsWith("_position")
            || name.startsWith("position_")
            || name.endsWith("_precision")
            || name.endsWith("_scale");
    return isNumber ? Type.INT32 : Type.STRING;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory types) {
    RelDataTypeFactory.Builder builder = types.builder();
    names.forEach(name -> builder.add(name, TypeMapping.toCalcite(type(name), true, types)));
    return builder.build();
  }

  Relation scan(ColumnAllocator columns) {
    List<Column> fields =
        names.stream().map(name -> columns.column(name, type(name), true)).toList();
    List<List<Expr>> values = new ArrayList<>();
    for (List<@Nullable Object> row : rows.get()) {
      List<Expr> cells = new ArrayList<>();
      for (int c = 0; c < names.size(); c++) {
        cells.add(new Expr.Lit(value(row.get(c)), fields.get(c).type()));
      }
      values.add(cells);
    }
    return new Relation(new LogicalNode.Values(fields, values), fields);
  }

  private static Value value(@Nullable Object cell) {
    return switch (cell) {
      case String text -> Value.of(text);
      case Integer number -> Value.of((long) number);
      case null, default -> Value.NULL;
    };
  }
}
