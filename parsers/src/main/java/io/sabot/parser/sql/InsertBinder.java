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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.TableModify;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
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
    int columns = in.place();
    boolean isDefaults = in.take("DEFAULT", "VALUES");
    in.goTo(columns);
    int end = skipRows();
    Relation rows =
        isDefaults
            ? defaults(target.table())
            : written(reader.fragments.insert(new Range(start, end), holes), target.table());
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
      assignments.add(new Assignment(value, Expr.nullOf(definition.type())));
    }
    return relation(LogicalNode.Values.UNIT, assignments);
  }

  private static Relation relation(LogicalNode input, List<Assignment> assignments) {
    return new Relation(
        new LogicalNode.Project(input, assignments),
        assignments.stream().map(Assignment::column).toList());
  }

  /// The rows of a statement without its ON CONFLICT and RETURNING, with all columns of the table
  /// in their types.
  private Relation written(SqlInsert insert, TableDef table) {
    RelRoot root =
        new CalcitePlanner(binder, reader.fragments.parameters())
            .convert(withQueries(insert), Map.of());
    TableModify modify = (TableModify) root.rel;
    RelLowering rels = new RelLowering(binder, reader.fragments.parameters());
    Relation input = rels.lower(modify.getInput());
    List<Assignment> assignments = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      ColumnDef definition = table.columns().get(i);
      Column field = input.field(i);
      Column value = binder.columns.column(definition.name(), definition.type(), field.nullable());
      assignments.add(new Assignment(value, Coercion.cast(field.ref(), definition.type())));
    }
    return relation(input.plan(), assignments);
  }

  /// The statement with the queries that stand before it in front of its rows.
  private SqlInsert withQueries(SqlInsert insert) {
    SqlNodeList queries = reader.with;
    if (queries == null) {
      return insert;
    }
    SqlNode source = insert.getSource();
    return new SqlInsert(
        insert.getParserPosition(),
        SqlNodeList.EMPTY,
        insert.getTargetTable(),
        new SqlWith(source.getParserPosition(), queries, source),
        insert.getTargetColumnList());
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
