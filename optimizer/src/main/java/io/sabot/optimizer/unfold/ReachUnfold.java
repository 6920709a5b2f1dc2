package io.sabot.optimizer.unfold;

import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.GraphScope;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PathSpec.Reach;
import io.sabot.plan.logical.PathSpec.RegularPath;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reachability paths over triples that tables, the native graph or an RDF mapping give: a path
/// scan searches stored quads, so such a path becomes a recursion over the unfolded triple patterns
/// of its steps (SPARQL 1.1 §18.5).
///
/// ```
/// distinct
///   union
///     recursive          (no pair twice, so it ends where paths go round)
///       $step
///       join             (what was reached last, one step more)
///     empty paths        (`*` and `?`: a term to itself)
/// ```
final class ReachUnfold {
  /// Apart from the numbers that front-ends give to what they repeat.
  private static final int WORK = 2_000_000;

  private final GraphMapping mapping;
  private final ColumnAllocator allocator;
  private final QuadUnfold quads;

  ReachUnfold(GraphMapping mapping, ColumnAllocator allocator, QuadUnfold quads) {
    this.mapping = mapping;
    this.allocator = allocator;
    this.quads = quads;
  }

  /// Pairs of ends; over named graphs each with the graph that it is in.
  private record Pairs(LogicalNode plan, @Nullable Column graph, Column from, Column to) {
    Pairs turned() {
      return new Pairs(plan, graph, to, from);
    }

    Pairs over(LogicalNode other) {
      return new Pairs(other, graph, from, to);
    }
  }

  LogicalNode paths(LogicalNode.PathScan scan, Reach reach) {
    Value source = mapping.canonical(reach.sourceConstant());
    Value target = mapping.canonical(reach.targetConstant());
    Paths paths = new Paths(reach.scope());
    if (paths.hasMappedStep(reach.step())) {
      return named(
          paths.closure(reach.step(), reach.min(), reach.unbounded(), source, target), scan);
    }
    boolean isFree = source.isNull() && target.isNull();
    if (!isFree || !reach.mayBeEmpty() || !paths.isMapped(null)) {
      return scan;
    }
    // The steps are stored, but from each mapped term there is the path of none.
    Pairs empty = paths.empty(Value.NULL, Value.NULL);
    Branches all = new Branches(PlanColumns.of(scan), allocator);
    LogicalNode.PathScan copy =
        new LogicalNode.PathScan(
            allocator.like(scan.source()),
            allocator.like(scan.target()),
            scan.edges() == null ? null : allocator.like(scan.edges()),
            reach,
            Map.of());
    all.add(copy, PlanColumns.of(copy));
    LogicalNode mapped = named(empty, scan);
    all.add(mapped, PlanColumns.of(mapped));
    return new LogicalNode.Distinct(all.build(), EqMode.TERM);
  }

  /// Under the columns of a scan.
  private LogicalNode named(Pairs pairs, LogicalNode.PathScan scan) {
    Branches one = new Branches(PlanColumns.of(scan), allocator);
    Map<Column, Expr> values = new HashMap<>();
    values.put(scan.source(), pairs.from().ref());
    values.put(scan.target(), pairs.to().ref());
    if (scan.edges() != null && pairs.graph() != null) {
      values.put(scan.edges(), pairs.graph().ref());
    }
    one.add(pairs.plan(), values);
    return one.build();
  }

  /// The paths over one set of graphs.
  private final class Paths {
    private final GraphScope scope;
    private final boolean byGraph;

    Paths(GraphScope scope) {
      this.scope = scope;
      this.byGraph = scope instanceof GraphScope.Named || scope instanceof GraphScope.NamedOnly;
    }

    private Column column(String name) {
      return allocator.column(name, Type.ANY, false);
    }

    private @Nullable Column graph() {
      return byGraph ? column("g") : null;
    }

    private static QuadTerm bound(@Nullable Column column) {
      return column == null ? new QuadTerm.Wildcard() : new QuadTerm.Bind(column);
    }

    private LogicalNode.QuadScan scan(
        @Nullable Column graph, Column from, QuadTerm predicate, Column to) {
      return new LogicalNode.QuadScan(
          scope, bound(graph), new QuadTerm.Bind(from), predicate, new QuadTerm.Bind(to));
    }

