package io.sabot.optimizer.physical;

import io.sabot.optimizer.effects.Updates;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.PlanExprs;
import io.sabot.plan.logical.PropertyRead;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.logical.WindowCall;
import io.sabot.plan.physical.PhysicalNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Chooses an operator for every node of a logical plan and prunes columns on the way.
///
/// Every call says which columns the caller needs; the operator delivers those of them that the
/// node has, and no others. Columns of enclosing left sides are constants inside a correlated side:
/// they may appear in any expression there, and are delivered by no operator but `Argument`.
public final class PhysicalPlanner {
  final ColumnAllocator allocator;
  private final JoinPlanner joins;
  private final Lookups lookups;
  final IndexLookups indexes;

  /// @param useIndexes whether scans may become searches in an index
  public PhysicalPlanner(Catalog catalog, ColumnAllocator allocator, boolean useIndexes) {
    this.allocator = allocator;
    this.indexes = new IndexLookups(catalog, allocator, useIndexes);
    this.joins = new JoinPlanner(this, catalog);
    this.lookups = new Lookups(allocator);
  }

  /// The plan of a whole statement; its root is an `Output`.
  public PhysicalNode.Output plan(LogicalNode root) {
    return switch (root) {
      case LogicalNode.Output output -> output(output);
      case LogicalNode.Sequence(var parts)
          when !parts.isEmpty() && parts.getLast() instanceof LogicalNode.Output last -> {
        List<LogicalNode> bare = new ArrayList<>(parts.subList(0, parts.size() - 1));
        bare.add(last.input());
        yield output(new LogicalNode.Output(new LogicalNode.Sequence(bare), last.columns()));
      }
      default -> new PhysicalNode.Output(plan(root, Set.of(), Set.of()), List.of(), List.of());
    };
  }

  private PhysicalNode.Output output(LogicalNode.Output output) {
    Set<Column> needed = PlanExprs.reads(output);
    PhysicalNode input = plan(output.input(), needed, Set.of());
    List<Column> columns = new ArrayList<>();
    for (LogicalNode.OutputColumn out : output.columns()) {
      columns.add(asDelivered(out.column(), input));
    }
    return new PhysicalNode.Output(input, output.columns(), columns);
  }

  private static Column asDelivered(Column column, PhysicalNode input) {
    for (Column delivered : input.columns()) {
      if (delivered.equals(column)) {
        return delivered;
      }
    }
    throw Errors.internal("the plan does not deliver column " + column, null);
  }

