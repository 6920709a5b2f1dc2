package io.sabot.parser.sql;

import io.sabot.parser.sql.ChangeReader.NewValue;
import io.sabot.parser.sql.ChangeReader.Target;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.TableAction;
import io.sabot.plan.logical.LogicalNode.TableVerb;
import io.sabot.plan.logical.WindowCall;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// ON CONFLICT: the rows to insert are joined with those of the table that have their key. What
/// finds one is left out or changes it; of several new rows with one key the first is inserted.
final class ConflictBinder {
  private static final String EXCLUDED = "excluded";

  private final ChangeReader reader;
  private final TokenReader in;
  private final SqlBinder binder;
  private final Target target;
  private final TableDef table;

  ConflictBinder(ChangeReader reader, Target target) {
    this.reader = reader;
    this.in = reader.in;
    this.binder = reader.binder;
    this.target = target;
    this.table = target.table();
  }

  /// What comes after ON CONFLICT: `[(columns) | ON CONSTRAINT name] DO NOTHING | DO UPDATE SET ...
  /// [WHERE ...]`.
  ///
  /// @param inserted all columns of the table
  LogicalNode.TableModify change(Relation inserted) throws SqlParseException {
    SourceSpan place = in.span();
    List<Integer> key = key();
    if (in.take("DO", "NOTHING")) {
      return key != null
          ? nothing(inserted, key)
          : switch (keys().size()) {
            case 0 -> insert(inserted.plan(), inserted.fields());
            case 1 -> nothing(inserted, keys().getFirst());
            default -> nothingOfAny(inserted);
          };
    }
    in.expect("DO", "UPDATE", "SET");
    if (key == null) {
      throw Errors.semantic(
          place,
          "ConflictTarget",
          "ON CONFLICT DO UPDATE needs the columns of a key",
          "write ON CONFLICT (column, ...) DO UPDATE");
    }
    List<NewValue> values = reader.newValues(target, "WHERE", "RETURNING");
    SqlNode where = in.take("WHERE") ? reader.fragments.expression(in.skipTo("RETURNING")) : null;
    return update(inserted, key, values, where);
  }

  // ---- the key

  /// The columns of the key that is named; null when none is.
  private @Nullable List<Integer> key() {
    SourceSpan place = in.span();
    if (in.take("ON", "CONSTRAINT")) {
      return constraint(place);
    }
    if (!in.take("(")) {
      return null;
    }
    List<Integer> columns = new ArrayList<>();
    do {
      columns.add(in.column(table).id());
    } while (in.take(","));
    in.expect(")");
    Set<Integer> wanted = new HashSet<>(columns);
    return keys().stream()
        .filter(k -> new HashSet<>(k).equals(wanted))
        .findFirst()
        .orElseThrow(() ->
            Errors.semantic(
                place,
                "ConflictTarget",
                "table '" + table.name() + "' has no key of just these columns",
                "name the columns of its primary key, of a UNIQUE or of a unique index"));
  }

  private List<Integer> constraint(SourceSpan place) {
    String name = in.name();
    if (table.hasPrimaryKey() && name.equalsIgnoreCase(table.name() + "_pkey")) {
      return table.primaryKey();
    }
    for (List<Integer> unique : table.uniqueKeys()) {
      List<String> columns = unique.stream().map(c -> table.column(c).name()).toList();
      if (name.equalsIgnoreCase(table.name() + "_" + String.join("_", columns) + "_key")) {
        return unique;
      }
    }
    for (IndexDef index : uniqueIndexes()) {
      if (index.name().equalsIgnoreCase(name)) {
        return ((IndexTarget.TableColumns) index.target()).columnIds();
      }
    }
    throw Errors.semantic(
        place,
        "ConflictTarget",
        "table '" + table.name() + "' has no key named '" + name + "'",
        "name its columns: ON CONFLICT (column, ...)");
  }

  private List<IndexDef> uniqueIndexes() {
    return binder.catalog.indexes().stream()
        .filter(i -> i.unique() && i.target().isOfTable(table.id()))
        .toList();
  }

  private List<List<Integer>> keys() {
    List<List<Integer>> keys = new ArrayList<>();
    if (table.hasPrimaryKey()) {
      keys.add(table.primaryKey());
    }
    keys.addAll(table.uniqueKeys());
    uniqueIndexes().forEach(i -> keys.add(((IndexTarget.TableColumns) i.target()).columnIds()));
    return keys;
  }

  // ---- the rows

  private LogicalNode.TableModify insert(LogicalNode rows, List<Column> fields) {
    return new LogicalNode.TableModify(
        TableVerb.INSERT,
        table.id(),
        table.name(),
        rows,
        null,
        InsertBinder.values(table, fields),
        null);
  }