    /// Whether some triples of a predicate, null for any, are not stored as such.
    boolean isMapped(@Nullable Value predicate) {
      QuadTerm term =
          predicate == null ? new QuadTerm.Wildcard() : new QuadTerm.Constant(predicate);
      LogicalNode.QuadScan stored = scan(graph(), column("s"), term, column("o"));
      return !(quads.quads(stored) instanceof LogicalNode.QuadScan);
    }

    boolean hasMappedStep(RegularPath path) {
      return switch (path) {
        case RegularPath.Predicate(Value iri) -> isMapped(iri);
        case RegularPath.NotIn _ -> isMapped(null);
        case RegularPath.Inverse(var inner) -> hasMappedStep(inner);
        case RegularPath.Sequence(var parts) -> parts.stream().anyMatch(this::hasMappedStep);
        case RegularPath.Alternative(var parts) -> parts.stream().anyMatch(this::hasMappedStep);
        case RegularPath.Repeat(var inner, _, _) -> hasMappedStep(inner);
      };
    }

    private Pairs pairs(RegularPath path) {
      return switch (path) {
        case RegularPath.Predicate(Value iri) -> step(new QuadTerm.Constant(iri), List.of());
        case RegularPath.Inverse(var inner) -> pairs(inner).turned();
        case RegularPath.Sequence(var parts) ->
            parts.stream().map(this::pairs).reduce(this::join).orElseThrow();
        case RegularPath.Alternative(var parts) ->
            parts.stream().map(this::pairs).reduce(this::union).orElseThrow();
        case RegularPath.NotIn(var forward, var backward) -> notIn(forward, backward);
        case RegularPath.Repeat(var inner, int min, boolean unbounded) ->
            closure(inner, min, unbounded, Value.NULL, Value.NULL);
      };
    }

    private Pairs step(QuadTerm predicate, List<Expr> conditions) {
      Column graph = graph();
      Column from = column("from");
      Column to = column("to");
      LogicalNode triples = quads.quads(scan(graph, from, predicate, to));
      return new Pairs(filter(triples, conditions), graph, from, to);
    }

    private Pairs notIn(List<Value> forward, List<Value> backward) {
      Pairs turned = backward.isEmpty() ? null : anyBut(backward).turned();
      if (forward.isEmpty() && turned != null) {
        return turned;
      }
      Pairs straight = anyBut(forward);
      return turned == null ? straight : union(straight, turned);
    }

    private Pairs anyBut(List<Value> excluded) {
      Column predicate = column("p");
      List<Expr> conditions = new ArrayList<>();
      for (Value iri : excluded) {
        Expr same = ComparisonFunctions.sameTerm(predicate.ref(), new Expr.Lit(iri, Type.ANY));
        conditions.add(LogicFunctions.not(same));
      }
      return step(new QuadTerm.Bind(predicate), conditions);
    }

    private static LogicalNode filter(LogicalNode input, List<Expr> conditions) {
      return conditions.isEmpty()
          ? input
          : new LogicalNode.Filter(input, LogicFunctions.and(conditions));
    }

    private static Expr is(Column column, Value value) {
      return ComparisonFunctions.sameTerm(column.ref(), new Expr.Lit(value, Type.ANY));
    }

    /// First a path of the one, then one of the other, in the same graph.
    private Pairs join(Pairs left, Pairs right) {
      List<Expr> same = new ArrayList<>();
      same.add(ComparisonFunctions.sameTerm(left.to().ref(), right.from().ref()));
      if (left.graph() != null && right.graph() != null) {
        same.add(ComparisonFunctions.sameTerm(left.graph().ref(), right.graph().ref()));
      }
      LogicalNode plan =
          new LogicalNode.Join(
              JoinKind.INNER, left.plan(), right.plan(), LogicFunctions.and(same), null);
      return new Pairs(plan, left.graph(), left.from(), right.to());
    }