  /// @param needed the columns that the caller reads
  /// @param outer the columns of enclosing left sides
  PhysicalNode plan(LogicalNode node, Set<Column> needed, Set<Column> outer) {
    return switch (node) {
      case LogicalNode.Values n -> values(n, needed);
      case LogicalNode.TableScan n -> tableScan(n, Expr.TRUE, needed);
      case LogicalNode.FileScan n -> fileScan(n, Expr.TRUE, needed);
      case LogicalNode.NodeScan n -> nodeScan(n, needed);
      case LogicalNode.EdgeScan n -> edgeScan(n, needed);
      case LogicalNode.QuadScan n ->
          new PhysicalNode.QuadScan(
              n.scope(),
              n.graph(),
              n.subject(),
              n.predicate(),
              n.object(),
              keep(PlanColumns.of(n), needed));
      case LogicalNode.PathScan n -> lookups.allPaths(n, needed);
      case LogicalNode.GraphNames n ->
          new PhysicalNode.GraphNames(n.graph(), n.scope(), keep(PlanColumns.of(n), needed));
      case LogicalNode.WorkScan n -> new PhysicalNode.WorkScan(n.workId(), n.columns());
      case LogicalNode.ForeachRow _ -> new PhysicalNode.Argument(keep(outer, needed));
      case LogicalNode.GraphCommand n -> new PhysicalNode.GraphCommand(n, List.of());
      case LogicalNode.Filter n -> filter(n, needed, outer);
      case LogicalNode.Project n -> project(n, needed, outer);
      case LogicalNode.Extend n -> extend(n, needed, outer);
      case LogicalNode.Aggregate n -> aggregate(n, needed, outer);
      case LogicalNode.Distinct n -> {
        PhysicalNode input = plan(n.input(), PlanExprs.reads(n), outer);
        yield new PhysicalNode.Distinct(input, n.mode(), input.columns());
      }
      case LogicalNode.Sort n -> {
        PhysicalNode input = plan(n.input(), union(needed, PlanExprs.reads(n)), outer);
        yield new PhysicalNode.Sort(input, n.keys(), keep(input.columns(), needed));
      }
      case LogicalNode.Limit n -> limit(n, needed, outer);
      case LogicalNode.Window n -> window(n, needed, outer);
      case LogicalNode.Unnest n -> unnest(n, needed, outer);
      case LogicalNode.Eager n -> {
        PhysicalNode input = plan(n.input(), needed, outer);
        yield new PhysicalNode.Eager(input, n.reason(), input.columns());
      }
      case LogicalNode.ProcedureCall n -> {
        PhysicalNode input = plan(n.input(), union(needed, PlanExprs.reads(n)), outer);
        List<Column> yields = n.yields().stream().map(y -> y.column()).toList();
        yield new PhysicalNode.ProcedureCall(
            input,
            n.procedure(),
            n.args(),
            n.yields(),
            n.isVoid(),
            concat(keep(input.columns(), needed), keep(yields, needed)));
      }
      case LogicalNode.Join n -> joins.join(n, needed, outer);
      case LogicalNode.CompatJoin n -> joins.compatible(n, needed, outer);
      case LogicalNode.Apply n -> joins.apply(n, needed, outer);
      case LogicalNode.SetOp n -> new SetPlanner(this).setOp(n, needed, outer);
      case LogicalNode.Recursive n -> new SetPlanner(this).recursive(n, outer);
      case LogicalNode.CreateElements _,
          LogicalNode.UpdateElements _,
          LogicalNode.DeleteElements _,
          LogicalNode.Merge _,
          LogicalNode.Foreach _,
          LogicalNode.QuadModify _,
          LogicalNode.TableModify _ ->
          new UpdatePlanner(this).update(node, needed, outer);
      case LogicalNode.Sequence n -> sequence(n, needed, outer);
      case LogicalNode.Output n -> plan(n.input(), PlanExprs.reads(n), outer);
      case LogicalNode.ConstructTriples n ->
          new PhysicalNode.ConstructTriples(
              plan(n.input(), PlanExprs.reads(n), outer),
              n.templates(),
              n.subject(),
              n.predicate(),
              n.object(),
              List.of(n.subject(), n.predicate(), n.object()));
    };
  }

  private static PhysicalNode values(LogicalNode.Values n, Set<Column> needed) {
    List<Column> columns = keep(n.columns(), needed);
    List<Integer> places = columns.stream().map(n.columns()::indexOf).toList();
    List<List<Expr>> rows = new ArrayList<>();
    for (List<Expr> row : n.rows()) {
      rows.add(places.stream().map(row::get).toList());
    }
    return new PhysicalNode.Values(columns, rows);
  }

  private static PhysicalNode tableScan(
      LogicalNode.TableScan n, Expr predicate, Set<Column> needed) {
    Set<Column> wanted = union(needed, predicate.columns());
    List<LogicalNode.ColumnRead> reads =
        n.reads().stream().filter(r -> wanted.contains(r.column())).toList();
    List<Column> columns = new ArrayList<>(reads.stream().map(r -> r.column()).toList());
    Column address = n.rowAddress();
    if (address != null && wanted.contains(address)) {
      columns.add(address);
    } else {
      address = null;
    }
    return new PhysicalNode.TableScan(
        n.tableId(), n.tableName(), reads, address, predicate, columns);
  }

  private static PhysicalNode fileScan(LogicalNode.FileScan n, Expr predicate, Set<Column> needed) {
    Set<Column> wanted = union(needed, predicate.columns());
    List<LogicalNode.FileRead> reads =
        n.reads().stream().filter(r -> wanted.contains(r.column())).toList();
    return new PhysicalNode.FileScan(n.file(), reads, predicate, keep(PlanColumns.of(n), needed));
  }

  private static PhysicalNode nodeScan(LogicalNode.NodeScan n, Set<Column> needed) {
    return new PhysicalNode.NodeScan(
        n.node(), n.labels(), reads(n.properties(), needed), keep(PlanColumns.of(n), needed));
  }

  private static PhysicalNode edgeScan(LogicalNode.EdgeScan n, Set<Column> needed) {
    return new PhysicalNode.EdgeScan(
        n.edge(),
        n.source(),
        n.target(),
        n.types(),
        n.direction(),
        reads(n.properties(), needed),
        keep(PlanColumns.of(n), needed));
  }

