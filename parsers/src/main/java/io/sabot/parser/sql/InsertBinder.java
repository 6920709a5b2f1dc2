package io.sabot.parser.sql;

import io.sabot.parser.sql.ChangeReader.Target;
import io.sabot.parser.sql.TokenReader.Range;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.TableVerb;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;

/// INSERT.
final class InsertBinder {
  private final ChangeReader reader;
  private final TokenReader in;
  private final SqlBinder binder;

  InsertBinder(ChangeReader reader) {
    this.reader = reader;
    this.in = reader.in;
    this.binder = reader.binder;
  }

  /// `INSERT INTO table [AS alias] [(columns)] rows [ON CONFLICT ...] [RETURNING ...]`.
  LogicalNode.Output bind() throws SqlParseException {
    int start = in.peek().start();
    in.expect("INSERT", "INTO");
    List<Range> holes = new ArrayList<>();
    Target target = target(holes);
    boolean overrides = overriding(holes);
    int columns = in.place();
    boolean isDefaults = in.take("DEFAULT", "VALUES");
    in.goTo(columns);
    int end = skipRows();
    Relation rows =
        isDefaults
            ? defaults(target.table())
            : written(reader.fragments.insert(new Range(start, end), holes), target, overrides);
    ConflictBinder conflict = new ConflictBinder(reader, target);
    LogicalNode.TableModify change =
        in.take("ON", "CONFLICT") ? conflict.change(rows) : insert(target.table(), rows);
    SqlNodeList returning = reader.returning();
    return returning == null
        ? ChangeRows.counted(counting(change))
        : returning(target, change, returning);
  }

  private Target target(List<Range> holes) {
    Target target = reader.target();
    int after = in.place();
    in.goTo(after - 1);
    int end = in.peek().end();
    in.goTo(after - 2);
    if (in.peek().is("AS")) {
      holes.add(new Range(in.peek().start(), end));
    }
    in.goTo(after);
    return target;
  }

  /// Whether `OVERRIDING SYSTEM|USER VALUE` comes behind the columns.
  private boolean overriding(List<Range> holes) {
    int place = in.place();
    in.skipTo("OVERRIDING", "VALUES", "SELECT", "WITH", "TABLE", "ON", "RETURNING", "DEFAULT");
    int from = in.peek().start();
    boolean overrides = in.take("OVERRIDING");
    if (overrides) {
      if (!in.take("SYSTEM")) {
        throw Errors.unsupported(in.span(), "OVERRIDING " + in.peek().text());
      }
      holes.add(new Range(from, in.peek().end()));
      in.expect("VALUE");
    }
    in.goTo(overrides ? in.place() : place);
    return overrides;
  }

  /// Skips to ON CONFLICT, RETURNING or the end; returns where the rows end in the text.
  private int skipRows() {
    int end = in.skipTo("ON", "RETURNING").to();
    while (in.peek().is("ON") && !in.peekSecond().is("CONFLICT")) {
      in.next();
      end = in.skipTo("ON", "RETURNING").to();
    }
    return end;
  }

  // ---- rows

  /// One row of defaults.
  private Relation defaults(TableDef table) {
    List<Assignment> assignments = new ArrayList<>();
    for (ColumnDef definition : table.columns()) {
      Column value = binder.columns.column(definition.name(), definition.type(), true);
      assignments.add(new Assignment(value, Defaults.expr(definition, binder)));
    }
    return relation(table, LogicalNode.Values.UNIT, assignments);
  }

  /// The rows with their generated columns.
  private Relation relation(TableDef table, LogicalNode input, List<Assignment> assignments) {
    List<Column> fields = assignments.stream().map(Assignment::column).toList();
    Map<Integer, Column> values = values(table, fields);
    LogicalNode plan =
        Defaults.compute(table, new LogicalNode.Project(input, assignments), values, binder);
    return new Relation(plan, table.columns().stream().map(c -> column(values, c)).toList());
  }

  private static Column column(Map<Integer, Column> values, ColumnDef definition) {
    return java.util.Objects.requireNonNull(values.get(definition.id()));
  }

