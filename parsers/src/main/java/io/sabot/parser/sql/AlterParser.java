package io.sabot.parser.sql;

import io.sabot.plan.catalog.ChangedCatalog;
import io.sabot.plan.catalog.CheckDef;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ColumnValue;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.MaterializedViewDef;
import io.sabot.plan.catalog.PropertyGraphDef;
import io.sabot.plan.catalog.SequenceDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.catalog.ViewDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.statement.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// ALTER TABLE: the definition as it will be, checked with all that depends on it.
final class AlterParser {
  private final TokenReader in;
  private final DdlParser names;
  private final SqlBinder binder;

  AlterParser(TokenReader in, DdlParser names, SqlBinder binder) {
    this.in = in;
    this.names = names;
    this.binder = binder;
  }

  Statement alterTable() {
    boolean ifExists = in.take("IF", "EXISTS");
    in.take("ONLY");
    SourceSpan target = in.span();
    DdlParser.Name name = names.qualified();
    if (ifExists && binder.catalog.table(name.schema(), name.name()).isEmpty()) {
      in.rest();
      return new Statement.Script(List.of());
    }
    TableDef table = names.changeable(name, target);
    SourceSpan place = in.span();
    if (in.take("ADD")) {
      return add(table);
    }
    if (in.take("DROP", "CONSTRAINT")) {
      boolean ifThere = in.take("IF", "EXISTS");
      return new Statement.DropTableConstraint(table.id(), in.name(), ifThere);
    }
    if (in.take("DROP")) {
      in.take("COLUMN");
      return drop(table);
    }
    if (in.take("RENAME")) {
      return rename(table);
    }
    if (in.take("ALTER")) {
      in.take("COLUMN");
      return alterColumn(table);
    }
    throw Errors.unsupported(place, "ALTER TABLE ... " + in.peek().text());
  }

  // ---- ADD

  private Statement add(TableDef table) {
    boolean isConstraint =
        in.peek().is("CONSTRAINT")
            || in.peek().is("PRIMARY") && in.peekSecond().is("KEY")
            || in.peek().is("FOREIGN") && in.peekSecond().is("KEY")
            || in.peek().is("UNIQUE") && in.peekSecond().is("(")
            || in.peek().is("CHECK") && in.peekSecond().is("(");
    if (isConstraint) {
      return constraint(table);
    }
    in.take("COLUMN");
    boolean ifNotExists = in.take("IF", "NOT", "EXISTS");
    if (ifNotExists && in.peek().isName() && table.column(in.peek().text()).isPresent()) {
      in.rest();
      return new Statement.Script(List.of());
    }
    TableParser parser = new TableParser(in, names);
    TableDef after = parser.added(table);
    Defaults.check(after, binder);
    after.checks().forEach(check -> RowCondition.of(binder, after, check.condition()));
    ColumnDef column = after.columns().getLast();
    int filled = column.value() == null ? 0 : column.id();
    return new Statement.AlterTable(table, after, parser.sequences(), List.of(), filled);
  }

  private Statement constraint(TableDef table) {
    int start = in.place();
    String name = in.take("CONSTRAINT") ? in.name() : null;
    if (in.take("UNIQUE")) {
      return new Statement.CreateIndex(name, names.columns(table), true, false);
    }
    if (in.take("CHECK")) {
      CheckDef check = new CheckDef(freeName(table, name), in.parenthesised());
      RowCondition.of(binder, table, check.condition());
      return new Statement.AddCheck(table.id(), check);
    }
    in.goTo(start);
    return new Statement.AlterTable(table, new TableParser(in, names).constrained(table));
  }

  private String freeName(TableDef table, @Nullable String wanted) {
    String name = wanted == null ? "check" : wanted;
    for (int i = 2; hasConstraint(table, name); i++) {
      if (wanted != null) {
        throw new QueryException(
            ErrorCode.DUPLICATE_NAME,
            in.span(),
            "table '" + table.name() + "' has a constraint '" + wanted + "' already",
            "drop it first, or choose another name");
      }
      name = "check" + i;
    }
    return name;
  }

  private static boolean hasConstraint(TableDef table, String name) {
    return table.checks().stream().anyMatch(c -> c.name().equalsIgnoreCase(name))
        || table.foreignKeys().stream().anyMatch(k -> k.name().equalsIgnoreCase(name));
  }

  // ---- DROP COLUMN