  static List<PropertyRead> reads(List<PropertyRead> all, Set<Column> needed) {
    return all.stream().filter(p -> needed.contains(p.column())).toList();
  }

  private PhysicalNode filter(LogicalNode.Filter n, Set<Column> needed, Set<Column> outer) {
    List<Expr> conjuncts = new ArrayList<>(LogicFunctions.conjuncts(n.predicate()));
    LogicalNode base = n.input();
    // An AND runs its later operands for rows where an earlier one is null; a filter does not.
    while (base instanceof LogicalNode.Filter(var below, var predicate)
        && conjuncts.stream().noneMatch(ExprFacts::mayThrow)) {
      conjuncts.addAll(0, LogicFunctions.conjuncts(predicate));
      base = below;
    }
    PhysicalNode found = lookups.fromOuter(base, conjuncts, needed, outer);
    if (found == null) {
      found = indexes.fromOuter(base, conjuncts, needed, outer);
    }
    return found != null ? found : filtered(base, conjuncts, needed, outer);
  }

  private PhysicalNode filtered(
      LogicalNode base, List<Expr> conjuncts, Set<Column> needed, Set<Column> outer) {
    if (base instanceof LogicalNode.TableScan || base instanceof LogicalNode.FileScan) {
      Set<Column> own = new HashSet<>(PlanColumns.of(base));
      List<Expr> pushed = new ArrayList<>();
      List<Expr> rest = new ArrayList<>();
      for (Expr conjunct : conjuncts) {
        (own.containsAll(conjunct.columns()) ? pushed : rest).add(conjunct);
      }
      Set<Column> wanted = union(needed, LogicFunctions.and(rest).columns());
      Expr test = LogicFunctions.and(pushed);
      PhysicalNode scan =
          base instanceof LogicalNode.FileScan file
              ? fileScan(file, test, wanted)
              : tableScan((LogicalNode.TableScan) base, test, wanted);
      return filterOn(scan, rest, needed);
    }
    ScannedProperties read = ScannedProperties.of(base, conjuncts, allocator);
    Set<Column> wanted = union(needed, LogicFunctions.and(read.conjuncts()).columns());
    return filterOn(plan(read.scan(), wanted, outer), read.conjuncts(), needed);
  }

  /// A filter with these conjuncts, if there are any.
  static PhysicalNode filterOn(PhysicalNode input, List<Expr> conjuncts, Set<Column> needed) {
    Expr predicate = LogicFunctions.and(conjuncts);
    return predicate.equals(Expr.TRUE)
        ? input
        : new PhysicalNode.Filter(input, predicate, keep(input.columns(), needed));
  }

  private PhysicalNode project(LogicalNode.Project n, Set<Column> needed, Set<Column> outer) {
    List<Assignment> wanted =
        n.assignments().stream().filter(a -> needed.contains(a.column())).toList();
    return computed(n.input(), wanted, Set.of(), outer);
  }

  private PhysicalNode extend(LogicalNode.Extend n, Set<Column> needed, Set<Column> outer) {
    List<Assignment> wanted =
        n.assignments().stream().filter(a -> needed.contains(a.column())).toList();
    return computed(n.input(), wanted, needed, outer);
  }

  /// @param kept the columns of the input that pass
  private PhysicalNode computed(
      LogicalNode input, List<Assignment> wanted, Set<Column> kept, Set<Column> outer) {
    Set<Column> below = new LinkedHashSet<>(kept);
    wanted.forEach(a -> a.expr().collectColumns(below));
    PhysicalNode planned = plan(input, below, outer);
    List<Column> columns = new ArrayList<>(keep(planned.columns(), kept));
    List<Assignment> assignments = new ArrayList<>();
    for (Assignment a : wanted) {
      int place = planned.columns().indexOf(a.column());
      if (a.isPassThrough() && place >= 0) {
        if (!columns.contains(a.column())) {
          columns.add(planned.columns().get(place));
        }
      } else {
        assignments.add(a);
        columns.add(a.column());
      }
    }
    boolean same = assignments.isEmpty() && columns.size() == planned.columns().size();
    return same ? planned : new PhysicalNode.Project(planned, assignments, columns);
  }

