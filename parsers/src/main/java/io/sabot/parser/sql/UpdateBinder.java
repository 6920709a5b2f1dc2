package io.sabot.parser.sql;

import io.sabot.parser.sql.ChangeReader.NewValue;
import io.sabot.parser.sql.ChangeReader.Target;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.TableVerb;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParseException;
import org.jspecify.annotations.Nullable;

/// UPDATE and DELETE, with other tables beside the one that changes.
final class UpdateBinder {
  private final ChangeReader reader;
  private final TokenReader in;
  private final SqlBinder binder;

  UpdateBinder(ChangeReader reader) {
    this.reader = reader;
    this.in = reader.in;
    this.binder = reader.binder;
  }

  /// `UPDATE table [alias] SET ... [FROM ...] [WHERE ...] [RETURNING ...]`.
  LogicalNode.Output update() throws SqlParseException {
    Token verb = in.next();
    in.take("ONLY");
    Token second = in.peek();
    Target target = reader.target("SET");
    in.expect("SET");
    List<NewValue> values = reader.newValues(target, "FROM", "WHERE", "RETURNING");
    return bind(target, values, others(verb, second, "FROM"));
  }

  /// `DELETE FROM table [alias] [USING ...] [WHERE ...] [RETURNING ...]`.
  LogicalNode.Output delete() throws SqlParseException {
    Token verb = in.next();
    Token second = in.peek();
    in.expect("FROM");
    in.take("ONLY");
    Target target = reader.target("USING", "WHERE", "RETURNING");
    return bind(target, null, others(verb, second, "USING"));
  }

  private @Nullable SqlNode others(Token verb, Token second, String word) throws SqlParseException {
    Token from = in.peek();
    return in.take(word)
        ? reader.fragments.tables(verb, second, from, in.skipTo("WHERE", "RETURNING"))
        : null;
  }

  /// @param values null for DELETE
  private LogicalNode.Output bind(
      Target target, @Nullable List<NewValue> values, @Nullable SqlNode others)
      throws SqlParseException {
    SqlNode where = in.take("WHERE") ? reader.fragments.expression(in.skipTo("RETURNING")) : null;
    SqlNodeList returning = reader.returning();
    List<SqlNode> items = new ArrayList<>();
    ChangeRows.addTarget(items, target);
    if (values != null) {
      for (NewValue value : values) {
        if (value.value() != null) {
          Defaults.checkGiven(value.column(), value.place(), false);
        }
        ChangeRows.addExpr(items, Defaults.node(value, target));
      }
    }
    int first = items.size();
    if (returning != null) {
      List<String> after = others == null ? List.of() : ChangeRows.aliases(others);
      ChangeRows.addReturning(items, returning, target, List.of(), after);
    }
    SqlNode from = ChangeRows.table(ChangeRows.TARGET, target.alias(), target.position());
    if (others != null) {
      from = ChangeRows.join(from, JoinType.COMMA, others, null, target.position());
    }
    var given =
        Map.<String, org.apache.calcite.schema.Table>of(
            ChangeRows.TARGET, new CatalogReader.Target(target.table()));
    ChangeRows rows =
        new ChangeRows(
            reader.convert(items, from, where, given),
            new RelLowering(binder, reader.fragments.parameters()));
    Map<Column, Column> replaced = new HashMap<>();
    LogicalNode.TableModify change = change(target.table(), values, rows, returning, replaced);
    return returning == null
        ? ChangeRows.counted(change)
        : rows.returning(change, replaced, first, reader.names(returning));
  }

  private LogicalNode.TableModify change(
      TableDef table,
      @Nullable List<NewValue> newValues,
      ChangeRows rows,
      @Nullable SqlNodeList returning,
      Map<Column, Column> replaced) {
    int width = table.columns().size();
    Map<Integer, Column> values = new TreeMap<>();
    List<Assignment> assignments = new ArrayList<>();
    for (int i = 0; newValues != null && i < newValues.size(); i++) {
      ColumnDef definition = newValues.get(i).column();
      int item = width + 1 + i;
      Column value =
          binder.columns.column(definition.name(), definition.type(), rows.isNullable(item));
      assignments.add(new Assignment(value, Coercion.cast(rows.expr(item), definition.type())));
      values.put(definition.id(), value);
    }
    LogicalNode input = rows.rows().planned();
    if (!assignments.isEmpty()) {
      input = new LogicalNode.Extend(input, assignments);
      input = computed(table, input, rows, values);
    }
    for (int c = 0; c < width; c++) {
      Column value = values.get(table.columns().get(c).id());
      if (value != null) {
        replaced.put(rows.field(c), value);
      }
    }
    return new LogicalNode.TableModify(
        newValues == null ? TableVerb.DELETE : TableVerb.UPDATE,
        table.id(),
        table.name(),
        input,
        rows.field(width),
        values,
        returning == null ? binder.columns.column("count", Type.INT64, false) : null);
  }

  /// Adds the generated columns to the new values.
  private LogicalNode computed(
      TableDef table, LogicalNode input, ChangeRows rows, Map<Integer, Column> values) {
    Map<Integer, Column> all = new TreeMap<>();
    for (int c = 0; c < table.columns().size(); c++) {
      all.put(table.columns().get(c).id(), rows.field(c));
    }
    all.putAll(values);
    LogicalNode computed = Defaults.compute(table, input, all, binder);
    for (ColumnDef column : table.columns()) {
      if (column.isGenerated()) {
        values.put(column.id(), java.util.Objects.requireNonNull(all.get(column.id())));
      }
    }
    return computed;
  }
}