  private Statement drop(TableDef table) {
    boolean ifExists = in.take("IF", "EXISTS");
    SourceSpan place = in.span();
    if (ifExists && in.peek().isName() && table.column(in.peek().text()).isEmpty()) {
      in.rest();
      return new Statement.Script(List.of());
    }
    ColumnDef column = in.column(table);
    if (!in.take("RESTRICT") && in.peek().is("CASCADE")) {
      throw Errors.unsupported(in.span(), "DROP COLUMN ... CASCADE");
    }
    if (table.primaryKey().contains(column.id())) {
      throw Errors.semantic(
          place, "KeyColumn", "column '" + column.name() + "' is part of the primary key", "");
    }
    if (table.columns().size() == 1) {
      throw Errors.semantic(place, "LastColumn", "a table needs at least one column", "");
    }
    checkNotReferenced(binder, table, column, place);
    TableDef after = without(table, column);
    checkDependents(table, after, place);
    List<Integer> sequences =
        column.value() instanceof ColumnValue.Identity(int sequence, _)
            ? List.of(sequence)
            : List.of();
    return new Statement.AlterTable(table, after, List.of(), sequences, 0);
  }

  /// Without the column and without the constraints that are about it.
  private TableDef without(TableDef table, ColumnDef column) {
    List<CheckDef> checks = new ArrayList<>();
    for (CheckDef check : table.checks()) {
      RowCondition bound = RowCondition.of(binder, table, check.condition());
      boolean isAbout =
          bound.scan().reads().stream()
              .anyMatch(r ->
                  r.columnId() == column.id() && bound.condition().columns().contains(r.column()));
      if (!isAbout) {
        checks.add(check);
      }
    }
    List<List<Integer>> unique =
        table.uniqueKeys().stream().filter(k -> !k.contains(column.id())).toList();
    List<ForeignKeyDef> foreign =
        table.foreignKeys().stream().filter(k -> !k.columns().contains(column.id())).toList();
    List<ColumnDef> left = table.columns().stream().filter(c -> c.id() != column.id()).toList();
    return table.withColumns(left).withChecks(checks).withKeys(table.primaryKey(), unique, foreign);
  }

  /// Refuses a change of a column that a foreign key refers to.
  static void checkNotReferenced(
      SqlBinder binder, TableDef table, ColumnDef column, SourceSpan place) {
    for (TableDef other : binder.catalog.tables()) {
      for (ForeignKeyDef key : other.foreignKeys()) {
        if (key.targetTable() == table.id() && key.targetColumns().contains(column.id())) {
          throw Errors.semantic(
              place,
              "ReferencedColumn",
              "a foreign key of table '" + other.name() + "' refers to the column",
              "drop constraint '" + key.name() + "' of that table first");
        }
      }
    }
  }

  // ---- RENAME

  private Statement rename(TableDef table) {
    SourceSpan place = in.span();
    if (in.take("TO")) {
      TableDef after = table.withName(in.name());
      checkDependents(table, after, place);
      return new Statement.AlterTable(table, after);
    }
    if (in.peek().is("CONSTRAINT")) {
      throw Errors.unsupported(place, "RENAME CONSTRAINT");
    }
    in.take("COLUMN");
    ColumnDef column = in.column(table);
    in.expect("TO");
    SourceSpan wanted = in.span();
    String name = in.name();
    if (table.column(name).filter(c -> c.id() != column.id()).isPresent()) {
      throw new QueryException(
          ErrorCode.DUPLICATE_NAME, wanted, "column '" + name + "' is there already", "");
    }
    TableDef after = renamed(table, column, name);
    checkDependents(table, after, place);
    return new Statement.AlterTable(table, after);
  }

  private static TableDef renamed(TableDef table, ColumnDef column, String name) {
    List<ColumnDef> columns = new ArrayList<>();
    for (ColumnDef other : table.columns()) {
      ColumnDef kept = other.id() == column.id() ? other.withName(name) : other;
      columns.add(
          kept.value() instanceof ColumnValue.Generated(String text)
              ? kept.withValue(new ColumnValue.Generated(renamed(text, column.name(), name)))
              : kept);
    }
    List<CheckDef> checks =
        table.checks().stream()
            .map(c -> new CheckDef(c.name(), renamed(c.condition(), column.name(), name)))
            .toList();
    return table.withColumns(columns).withChecks(checks);
  }

