package io.sabot.parser.sql;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.FileTable;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.ColumnRead;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.OrderMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.Sample;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Spool;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;

/// Calcite's relational algebra to the logical plan, node by node.
final class RelLowering {
  final SqlBinder binder;
  final ColumnAllocator columns;
  final ParameterText parameters;

  /// The fields of the rows that a correlation name stands for.
  private final Map<CorrelationId, List<Column>> outer = new HashMap<>();

  private final SetLowering sets = new SetLowering(this);

  RelLowering(SqlBinder binder, ParameterText parameters) {
    this.binder = binder;
    this.columns = binder.columns;
    this.parameters = parameters;
  }

  Relation lower(RelNode rel) {
    return switch (rel) {
      case Project project -> project(project);
      case Filter filter -> filter(filter);
      case AsofJoin join -> new AsofLowering(this).lower(join);
      case Join join -> new JoinLowering(this).lower(join);
      case Correlate correlate -> new JoinLowering(this).lower(correlate);
      case Aggregate aggregate -> new AggregateLowering(this).lower(aggregate);
      case Sort sort -> sort(sort);
      case RepeatUnion repeat -> sets.recursive(repeat);
      case SetOp set -> sets.lower(set);
      case Values values -> values(values);
      case TableScan scan -> scan(scan);
      case Uncollect uncollect -> sets.uncollect(uncollect);
      case TableFunctionScan scan -> new EmbeddedLowering(this).lower(scan);
      case Sample sample -> sample(sample);
      case Spool spool -> lower(spool.getInput());
      default ->
          throw Errors.unsupported(
              null, rel.getRelTypeName().replace("Logical", "") + " in this place");
    };
  }

  // ---- correlation

  List<Column> outerFields(CorrelationId id) {
    List<Column> fields = outer.get(id);
    if (fields == null) {
      throw Errors.unsupported(null, "a reference to an outer query from this place");
    }
    return fields;
  }

  /// Runs `body` with the correlation names standing for rows of these fields.
  <T> T correlated(
      Set<CorrelationId> ids, List<Column> fields, java.util.function.Supplier<T> body) {
    Map<CorrelationId, List<Column>> before = new HashMap<>(outer);
    ids.forEach(id -> outer.put(id, fields));
    try {
      return body.get();
    } finally {
      outer.clear();
      outer.putAll(before);
    }
  }

  // ---- one input

  private Relation filter(Filter filter) {
    Rows rows = new Rows(lower(filter.getInput()));
    correlated(
        filter.getVariablesSet(),
        rows.fields(),
        () -> {
          new ConditionLowering(this, rows).apply(filter.getCondition());
          return rows;
        });
    return new Relation(rows.planned(), rows.fields());
  }

  private Relation project(Project project) {
    Relation input = lower(project.getInput());
    Rows rows = new Rows(input);
    List<Expr> exprs =
        correlated(
            project.getVariablesSet(),
            rows.fields(),
            () -> {
              RexLowering lowering = new RexLowering(this, rows);
              return project.getProjects().stream().map(lowering::lower).toList();
            });
    List<Column> fields = new ArrayList<>();
    List<Assignment> assignments = new ArrayList<>();
    Set<Column> passed = new HashSet<>();
    for (int i = 0; i < exprs.size(); i++) {
      RexNode rex = project.getProjects().get(i);
      String name = project.getRowType().getFieldNames().get(i);
      if (exprs.get(i) instanceof Expr.Col(Column column) && isLocal(rex)) {
        fields.add(column);
        if (passed.add(column)) {
          assignments.add(Assignment.same(column));
        }
      } else {
        Column column = binder.columnFor(name, exprs.get(i), rex);
        fields.add(column);
        assignments.add(new Assignment(column, exprs.get(i)));
      }
    }
    return new Relation(new LogicalNode.Project(rows.planned(), assignments), fields);
  }

  /// Whether a column that this expression became is one of the node's own input.
  private static boolean isLocal(RexNode rex) {
    return rex instanceof RexInputRef || rex instanceof RexSubQuery || rex instanceof RexOver;
  }

  /// Each row is taken or not by itself, also where SYSTEM would allow whole blocks.
  private Relation sample(Sample sample) {
    if (sample.getSamplingParameters().isRepeatable()) {
      throw Errors.unsupported(null, "TABLESAMPLE ... REPEATABLE");
    }
    Relation input = lower(sample.getInput());
    Expr rate = Expr.lit(Value.of(sample.getSamplingParameters().sampleRate.doubleValue()));
    Expr isTaken =
        Coercion.compare(
            ComparisonFunctions.Op.LT, Functions.named("sql.random").call(List.of()), rate);
    return new Relation(new LogicalNode.Filter(input.plan(), isTaken), input.fields());
  }