  private PhysicalNode aggregate(LogicalNode.Aggregate n, Set<Column> needed, Set<Column> outer) {
    List<AggregateCall> calls = n.calls().stream().filter(c -> needed.contains(c.out())).toList();
    LogicalNode.Aggregate pruned =
        new LogicalNode.Aggregate(n.input(), n.keys(), n.groupingSets(), calls, n.keyMode());
    PhysicalNode input = plan(n.input(), PlanExprs.reads(pruned), outer);
    return new PhysicalNode.Aggregate(
        input, n.keys(), n.groupingSets(), calls, n.keyMode(), PlanColumns.of(pruned));
  }

  private PhysicalNode limit(LogicalNode.Limit n, Set<Column> needed, Set<Column> outer) {
    boolean exhaustive = n.exhaustive() || Updates.in(n.input());
    if (n.fetch() != null && !exhaustive) {
      switch (n.input()) {
        case LogicalNode.Project(LogicalNode.Sort sort, var assignments) -> {
          return plan(new LogicalNode.Project(over(n, sort), assignments), needed, outer);
        }
        case LogicalNode.Extend(LogicalNode.Sort sort, var assignments) -> {
          return plan(new LogicalNode.Extend(over(n, sort), assignments), needed, outer);
        }
        case LogicalNode.Sort(var sorted, var keys) -> {
          PhysicalNode input = plan(sorted, union(needed, PlanExprs.reads(n.input())), outer);
          return new PhysicalNode.TopN(
              input, keys, n.skip(), n.fetch(), keep(input.columns(), needed));
        }
        default -> {}
      }
    }
    PhysicalNode input = plan(n.input(), needed, outer);
    return new PhysicalNode.Limit(input, n.skip(), n.fetch(), exhaustive, input.columns());
  }

  private static LogicalNode over(LogicalNode.Limit limit, LogicalNode input) {
    return new LogicalNode.Limit(input, limit.skip(), limit.fetch(), limit.exhaustive());
  }

  private PhysicalNode window(LogicalNode.Window n, Set<Column> needed, Set<Column> outer) {
    List<WindowCall> calls = n.calls().stream().filter(c -> needed.contains(c.out())).toList();
    if (calls.isEmpty()) {
      return plan(n.input(), needed, outer);
    }
    LogicalNode.Window pruned = new LogicalNode.Window(n.input(), calls);
    PhysicalNode input = plan(n.input(), union(needed, PlanExprs.reads(pruned)), outer);
    List<Column> outs = calls.stream().map(WindowCall::out).toList();
    return new PhysicalNode.Window(input, calls, concat(keep(input.columns(), needed), outs));
  }

  private PhysicalNode unnest(LogicalNode.Unnest n, Set<Column> needed, Set<Column> outer) {
    PhysicalNode input = plan(n.input(), union(needed, n.list().columns()), outer);
    List<Column> own = new ArrayList<>(List.of(n.element()));
    Column ordinal = n.ordinal() != null && needed.contains(n.ordinal()) ? n.ordinal() : null;
    if (ordinal != null) {
      own.add(ordinal);
    }
    return new PhysicalNode.Unnest(
        input,
        n.list(),
        n.element(),
        ordinal,
        n.outer(),
        concat(keep(input.columns(), needed), keep(own, needed)));
  }

  private PhysicalNode sequence(LogicalNode.Sequence n, Set<Column> needed, Set<Column> outer) {
    List<PhysicalNode> parts = new ArrayList<>();
    for (int i = 0; i < n.parts().size(); i++) {
      boolean last = i == n.parts().size() - 1;
      parts.add(plan(n.parts().get(i), last ? needed : Set.of(), outer));
    }
    return new PhysicalNode.Sequence(
        parts, parts.isEmpty() ? List.of() : parts.getLast().columns());
  }

  // ---- lists and sets of columns

  static List<Column> keep(Collection<Column> columns, Set<Column> needed) {
    return columns.stream().filter(needed::contains).toList();
  }

  static Set<Column> union(Collection<Column> a, Collection<Column> b) {
    Set<Column> union = new LinkedHashSet<>(a);
    union.addAll(b);
    return union;
  }

  static List<Column> concat(List<Column> a, List<Column> b) {
    return List.copyOf(union(a, b));
  }

  static @Nullable Column boundColumn(QuadTerm term) {
    return term instanceof QuadTerm.Bind(var column) ? column : null;
  }
}
