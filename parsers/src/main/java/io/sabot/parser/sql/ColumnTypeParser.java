package io.sabot.parser.sql;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ColumnValue;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.logical.LogicalNode.ColumnRead;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `ALTER COLUMN c [SET DATA] TYPE type [USING expression]`, as PostgreSQL has it: a new column is
/// made from the old one and takes its place in keys and constraints.
final class ColumnTypeParser {
  private final TokenReader in;
  private final SqlBinder binder;

  ColumnTypeParser(TokenReader in, SqlBinder binder) {
    this.in = in;
    this.binder = binder;
  }

  /// Looks at what depends on a table.
  @FunctionalInterface
  interface Dependents {
    void check(TableDef before, TableDef after, SourceSpan place);
  }

  Statement parse(TableDef table, ColumnDef column, Dependents dependents) {
    SourceSpan place = in.span();
    Type type = new TypeParser(in).type();
    if (in.peek().is("COLLATE")) {
      throw Errors.unsupported(in.span(), "COLLATE");
    }
    check(table, column, type, place);
    SourceSpan from = place;
    String text = quoted(column.name());
    boolean isUsing = in.take("USING");
    if (isUsing) {
      from = in.span();
      text = in.rest().strip();
    }
    ColumnDef made =
        new ColumnDef(
            table.nextColumn(),
            freeName(table, column.name()),
            type,
            true,
            new ColumnValue.Generated(text));
    List<ColumnDef> more = new ArrayList<>(table.columns());
    more.add(made);
    TableDef filled = table.withColumns(more);
    checkValue(filled, column, type, text, isUsing, from);
    TableDef after = replaced(filled, column, made);
    checkDefault(after, after.column(made.id()), place);
    dependents.check(table, after, place);
    return new Statement.AlterColumnType(table, filled, after, column.id(), made.id(), place);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String freeName(TableDef table, String name) {
    String free = name + "$";
    while (table.column(free).isPresent()) {
      free += "$";
    }
    return free;
  }

  private void check(TableDef table, ColumnDef column, Type type, SourceSpan place) {
    if (column.isGenerated()) {
      throw Errors.semantic(
          place,
          "GeneratedColumn",
          "column '" + column.name() + "' is generated",
          "DROP EXPRESSION first, or drop the column and add it again");
    }
    if (column.value() instanceof ColumnValue.Identity && !(type instanceof Type.Int)) {
      throw Errors.semantic(
          place,
          "IdentityType",
          "column '" + column.name() + "' has a sequence and stays a whole number",
          "DROP IDENTITY first");
    }
    for (ColumnDef other : table.columns()) {
      if (other.value() instanceof ColumnValue.Generated(String text)
          && uses(table, text, column)) {
        throw Errors.semantic(
            place,
            "DependentColumn",
            "generated column '" + other.name() + "' is made of '" + column.name() + "'",
            "drop that column first");
      }
    }
    checkReferences(table, column, type, place);
  }

  private boolean uses(TableDef table, String text, ColumnDef column) {
    RowCondition value = RowCondition.expression(binder, table, text, "GENERATED ALWAYS AS");
    return value.scan().reads().stream()
        .filter(read -> value.condition().columns().contains(read.column()))
        .map(ColumnRead::columnId)
        .anyMatch(id -> id == column.id());
  }

  /// Both sides of a foreign key have one type.
  private void checkReferences(TableDef table, ColumnDef column, Type type, SourceSpan place) {
    AlterParser.checkNotReferenced(binder, table, column, place);
    for (ForeignKeyDef key : table.foreignKeys()) {
      int at = key.columns().indexOf(column.id());
      TableDef target = at < 0 ? null : binder.catalog.table(key.targetTable()).orElse(null);
      if (target != null && !target.column(key.targetColumns().get(at)).type().equals(type)) {
        throw Errors.semantic(
            place,
            "ForeignKeyType",
            "column '"
                + column.name()
                + "' refers to one of another type in '"
                + target.name()
                + "'",
            "drop constraint '" + key.name() + "' first");
      }
    }
  }

  private void checkValue(
      TableDef filled,
      ColumnDef column,
      Type type,
      String text,
      boolean isUsing,
      SourceSpan place) {
    Type found;
    try {
      found =
          RowCondition.expression(binder, filled, text, isUsing ? "USING" : "TYPE")
              .condition()
              .type();
    } catch (QueryException wrong) {
      throw new QueryException(
          wrong.code(), place, wrong.message(), wrong.hint(), wrong.detail(), wrong);
    }
    if (!isAssignable(found, type)) {
      String wanted = type.toString().toLowerCase(Locale.ROOT);
      throw new QueryException(
          ErrorCode.TYPE_MISMATCH,
          place,
          isUsing
              ? "USING gives " + found + " for column '" + column.name() + "' of " + type
              : "column '"
                  + column.name()
                  + "' of "
                  + found
                  + " does not become "
                  + type
                  + " by itself",
          isUsing
              ? "convert it: USING CAST(... AS " + wanted + ")"
              : "say how: USING CAST(" + column.name() + " AS " + wanted + ")");
    }
  }

  /// What an assignment converts by itself: numbers, dates and timestamps among each other, and
  /// anything into text.
  private static boolean isAssignable(Type from, Type to) {
    return from.equals(to)
        || to.equals(Type.STRING)
        || to.equals(Type.ANY)
        || (isNumber(from) && isNumber(to))
        || (isTime(from) && isTime(to));
  }

  private static boolean isNumber(Type type) {
    return type instanceof Type.Int
        || type instanceof Type.Decimal
        || type instanceof Type.Floating;
  }

  private static boolean isTime(Type type) {
    return type.equals(Type.DATE) || type.equals(Type.TIMESTAMP) || type.equals(Type.TIMESTAMPTZ);
  }

  private void checkDefault(TableDef after, ColumnDef column, SourceSpan place) {
    if (!(column.value() instanceof ColumnValue.Default(String text))) {
      return;
    }
    try {
      Defaults.check(after, binder);
    } catch (QueryException wrong) {
      throw Errors.semantic(
          place,
          "DefaultType",
          "DEFAULT " + text + " of column '" + column.name() + "': " + wrong.message(),
          "DROP DEFAULT first");
    }
  }

  /// With the new column for the old one, also in keys.
  private static TableDef replaced(TableDef filled, ColumnDef old, ColumnDef made) {
    List<ColumnDef> columns = new ArrayList<>();
    for (ColumnDef column : filled.columns()) {
      if (column.id() == old.id()) {
        columns.add(new ColumnDef(made.id(), old.name(), made.type(), old.nullable(), old.value()));
      } else if (column.id() != made.id()) {
        columns.add(column);
      }
    }
    return filled
        .withColumns(columns)
        .withKeys(
            replaced(filled.primaryKey(), old, made),
            filled.uniqueKeys().stream().map(key -> replaced(key, old, made)).toList(),
            filled.foreignKeys().stream()
                .map(key ->
                    new ForeignKeyDef(
                        key.name(),
                        replaced(key.columns(), old, made),
                        key.targetTable(),
                        key.targetColumns()))
                .toList());
  }

  private static List<Integer> replaced(List<Integer> ids, ColumnDef old, ColumnDef made) {
    return ids.stream().map(id -> id == old.id() ? made.id() : id).toList();
  }
}