  /// The text with one name for another; a name before a parenthesis is that of a function.
  private static String renamed(String text, String from, String to) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    List<Token> tokens = Scanner.scan(text);
    for (int i = 0; i + 1 < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.isName() && token.text().equalsIgnoreCase(from) && !tokens.get(i + 1).is("(")) {
        out.append(text, at, token.start()).append('"').append(to).append('"');
        at = token.end();
      }
    }
    return out.append(text.substring(at)).toString();
  }

  // ---- ALTER COLUMN

  private Statement alterColumn(TableDef table) {
    ColumnDef column = in.column(table);
    SourceSpan place = in.span();
    if (in.take("SET", "NOT", "NULL")) {
      return altered(table, column.withNullable(false));
    }
    if (in.take("DROP", "NOT", "NULL")) {
      if (table.primaryKey().contains(column.id())) {
        throw Errors.semantic(
            place, "KeyColumn", "column '" + column.name() + "' is part of the primary key", "");
      }
      return altered(table, column.withNullable(true));
    }
    if (in.take("SET", "DEFAULT")) {
      checkPlain(column, place);
      return altered(table, column.withValue(new ColumnValue.Default(in.expression())));
    }
    if (in.take("DROP", "DEFAULT")) {
      checkPlain(column, place);
      return altered(table, column.withValue(null));
    }
    if (in.take("DROP", "IDENTITY") && column.value() instanceof ColumnValue.Identity identity) {
      TableDef after = table.withColumn(column.withValue(null));
      return new Statement.AlterTable(table, after, List.of(), List.of(identity.sequenceId()), 0);
    }
    if (in.take("DROP", "EXPRESSION") && column.isGenerated()) {
      return altered(table, column.withValue(null));
    }
    if (in.take("ADD")) {
      checkPlain(column, place);
      TableParser parser = new TableParser(in, names);
      TableDef after = parser.identified(table, column);
      List<SequenceDef> sequences = parser.sequences();
      return new Statement.AlterTable(table, after, sequences, List.of(), 0);
    }
    if (in.take("TYPE") || in.take("SET", "DATA", "TYPE")) {
      return new ColumnTypeParser(in, binder).parse(table, column, this::checkDependents);
    }
    throw Errors.unsupported(
        place, "ALTER COLUMN ... " + in.peek().text() + " " + in.peekSecond().text());
  }

  private static void checkPlain(ColumnDef column, SourceSpan place) {
    if (column.value() != null && !(column.value() instanceof ColumnValue.Default)) {
      throw Errors.semantic(
          place,
          "GeneratedColumn",
          "column '" + column.name() + "' is generated",
          "DROP IDENTITY or DROP EXPRESSION first");
    }
  }

  private Statement altered(TableDef table, ColumnDef column) {
    TableDef after = table.withColumn(column);
    Defaults.check(after, binder);
    return new Statement.AlterTable(table, after);
  }

  // ---- what depends on the table

  private void checkDependents(TableDef before, TableDef after, SourceSpan place) {
    try {
      after.checks().forEach(check -> RowCondition.of(binder, after, check.condition()));
      Defaults.check(after, binder);
    } catch (QueryException broken) {
      throw Errors.semantic(
          place,
          "DependentColumn",
          "table '" + before.name() + "' needs it: " + broken.message(),
          "");
    }
    SqlBinder changed =
        new SqlBinder(
            ChangedCatalog.with(after, binder.catalog, binder.catalog.views()),
            binder.columns,
            Map.of(),
            binder.languages);
    for (PropertyGraphDef graph : binder.catalog.propertyGraphs()) {
      PropertyGraphCheck.fault(graph, after, binder)
          .ifPresent(fault -> {
            throw Errors.semantic(
                place,
                "DependentGraph",
                "property graph '" + graph.name() + "' needs it: " + fault,
                "drop the graph first");
          });
    }
    for (ViewDef view : queries()) {
      if (fault(view, binder) == null) {
        String fault = fault(view, changed);
        if (fault != null) {
          throw Errors.semantic(
              place,
              "DependentView",
              "view '" + view.name() + "' needs it: " + fault,
              "drop the view first");
        }
      }
    }
  }

  /// All views, those with rows by their queries.
  private List<ViewDef> queries() {
    List<ViewDef> queries = new ArrayList<>(binder.catalog.views());
    for (MaterializedViewDef view : binder.catalog.materializedViews()) {
      binder
          .catalog
          .table(view.tableId())
          .ifPresent(t ->
              queries.add(
                  new ViewDef(view.id(), t.schema(), t.name(), view.language(), view.query())));
    }
    return queries;
  }

  private static @Nullable String fault(ViewDef view, SqlBinder binder) {
    try {
      binder.plan(view.language(), view.text(), Map.of());
      return null;
    } catch (QueryException broken) {
      return broken.message();
    }
  }
}
