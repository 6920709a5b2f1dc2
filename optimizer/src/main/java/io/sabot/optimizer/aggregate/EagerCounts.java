package io.sabot.optimizer.aggregate;

import io.sabot.optimizer.cost.Estimator;
import io.sabot.optimizer.effects.Updates;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.Aggregates;
import io.sabot.plan.function.ArithmeticFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Aggregate;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.PlanExprs;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Counts the rows of a join without making them: below a grouping that only counts, a side of a
/// join whose rows are alike in all that is still read becomes one row with a number, its weight.
///
/// ```
/// aggregate [] n = count_rows()         project [n = coalesce(s, 0)]
///   join inner a = b                      aggregate [] s = sum(w)
///     $left                          =>     join inner a = b
///     $right                                  $left
///                                             aggregate [b] w = count_rows()
///                                               $right
/// ```
///
/// Runs on a plan whose joins are in order, where the estimated saving exceeds the cost. Eager
/// aggregation: Yan and Larson, VLDB 1995.
public final class EagerCounts {
  /// Nanoseconds, about: grouping a row, and making a row of a join and passing it on.
  private static final double GROUP = 40;

  private static final double JOINED = 15;

  private final Estimator estimator;
  private final ColumnAllocator allocator;

  private EagerCounts(Estimator estimator, ColumnAllocator allocator) {
    this.estimator = estimator;
    this.allocator = allocator;
  }

  public static LogicalNode apply(LogicalNode root, Catalog catalog, ColumnAllocator allocator) {
    if (Updates.in(root)) {
      return root;
    }
    Estimator estimator = new Estimator(catalog);
    estimator.rows(root);
    return new EagerCounts(estimator, allocator).rewrite(root);
  }

  private LogicalNode rewrite(LogicalNode node) {
    LogicalNode better = node instanceof Aggregate a ? counted(a).orElse(node) : node;
    return better.mapInputs(this::rewrite);
  }

  /// A plan whose rows stand for as many rows as their weight says.
  ///
  /// @param weight a column of type INT64, not null; null where each row stands for itself
  /// @param rows of `plan`, about
  private record Weighted(LogicalNode plan, @Nullable Column weight, double rows) {}

  private Optional<LogicalNode> counted(Aggregate a) {
    boolean countsOnly =
        a.groupingSets().isEmpty()
            && a.calls().stream().anyMatch(EagerCounts::isCount)
            && a.calls().stream().allMatch(c -> isCount(c) || isBlind(c));
    if (!countsOnly) {
      return Optional.empty();
    }
    Weighted input = weigh(a.input(), PlanExprs.reads(a));
    Column weight = input.weight();
    return weight == null ? Optional.empty() : Optional.of(summed(a, input.plan(), weight));
  }

  private static boolean isCount(AggregateCall call) {
    return !call.distinct()
        && (call.function().equals(Aggregates.COUNT_ROWS)
            || call.function().equals(Aggregates.COUNT));
  }

  /// Whether an aggregate is the same however often each of its rows comes.
  private static boolean isBlind(AggregateCall call) {
    return call.orderBy().isEmpty()
        && (call.distinct() && call.function().equals(Aggregates.COUNT)
            || call.function().equals(Aggregates.MIN)
            || call.function().equals(Aggregates.MAX));
  }

  /// The grouping over rows with weights. A sum over no rows is null where a count is 0.
  private LogicalNode summed(Aggregate a, LogicalNode input, Column weight) {
    List<AggregateCall> calls = new ArrayList<>();
    List<Assignment> above = new ArrayList<>();
    a.keys().forEach(key -> above.add(Assignment.same(key)));
    for (AggregateCall call : a.calls()) {
      if (!isCount(call)) {
        calls.add(call);
        above.add(Assignment.same(call.out()));
        continue;
      }
      Column sum = allocator.column(call.out().name(), Type.INT64, true);
      calls.add(
          new AggregateCall(
              sum,
              Aggregates.SUM,
              List.of(call.args().isEmpty() ? weight.ref() : ifKnown(call, weight)),
              false,
              EqMode.SQL,
              call.filter(),
              List.of()));
      above.add(new Assignment(call.out(), orElse(sum, 0)));
    }
    LogicalNode grouped = new Aggregate(input, a.keys(), List.of(), calls, a.keyMode());
    return new LogicalNode.Project(grouped, above);
  }