    private Pairs union(Pairs left, Pairs right) {
      Pairs out = new Pairs(LogicalNode.Values.UNIT, graph(), column("from"), column("to"));
      Branches both = new Branches(columns(out), allocator);
      for (Pairs branch : List.of(left, right)) {
        Map<Column, Expr> values = new HashMap<>();
        List<Column> own = columns(branch);
        for (int i = 0; i < own.size(); i++) {
          values.put(columns(out).get(i), own.get(i).ref());
        }
        both.add(branch.plan(), values);
      }
      return out.over(both.build());
    }

    private static List<Column> columns(Pairs pairs) {
      return pairs.graph() == null
          ? List.of(pairs.from(), pairs.to())
          : List.of(pairs.graph(), pairs.from(), pairs.to());
    }

    /// Nothing but the pairs, in the order of their columns: under new ones, because a recursion
    /// goes by the order, and a project that renames nothing may be taken away.
    private LogicalNode only(Pairs pairs) {
      List<Assignment> renamed = new ArrayList<>();
      for (Column column : columns(pairs)) {
        renamed.add(new Assignment(allocator.like(column), column.ref()));
      }
      return new LogicalNode.Project(pairs.plan(), renamed);
    }

    private Pairs distinct(Pairs pairs) {
      List<Assignment> kept = columns(pairs).stream().map(Assignment::same).toList();
      return pairs.over(
          new LogicalNode.Distinct(new LogicalNode.Project(pairs.plan(), kept), EqMode.TERM));
    }

    /// Pairs that repetitions of a step connect. A search begins at the constant end.
    Pairs closure(RegularPath step, int min, boolean unbounded, Value source, Value target) {
      if (source.isNull() && !target.isNull()) {
        RegularPath back = new RegularPath.Inverse(step);
        return closure(back, min, unbounded, target, Value.NULL).turned();
      }
      Pairs first = pairs(step);
      Pairs begun =
          source.isNull()
              ? first
              : first.over(filter(first.plan(), List.of(is(first.from(), source))));
      Pairs reached = unbounded ? repeated(begun, step) : begun;
      Pairs ended =
          target.isNull()
              ? reached
              : reached.over(filter(reached.plan(), List.of(is(reached.to(), target))));
      boolean mayBeEmpty = min == 0 || step.mayBeEmpty();
      Pairs all = mayBeEmpty ? union(ended, empty(source, target)) : ended;
      return distinct(all);
    }

    private Pairs repeated(Pairs first, RegularPath step) {
      Column to = column("to");
      int work = WORK + to.id();
      Pairs last = new Pairs(LogicalNode.Values.UNIT, graph(), column("from"), to);
      Pairs farther = join(last.over(new LogicalNode.WorkScan(work, columns(last))), pairs(step));
      Pairs out = new Pairs(LogicalNode.Values.UNIT, graph(), column("from"), column("to"));
      return out.over(
          new LogicalNode.Recursive(only(first), only(farther), work, columns(out), true));
    }

    /// A constant is connected to itself whether a graph holds it or not; without one, all terms of
    /// the graphs are.
    Pairs empty(Value source, Value target) {
      Value constant = source.isNull() ? target : source;
      Column graph = graph();
      Column from = column("from");
      Column to = column("to");
      if (constant.isNull()) {
        Pairs triple = step(new QuadTerm.Wildcard(), List.of());
        Pairs other = step(new QuadTerm.Wildcard(), List.of());
        Pairs nodes =
            union(
                new Pairs(triple.plan(), triple.graph(), triple.from(), triple.from()),
                new Pairs(other.plan(), other.graph(), other.to(), other.to()));
        return distinct(nodes);
      }
      boolean differ = !source.isNull() && !target.isNull() && !source.equals(target);
      LogicalNode graphs =
          graph == null
              ? LogicalNode.Values.UNIT
              : quads.graphs(new LogicalNode.GraphNames(graph, scope));
      Expr value = new Expr.Lit(constant, Type.ANY);
      LogicalNode ends =
          new LogicalNode.Extend(
              graphs, List.of(new Assignment(from, value), new Assignment(to, value)));
      return new Pairs(differ ? new LogicalNode.Filter(ends, Expr.FALSE) : ends, graph, from, to);
    }
  }
}