  /// The rows of a statement without its ON CONFLICT and RETURNING, with all columns of the table
  /// in their types.
  private Relation written(SqlInsert insert, Target target, boolean overrides)
      throws SqlParseException {
    TableDef table = target.table();
    Set<Integer> given = new HashSet<>();
    SqlInsert complete = complete(insert, table, overrides, given);
    RelRoot root =
        new CalcitePlanner(binder, reader.fragments.parameters()).convert(complete, Map.of());
    TableModify modify = (TableModify) root.rel;
    RelLowering rels = new RelLowering(binder, reader.fragments.parameters());
    Relation input = rels.lower(modify.getInput());
    List<Assignment> assignments = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      ColumnDef definition = table.columns().get(i);
      Column field = input.field(i);
      boolean isGiven = given.isEmpty() || given.contains(definition.id());
      Column value =
          binder.columns.column(definition.name(), definition.type(), !isGiven || field.nullable());
      Expr expr =
          isGiven
              ? Coercion.cast(field.ref(), definition.type())
              : Defaults.expr(definition, binder);
      assignments.add(new Assignment(value, expr));
    }
    return relation(table, input.plan(), assignments);
  }

  /// The statement with the queries that stand before it in front of its rows, and with defaults
  /// for DEFAULT.
  ///
  /// @param given gets the columns that have values; none for all
  private SqlInsert complete(
      SqlInsert insert, TableDef table, boolean overrides, Set<Integer> given)
      throws SqlParseException {
    SqlNode source = insert.getSource();
    List<ColumnDef> columns = new ArrayList<>();
    SqlNodeList names = insert.getTargetColumnList();
    if (names == null) {
      int width = width(source);
      columns.addAll(
          width > 0 && width < table.columns().size()
              ? table.columns().subList(0, width)
              : table.columns());
    } else {
      for (SqlNode name : names) {
        table.column(((SqlIdentifier) name).names.getLast()).ifPresent(columns::add);
      }
    }
    for (int i = 0; i < columns.size(); i++) {
      given.add(columns.get(i).id());
      if (!Defaults.isAllDefault(source, i)) {
        SqlNode place = names == null || i >= names.size() ? source : names.get(i);
        Defaults.checkGiven(
            columns.get(i), CalciteErrors.span(place.getParserPosition()), overrides);
      }
    }
    SqlNode rows = Defaults.withDefaults(source, columns);
    SqlNodeList queries = reader.with;
    return new SqlInsert(
        insert.getParserPosition(),
        SqlNodeList.EMPTY,
        insert.getTargetTable(),
        queries == null ? rows : new SqlWith(rows.getParserPosition(), queries, rows),
        names);
  }

  /// How many values the rows of a VALUES have; 0 for a query.
  private static int width(SqlNode source) {
    return source instanceof SqlCall values
            && values.getKind() == SqlKind.VALUES
            && values.operand(0) instanceof SqlCall row
            && row.getKind() == SqlKind.ROW
        ? row.operandCount()
        : 0;
  }

  // ---- the change

  private static LogicalNode.TableModify insert(TableDef table, Relation rows) {
    return new LogicalNode.TableModify(
        TableVerb.INSERT,
        table.id(),
        table.name(),
        rows.plan(),
        null,
        values(table, rows.fields()),
        null);
  }

  static Map<Integer, Column> values(TableDef table, List<Column> fields) {
    Map<Integer, Column> values = new TreeMap<>();
    for (int i = 0; i < fields.size(); i++) {
      values.put(table.columns().get(i).id(), fields.get(i));
    }
    return values;
  }

  private LogicalNode.TableModify counting(LogicalNode.TableModify change) {
    return new LogicalNode.TableModify(
        change.verb(),
        change.tableId(),
        change.tableName(),
        change.input(),
        change.rowAddress(),
        change.action(),
        change.values(),
        binder.columns.column("count", Type.INT64, false));
  }

  private LogicalNode.Output returning(
      Target target, LogicalNode.TableModify change, SqlNodeList results) {
    TableDef table = target.table();
    List<Column> fields =
        table.columns().stream()
            .map(c -> java.util.Objects.requireNonNull(change.values().get(c.id())))
            .toList();
    List<String> names = table.columns().stream().map(ColumnDef::name).toList();
    var given =
        Map.<String, org.apache.calcite.schema.Table>of(
            ChangeRows.TARGET, new CatalogReader.Given(new Relation(change, fields), names));
    List<SqlNode> items = new ArrayList<>();
    SqlParserPos position = target.position();
    // One that is never identical to the rows: the query keeps its list of results.
    ChangeRows.addExpr(
        items, new SqlIdentifier(List.of(target.alias(), names.getFirst()), position));
    ChangeRows.addReturning(items, results, target, List.of(), List.of());
    SqlNode from = ChangeRows.table(ChangeRows.TARGET, target.alias(), position);
    ChangeRows rows =
        new ChangeRows(
            reader.convert(items, from, null, given),
            new RelLowering(binder, reader.fragments.parameters()));
    if (rows.rows().planned() != change) {
      throw Errors.unsupported(null, "a query in RETURNING");
    }
    return rows.returning(change, Map.of(), 1, reader.names(results));
  }
}