  private LogicalNode.TableModify nothing(Relation inserted, List<Integer> key) {
    ChangeRows rows = joined(inserted, key, new ArrayList<>());
    Repeats repeats = repeats(rows.rows().planned(), inserted, key);
    LogicalNode fresh =
        new LogicalNode.Filter(
            repeats.plan(),
            LogicFunctions.and(List.of(isNew(rows), LogicFunctions.not(repeats.isRepeat()))));
    return insert(fresh, inserted.fields());
  }

  private Expr isNew(ChangeRows rows) {
    return LogicFunctions.IS_NULL.call(rows.field(table.columns().size()).ref());
  }

  /// A conflict with any key leaves a row out. A row that repeats one of those before it is left
  /// out for certain if that one is inserted for certain, since it repeats none itself; where it
  /// does, only inserting them one by one would tell, and the statement fails.
  private LogicalNode.TableModify nothingOfAny(Relation inserted) {
    LogicalNode plan = inserted.plan();
    Column address = null;
    for (List<Integer> key : keys()) {
      ChangeRows rows = joined(new Relation(plan, inserted.fields()), key, new ArrayList<>());
      plan = new LogicalNode.Filter(rows.rows().planned(), isNew(rows));
      address = rows.field(table.columns().size());
    }
    List<Expr> repeated = new ArrayList<>();
    for (List<Integer> key : keys()) {
      Repeats repeats = repeats(plan, inserted, key);
      plan = repeats.plan();
      repeated.add(repeats.isRepeat());
    }
    Column repeats = binder.columns.column("repeats", Type.BOOL, false);
    plan =
        new LogicalNode.Extend(plan, List.of(new Assignment(repeats, LogicFunctions.or(repeated))));
    List<Expr> certain = new ArrayList<>();
    for (int k = 0; k < repeated.size(); k++) {
      Column first = binder.columns.column("first_repeats", Type.BOOL, true);
      plan =
          new LogicalNode.Window(
              plan,
              List.of(
                  ofKey(
                      first,
                      "first_value",
                      List.of(repeats.ref()),
                      fields(inserted, keys().get(k)))));
      certain.add(LogicFunctions.and(repeated.get(k), LogicFunctions.not(first.ref())));
    }
    Column action = binder.columns.column("action", Type.INT64, false);
    Expr chosen =
        new Expr.Case(
            List.of(
                new Expr.When(LogicFunctions.not(repeats.ref()), code(TableAction.INSERT)),
                new Expr.When(LogicFunctions.or(certain), code(TableAction.NOTHING))),
            code(TableAction.TWICE),
            Type.INT64);
    return new LogicalNode.TableModify(
        TableVerb.MERGE,
        table.id(),
        table.name(),
        new LogicalNode.Extend(plan, List.of(new Assignment(action, chosen))),
        Objects.requireNonNull(address),
        action,
        InsertBinder.values(table, inserted.fields()),
        null);
  }

  private LogicalNode.TableModify update(
      Relation inserted, List<Integer> key, List<NewValue> newValues, @Nullable SqlNode where)
      throws SqlParseException {
    List<SqlNode> exprs = new ArrayList<>();
    for (NewValue value : newValues) {
      if (value.value() != null) {
        Defaults.checkGiven(value.column(), value.place(), false);
      }
      exprs.add(Defaults.node(value, target));
    }
    exprs.add(where == null ? SqlLiteral.createBoolean(true, target.position()) : where);
    ChangeRows rows = joined(inserted, key, exprs);
    int width = table.columns().size();
    int first = 2 * width + 1;
    Map<Integer, Expr> set = new TreeMap<>();
    for (int i = 0; i < newValues.size(); i++) {
      ColumnDef column = newValues.get(i).column();
      set.put(column.id(), Coercion.cast(rows.expr(first + i), column.type()));
    }
    Expr wanted = Coercion.cast(rows.expr(first + newValues.size()), Type.BOOL);
    Column address = rows.field(width);
    Expr found = LogicFunctions.IS_NOT_NULL.call(address.ref());
    List<Assignment> assignments = new ArrayList<>();
    Map<Integer, Column> values = new TreeMap<>();
    for (int c = 0; c < width; c++) {
      ColumnDef column = table.columns().get(c);
      Expr changed = set.getOrDefault(column.id(), rows.field(c).ref());
      Column value = binder.columns.column(column.name(), column.type(), true);
      assignments.add(
          new Assignment(value, choose(found, changed, inserted.field(c).ref(), column.type())));
      values.put(column.id(), value);
    }
    Repeats repeats = repeats(rows.rows().planned(), inserted, key);
    Column action = binder.columns.column("action", Type.INT64, false);
    assignments.add(new Assignment(action, action(found, wanted, repeats.isRepeat())));
    return new LogicalNode.TableModify(
        TableVerb.MERGE,
        table.id(),
        table.name(),
        Defaults.compute(
            table, new LogicalNode.Extend(repeats.plan(), assignments), values, binder),
        address,
        action,
        values,
        null);
  }