  private Relation sort(Sort sort) {
    Relation input = lower(sort.getInput());
    LogicalNode plan = input.plan();
    List<SortKey> keys = keys(sort.getCollation().getFieldCollations(), input.fields());
    if (!keys.isEmpty()) {
      plan = new LogicalNode.Sort(plan, keys);
    }
    if (sort.offset != null || sort.fetch != null) {
      RexLowering lowering = new RexLowering(this, new Rows(null, List.of()));
      Expr skip = sort.offset == null ? null : count(lowering.lower(sort.offset));
      Expr fetch = sort.fetch == null ? null : count(lowering.lower(sort.fetch));
      plan = new LogicalNode.Limit(plan, skip, fetch, false);
    }
    return new Relation(plan, input.fields());
  }

  private static Expr count(Expr expr) {
    return expr instanceof Expr.Param(String name, _)
        ? new Expr.Param(name, Type.INT64)
        : Coercion.cast(expr, Type.INT64);
  }

  static List<SortKey> keys(List<RelFieldCollation> collations, List<Column> fields) {
    List<SortKey> keys = new ArrayList<>();
    for (RelFieldCollation collation : collations) {
      if (fields.get(collation.getFieldIndex()).type().isJson()) {
        throw Errors.semantic(
            null,
            "JsonComparison",
            "JSON has no order",
            "order by a part of it as text, such as j ->> 'key'");
      }
      boolean descending = collation.direction.isDescending();
      boolean nullsFirst =
          switch (collation.nullDirection) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> descending;
          };
      keys.add(
          new SortKey(
              fields.get(collation.getFieldIndex()).ref(), descending, nullsFirst, OrderMode.SQL));
    }
    return keys;
  }

  // ---- leaves

  private Relation values(Values values) {
    List<Column> fields = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    values
        .getRowType()
        .getFieldList()
        .forEach(f -> {
          Type type = TypeMapping.fromCalcite(f.getType());
          types.add(type);
          fields.add(columns.column(f.getName(), type, f.getType().isNullable()));
        });
    List<List<Expr>> rows = new ArrayList<>();
    for (List<RexLiteral> tuple : values.getTuples()) {
      List<Expr> row = new ArrayList<>();
      for (int i = 0; i < tuple.size(); i++) {
        row.add(Coercion.cast(Literals.lower(tuple.get(i)), types.get(i)));
      }
      rows.add(row);
    }
    return new Relation(new LogicalNode.Values(fields, rows), fields);
  }

  private Relation scan(TableScan scan) {
    CatalogReader.StoredTable stored = scan.getTable().unwrap(CatalogReader.StoredTable.class);
    if (stored != null) {
      return scan(stored.definition, false);
    }
    CatalogReader.Target target = scan.getTable().unwrap(CatalogReader.Target.class);
    if (target != null) {
      return scan(target.definition, true);
    }
    CatalogReader.Given given = scan.getTable().unwrap(CatalogReader.Given.class);
    if (given != null) {
      return given.rows;
    }
    CatalogReader.Fresh fresh = scan.getTable().unwrap(CatalogReader.Fresh.class);
    if (fresh != null) {
      return fresh.rows.get();
    }
    CatalogReader.FileRows file = scan.getTable().unwrap(CatalogReader.FileRows.class);
    if (file != null) {
      return scan(file.file);
    }
    NativeTables.NativeTable made = scan.getTable().unwrap(NativeTables.NativeTable.class);
    if (made != null) {
      return made.scan();
    }
    SystemTable system = scan.getTable().unwrap(SystemTable.class);
    if (system != null) {
      return system.scan(columns);
    }
    CatalogReader.View view = scan.getTable().unwrap(CatalogReader.View.class);
    if (view != null) {
      return relation(view.bind());
    }
    return sets.workScan(scan);
  }

  /// A bound text as a relation: its output columns are the fields.
  static Relation relation(LogicalNode.Output output) {
    List<Column> fields = output.columns().stream().map(LogicalNode.OutputColumn::column).toList();
    List<Assignment> kept = fields.stream().distinct().map(Assignment::same).toList();
    return new Relation(new LogicalNode.Project(output.input(), kept), fields);
  }

  private Relation scan(FileTable file) {
    List<Column> fields = new ArrayList<>();
    List<LogicalNode.FileRead> reads = new ArrayList<>();
    for (ColumnDef definition : file.columns()) {
      Column column = columns.column(definition.name(), definition.type(), definition.nullable());
      fields.add(column);
      reads.add(new LogicalNode.FileRead(column, definition.name()));
    }
    return new Relation(new LogicalNode.FileScan(file.source(), reads), fields);
  }

  /// @param isTarget whether the last field is where the row is
  private Relation scan(TableDef table, boolean isTarget) {
    List<Column> fields = new ArrayList<>();
    List<ColumnRead> reads = new ArrayList<>();
    for (ColumnDef definition : table.columns()) {
      Column column = columns.column(definition.name(), definition.type(), definition.nullable());
      fields.add(column);
      reads.add(new ColumnRead(column, definition.id()));
    }
    Column address = null;
    if (isTarget) {
      address = columns.column("row_address", Type.INT64, false);
      fields.add(address);
    }
    return new Relation(
        new LogicalNode.TableScan(table.id(), table.name(), reads, address), fields);
  }

  static Expr and(List<Expr> parts) {
    return LogicFunctions.and(parts);
  }
}