  private static Expr ifKnown(AggregateCall call, Column weight) {
    Expr known = LogicFunctions.IS_NOT_NULL.call(call.args().getFirst());
    return new Expr.Case(
        List.of(new Expr.When(known, weight.ref())), Expr.lit(Value.of(0L)), Type.INT64);
  }

  private static Expr orElse(Column column, long value) {
    return new Expr.Call(
        LogicFunctions.COALESCE, List.of(column.ref(), Expr.lit(Value.of(value))), Type.INT64);
  }

  // ---- rows with weights

  /// @param needed the columns of `node` that are read above it; no others are delivered
  private Weighted weigh(LogicalNode node, Set<Column> needed) {
    if (PlanExprs.of(node).stream().anyMatch(ExprFacts::isVolatile)) {
      return plain(node);
    }
    return switch (node) {
      case LogicalNode.Join n
          when n.kind() == JoinKind.INNER
              || n.kind() == JoinKind.LEFT
              || n.kind() == JoinKind.SEMI
              || n.kind() == JoinKind.ANTI ->
          join(n, needed);
      case LogicalNode.Apply n
          when n.kind() == JoinKind.INNER
              || n.kind() == JoinKind.LEFT
              || n.kind() == JoinKind.SEMI
              || n.kind() == JoinKind.ANTI ->
          apply(n, needed);
      case LogicalNode.Filter n -> {
        Weighted input = weigh(n.input(), plus(needed, n.predicate().columns()));
        double share = estimator.rows(n) / Math.max(1, estimator.rows(n.input()));
        yield input.weight() == null
            ? plain(n)
            : new Weighted(
                new LogicalNode.Filter(input.plan(), n.predicate()),
                input.weight(),
                input.rows() * Math.min(1, share));
      }
      case LogicalNode.Project n -> computed(n, n.input(), n.assignments(), needed);
      case LogicalNode.Extend n -> computed(n, n.input(), n.assignments(), needed);
      default -> plain(node);
    };
  }

  private Weighted plain(LogicalNode node) {
    return new Weighted(node, null, estimator.rows(node));
  }

  private Weighted computed(
      LogicalNode node, LogicalNode input, List<Assignment> assignments, Set<Column> needed) {
    List<Assignment> wanted = new ArrayList<>();
    Set<Column> below = new LinkedHashSet<>(needed);
    for (Assignment assignment : assignments) {
      below.remove(assignment.column());
      if (needed.contains(assignment.column())) {
        wanted.add(assignment);
      }
    }
    wanted.forEach(a -> a.expr().collectColumns(below));
    Weighted weighted = weigh(input, below);
    if (weighted.weight() == null) {
      return plain(node);
    }
    LogicalNode plan =
        wanted.isEmpty()
            ? weighted.plan()
            : new LogicalNode.Extend(weighted.plan(), renamed(wanted));
    return new Weighted(plan, weighted.weight(), weighted.rows());
  }

  /// Without those that only pass a column on: an extension keeps what is there.
  private static List<Assignment> renamed(List<Assignment> assignments) {
    return assignments.stream().filter(a -> !a.isPassThrough()).toList();
  }

  private Weighted join(LogicalNode.Join n, Set<Column> needed) {
    Set<Column> here = plus(needed, n.condition().columns());
    double out = estimator.rows(n);
    boolean both = n.kind() == JoinKind.INNER || n.kind() == JoinKind.LEFT;
    Weighted left = side(n.left(), here, out);
    Weighted right = both ? side(n.right(), here, out) : plain(n.right());
    if (left.weight() == null && right.weight() == null) {
      return plain(n);
    }
    LogicalNode joined =
        new LogicalNode.Join(n.kind(), left.plan(), right.plan(), n.condition(), n.mark());
    double share =
        left.rows()
            / Math.max(1, estimator.rows(n.left()))
            * (both ? right.rows() / Math.max(1, estimator.rows(n.right())) : 1);
    return product(joined, n.kind(), left, right, out * Math.min(1, share));
  }

