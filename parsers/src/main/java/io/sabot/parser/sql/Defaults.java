package io.sabot.parser.sql;

import io.sabot.parser.sql.ChangeReader.NewValue;
import io.sabot.parser.sql.ChangeReader.Target;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ColumnValue;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.SequenceFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// What columns get that a statement gives no value: defaults, numbers of identity columns, and
/// generated values.
final class Defaults {
  private Defaults() {}

  /// The value as written, or the default. The values of generated columns are computed later.
  static SqlNode node(NewValue value, Target target) throws SqlParseException {
    SqlNode written = value.value();
    return written == null ? node(value.column(), target.position()) : written;
  }

  private static SqlNode node(ColumnDef column, SqlParserPos position) throws SqlParseException {
    return switch (column.value()) {
      case ColumnValue.Default(String text) -> PostgresForms.read(text, SqlParser::parseExpression);
      case ColumnValue.Identity(int sequence, _) ->
          PostgresFunctions.NEXT_NUMBER.createCall(
              position, SqlLiteral.createExactNumeric(Integer.toString(sequence), position));
      case ColumnValue.Generated _ -> SqlLiteral.createNull(position);
      case null -> SqlLiteral.createNull(position);
    };
  }

  /// The default as an expression.
  static Expr expr(ColumnDef column, SqlBinder binder) {
    Expr value =
        switch (column.value()) {
          case ColumnValue.Default(String text) -> constant(text, binder);
          case ColumnValue.Identity(int sequence, _) ->
              SequenceFunctions.NEXT.call(Expr.lit(Value.of((long) sequence)));
          case ColumnValue.Generated _ -> Expr.nullOf(column.type());
          case null -> Expr.nullOf(column.type());
        };
    return Coercion.cast(value, column.type());
  }

  /// An expression without columns and queries.
  private static Expr constant(String text, SqlBinder binder) {
    LogicalNode.Output output = binder.plan("SELECT (" + text + "\n) AS d");
    Column out = output.columns().getFirst().column();
    if (output.input() instanceof LogicalNode.Project(LogicalNode.Values rows, var assignments)) {
      for (Assignment assignment : assignments) {
        if (assignment.column().equals(out) && assignment.expr().columns().isEmpty()) {
          return assignment.expr();
        }
      }
      if (rows.columns().contains(out) && rows.rows().size() == 1) {
        return rows.rows().getFirst().get(rows.columns().indexOf(out));
      }
    }
    if (output.input() instanceof LogicalNode.Values rows && rows.rows().size() == 1) {
      return rows.rows().getFirst().get(rows.columns().indexOf(out));
    }
    throw Errors.unsupported(null, "DEFAULT " + text + " with a query in it");
  }

  // ---- definitions

  /// Checks the defaults and generated values of a table that is about to be defined.
  static void check(TableDef table, SqlBinder binder) {
    for (ColumnDef column : table.columns()) {
      switch (column.value()) {
        case ColumnValue.Default _ -> expr(column, binder);
        case ColumnValue.Generated(String text) -> generated(text, table, binder);
        case ColumnValue.Identity _ -> {}
        case null -> {}
      }
    }
  }

  private static RowCondition generated(String text, TableDef table, SqlBinder binder) {
    RowCondition value = RowCondition.expression(binder, table, text, "GENERATED ALWAYS AS");
    for (LogicalNode.ColumnRead read : value.scan().reads()) {
      boolean isRead = value.condition().columns().contains(read.column());
      if (isRead && table.column(read.columnId()).isGenerated()) {
        throw Errors.semantic(
            null,
            "GeneratedOfGenerated",
            "GENERATED ALWAYS AS (" + text + ") uses a column that is generated itself",
            "repeat what that one is made of");
      }
    }
    return value;
  }

  // ---- changes of rows

  /// Fails where a statement gives a value that the table gives itself.
  ///
  /// @param overrides whether OVERRIDING SYSTEM VALUE was written
  static void checkGiven(ColumnDef column, @Nullable SourceSpan place, boolean overrides) {
    if (column.isGenerated()) {
      throw given(column, place, "leave it out, or give it DEFAULT");
    }
    if (column.value() instanceof ColumnValue.Identity(_, boolean always) && always && !overrides) {
      throw given(column, place, "leave it out, or write OVERRIDING SYSTEM VALUE");
    }
  }

  private static QueryException given(ColumnDef column, @Nullable SourceSpan place, String hint) {
    return Errors.semantic(
        place, "GeneratedColumn", "column '" + column.name() + "' is GENERATED ALWAYS", hint);
  }

  /// The rows of a VALUES with the defaults in the place of DEFAULT.
  static SqlNode withDefaults(SqlNode source, List<ColumnDef> columns) throws SqlParseException {
    if (!(source instanceof SqlCall values) || values.getKind() != SqlKind.VALUES) {
      return source;
    }
    List<SqlNode> rows = new ArrayList<>();
    for (SqlNode row : values.getOperandList()) {
      rows.add(
          row instanceof SqlBasicCall cells && row.getKind() == SqlKind.ROW
              ? row(cells, columns)
              : row);
    }
    return values
        .getOperator()
        .createCall(null, values.getParserPosition(), rows.toArray(SqlNode[]::new));
  }

  private static SqlNode row(SqlBasicCall row, List<ColumnDef> columns) throws SqlParseException {
    SqlNode[] cells = row.getOperandList().toArray(SqlNode[]::new);
    for (int i = 0; i < cells.length && i < columns.size(); i++) {
      if (isDefault(cells[i])) {
        cells[i] = node(columns.get(i), cells[i].getParserPosition());
      }
    }
    return row.getOperator().createCall(null, row.getParserPosition(), cells);
  }

  private static boolean isDefault(SqlNode cell) {
    return cell.getKind() == SqlKind.DEFAULT;
  }

  /// Whether all rows of a VALUES have DEFAULT for the column at `position`.
  static boolean isAllDefault(SqlNode source, int position) {
    return source instanceof SqlCall values
        && values.getKind() == SqlKind.VALUES
        && values.getOperandList().stream()
            .allMatch(row ->
                row instanceof SqlBasicCall cells
                    && position < cells.operandCount()
                    && isDefault(cells.operand(position)));
  }

  /// Computes the generated columns of rows.
  ///
  /// @param columns what the rows have for the columns of the table, by id; gets the computed ones
  static LogicalNode compute(
      TableDef table, LogicalNode rows, Map<Integer, Column> columns, SqlBinder binder) {
    List<Assignment> assignments = new ArrayList<>();
    Map<Integer, Column> computed = new HashMap<>();
    for (ColumnDef column : table.columns()) {
      if (column.value() instanceof ColumnValue.Generated(String text)) {
        RowCondition value = RowCondition.expression(binder, table, text, "GENERATED ALWAYS AS");
        Map<Column, Column> ours = new HashMap<>();
        value
            .scan()
            .reads()
            .forEach(read -> {
              Column own = columns.get(read.columnId());
              if (own != null) {
                ours.put(read.column(), own);
              }
            });
        Expr expr =
            value
                .condition()
                .transform(e ->
                    e instanceof Expr.Col(Column read) ? ours.getOrDefault(read, read).ref() : e);
        Column out = binder.columns.column(column.name(), column.type(), true);
        assignments.add(new Assignment(out, Coercion.cast(expr, column.type())));
        computed.put(column.id(), out);
      }
    }
    columns.putAll(computed);
    return assignments.isEmpty() ? rows : new LogicalNode.Extend(rows, assignments);
  }
}