  private static Expr action(Expr found, Expr wanted, Expr isRepeat) {
    return new Expr.Case(
        List.of(
            new Expr.When(LogicFunctions.and(List.of(found, wanted)), code(TableAction.UPDATE)),
            new Expr.When(found, code(TableAction.NOTHING)),
            new Expr.When(isRepeat, code(TableAction.TWICE))),
        code(TableAction.INSERT),
        Type.INT64);
  }

  static Expr code(long action) {
    return Expr.lit(Value.of(action));
  }

  private static Expr choose(Expr condition, Expr yes, Expr no, Type type) {
    return new Expr.Case(List.of(new Expr.When(condition, yes)), no, type);
  }

  /// The rows to insert, each with the row of the table that has its key. The results are the
  /// columns of the table, where the row is, the columns to insert and `exprs`.
  private ChangeRows joined(Relation inserted, List<Integer> key, List<SqlNode> exprs) {
    SqlParserPos position = target.position();
    List<SqlNode> items = new ArrayList<>();
    ChangeRows.addTarget(items, target);
    List<String> names = table.columns().stream().map(ColumnDef::name).toList();
    names.forEach(name -> ChangeRows.addColumn(items, EXCLUDED, name, position));
    exprs.forEach(expr -> ChangeRows.addExpr(items, expr));
    SqlNode on = null;
    for (int columnId : key) {
      String name = table.column(columnId).name();
      SqlNode same =
          SqlStdOperatorTable.EQUALS.createCall(
              position,
              new SqlIdentifier(List.of(EXCLUDED, name), position),
              new SqlIdentifier(List.of(target.alias(), name), position));
      on = on == null ? same : SqlStdOperatorTable.AND.createCall(position, on, same);
    }
    SqlNode from =
        ChangeRows.join(
            ChangeRows.table(EXCLUDED, EXCLUDED, position),
            JoinType.LEFT,
            ChangeRows.table(ChangeRows.TARGET, target.alias(), position),
            on,
            position);
    Map<String, Table> given =
        Map.of(
            EXCLUDED,
            new CatalogReader.Given(inserted, names),
            ChangeRows.TARGET,
            new CatalogReader.Target(table));
    return new ChangeRows(
        reader.convert(items, from, null, given),
        new RelLowering(binder, reader.fragments.parameters()));
  }

  /// @param isRepeat whether a row before it has the same key
  private record Repeats(LogicalNode plan, Expr isRepeat) {}

  private List<Column> fields(Relation inserted, List<Integer> key) {
    List<Column> fields = new ArrayList<>();
    for (int c = 0; c < table.columns().size(); c++) {
      if (key.contains(table.columns().get(c).id())) {
        fields.add(inserted.field(c));
      }
    }
    return fields;
  }

  private Repeats repeats(LogicalNode rows, Relation inserted, List<Integer> key) {
    List<Column> keys = fields(inserted, key);
    Column number = binder.columns.column("row_number", Type.INT64, false);
    WindowCall call = ofKey(number, "row_number", List.of(), keys);
    List<Expr> parts = new ArrayList<>();
    parts.add(Coercion.compare(ComparisonFunctions.Op.GT, number.ref(), Expr.lit(Value.of(1L))));
    keys.forEach(k -> parts.add(LogicFunctions.IS_NOT_NULL.call(k.ref())));
    return new Repeats(new LogicalNode.Window(rows, List.of(call)), LogicFunctions.and(parts));
  }

  /// A function over the rows with one key, up to each of them.
  private static WindowCall ofKey(Column out, String function, List<Expr> args, List<Column> keys) {
    return new WindowCall(
        out,
        function,
        args,
        keys.stream().map(k -> (Expr) k.ref()).toList(),
        List.of(),
        new WindowCall.Frame(
            WindowCall.Unit.ROWS,
            WindowCall.Bound.of(WindowCall.BoundKind.UNBOUNDED_PRECEDING),
            WindowCall.Bound.of(WindowCall.BoundKind.CURRENT_ROW),
            WindowCall.Exclusion.NO_OTHERS),
        false);
  }
}