  private Weighted product(
      LogicalNode joined, JoinKind kind, Weighted left, Weighted right, double rows) {
    Column l = left.weight();
    Column r = right.weight();
    if (r == null) {
      return new Weighted(joined, l, rows);
    }
    // A left row without partner stays one row.
    Expr ofRight = kind == JoinKind.LEFT ? orElse(r, 1) : r.ref();
    if (l == null && kind == JoinKind.INNER) {
      return new Weighted(joined, r, rows);
    }
    Expr weight =
        l == null
            ? ofRight
            : new Expr.Call(
                ArithmeticFunctions.of(ArithmeticFunctions.Op.MUL),
                List.of(l.ref(), ofRight),
                Type.INT64);
    Column both = allocator.column("weight", Type.INT64, false);
    return new Weighted(
        new LogicalNode.Extend(joined, List.of(new Assignment(both, weight))), both, rows);
  }

  /// A correlated side runs for each row of the left side: fewer rows, fewer runs.
  private Weighted apply(LogicalNode.Apply n, Set<Column> needed) {
    Set<Column> here = plus(needed, n.condition().columns());
    here.addAll(PlanExprs.free(n.right()));
    if (isVolatile(n.right())) {
      return plain(n);
    }
    Weighted left = side(n.left(), here, estimator.rows(n));
    if (left.weight() == null) {
      return plain(n);
    }
    LogicalNode applied =
        new LogicalNode.Apply(n.kind(), left.plan(), n.right(), n.condition(), n.mark());
    double share = left.rows() / Math.max(1, estimator.rows(n.left()));
    return new Weighted(applied, left.weight(), estimator.rows(n) * Math.min(1, share));
  }

  private static boolean isVolatile(LogicalNode node) {
    return PlanExprs.of(node).stream().anyMatch(ExprFacts::isVolatile)
        || node.inputs().stream().anyMatch(EagerCounts::isVolatile);
  }

  /// A side of a join, grouped by what is read of it where that pays.
  ///
  /// @param out the rows that the join makes of its sides as they are
  private Weighted side(LogicalNode node, Set<Column> needed, double out) {
    Set<Column> delivered = new HashSet<>(PlanColumns.of(node));
    List<Column> keys = needed.stream().filter(delivered::contains).toList();
    Weighted input = weigh(node, new LinkedHashSet<>(keys));
    if (keys.isEmpty()) {
      return input;
    }
    double groups = estimator.groups(input.rows(), keys);
    double saved = out * (1 - groups / Math.max(1, input.rows())) * JOINED;
    if (saved <= GROUP * (input.rows() + groups)) {
      return input;
    }
    Column weight = allocator.column("weight", Type.INT64, false);
    Column below = input.weight();
    AggregateCall call =
        new AggregateCall(
            weight,
            below == null ? Aggregates.COUNT_ROWS : Aggregates.SUM,
            below == null ? List.of() : List.of(below.ref()),
            false,
            EqMode.SQL,
            null,
            List.of());
    LogicalNode grouped = new Aggregate(input.plan(), keys, List.of(), List.of(call), mode(keys));
    return new Weighted(grouped, weight, groups);
  }

  /// The finest equality: nothing above may tell rows apart that were taken together. On settled
  /// types it is the same as SQL's, which is faster.
  private static EqMode mode(List<Column> keys) {
    boolean settled =
        keys.stream()
            .map(Column::type)
            .allMatch(t -> t instanceof Type.Int || t == Type.STRING || t == Type.BOOL);
    return settled ? EqMode.SQL : EqMode.TERM;
  }

  private static Set<Column> plus(Set<Column> a, Set<Column> b) {
    Set<Column> both = new LinkedHashSet<>(a);
    both.addAll(b);
    return both;
  }
}
