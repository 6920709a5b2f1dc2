package io.sabot.optimizer.physical;

import static io.sabot.optimizer.physical.PhysicalPlanner.concat;
import static io.sabot.optimizer.physical.PhysicalPlanner.keep;
import static io.sabot.optimizer.physical.PhysicalPlanner.union;

import io.sabot.optimizer.cost.Estimator;
import io.sabot.optimizer.effects.Updates;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.CompatKind;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.PlanExprs;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.value.EqMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Operators for joins and correlated sides.
final class JoinPlanner {
  private final PhysicalPlanner planner;
  private final Lookups lookups;
  private final Estimator estimator;

  JoinPlanner(PhysicalPlanner planner, Catalog catalog) {
    this.planner = planner;
    this.lookups = new Lookups(planner.allocator);
    this.estimator = new Estimator(catalog);
  }

  PhysicalNode join(LogicalNode.Join n, Set<Column> needed, Set<Column> outer) {
    if (n.kind() == JoinKind.RIGHT) {
      LogicalNode.Join swapped =
          new LogicalNode.Join(JoinKind.LEFT, n.right(), n.left(), n.condition(), n.mark());
      return join(swapped, needed, outer);
    }
    Set<Column> below = union(needed, n.condition().columns());
    PhysicalNode left = planner.plan(n.left(), below, outer);
    PhysicalNode right = planner.plan(n.right(), below, outer);
    List<Column> columns = columns(n.kind(), left, right, n.mark(), needed);
    JoinKeys.Split split = JoinKeys.split(n.condition(), left.columns(), right.columns());
    boolean updates = Updates.in(n.left());
    boolean hash = !split.keys().isEmpty() && isHashable(n.kind(), split);
    if (updates && !(hash && n.kind() == JoinKind.INNER)) {
      return afterUpdates(n, left, right, columns);
    }
    if (!hash) {
      return new PhysicalNode.NestedLoopJoin(
          n.kind(), left, right, n.condition(), n.mark(), columns);
    }
    boolean buildLeft = canBuildLeft(n.kind()) && (updates || isSmaller(n.left(), n.right()));
    return new PhysicalNode.HashJoin(
        n.kind(), left, right, split.keys(), split.residual(), buildLeft, n.mark(), columns);
  }

  private static boolean canBuildLeft(JoinKind kind) {
    return switch (kind) {
      case INNER, LEFT, SEMI, ANTI -> true;
      case RIGHT, FULL, MARK, SINGLE -> false;
    };
  }

  private boolean isSmaller(LogicalNode left, LogicalNode right) {
    return estimator.rows(left) < estimator.rows(right);
  }

  /// A mark tells false from unknown. For keys of one exact type or of identifiers the operator
  /// does that itself; a key that only finds candidates for a residual condition will not do.
  private static boolean isHashable(JoinKind kind, JoinKeys.Split split) {
    return kind != JoinKind.MARK
        || split.keys().stream().noneMatch(k -> k.mode() == EqMode.EQUIVALENT);
  }

  /// A join must not read its right side before the updates on its left are done.
  private static PhysicalNode afterUpdates(
      LogicalNode.Join n, PhysicalNode left, PhysicalNode right, List<Column> columns) {
    if (n.kind() == JoinKind.FULL) {
      throw Errors.unsupported(null, "a full join below which data is changed");
    }
    return new PhysicalNode.Apply(
        n.kind(), drained(left), right, List.of(), n.condition(), n.mark(), columns);
  }

  private static PhysicalNode drained(PhysicalNode left) {
    return left instanceof PhysicalNode.Eager
        ? left
        : new PhysicalNode.Eager(left, "updates before a join", left.columns());
  }

  private static List<Column> columns(
      JoinKind kind,
      PhysicalNode left,
      PhysicalNode right,
      @Nullable Column mark,
      Set<Column> needed) {
    Set<Column> all = new LinkedHashSet<>();
    boolean nullableLeft = kind == JoinKind.FULL || kind == JoinKind.RIGHT;
    left.columns().forEach(c -> all.add(nullableLeft ? c.asNullable() : c));
    switch (kind) {
      case INNER, RIGHT -> all.addAll(right.columns());
      case LEFT, FULL, SINGLE -> right.columns().forEach(c -> all.add(c.asNullable()));
      case SEMI, ANTI -> {}
      case MARK -> {
        if (mark != null) {
          all.add(mark);
        }
      }
    }
    return keep(all, needed);
  }

  PhysicalNode apply(LogicalNode.Apply n, Set<Column> needed, Set<Column> outer) {
    Set<Column> ofLeft = new LinkedHashSet<>(PlanColumns.of(n.left()));
    List<Column> correlated = keep(PlanExprs.free(n.right()), ofLeft);
    boolean updatesRight = Updates.in(n.right());
    if (correlated.isEmpty() && !updatesRight) {
      return join(
          new LogicalNode.Join(n.kind(), n.left(), n.right(), n.condition(), n.mark()),
          needed,
          outer);
    }
    if (n.kind() == JoinKind.INNER && !Updates.in(n.left())) {
      PhysicalNode lookup = lookup(n, ofLeft, needed, outer);
      if (lookup != null) {
        return lookup;
      }
    }
    Set<Column> leftNeeded = union(union(needed, n.condition().columns()), correlated);
    PhysicalNode left = planner.plan(n.left(), leftNeeded, outer);
    Set<Column> ofRight = union(needed, n.condition().columns());
    ofRight.removeAll(ofLeft);
    PhysicalNode right = planner.plan(n.right(), ofRight, union(outer, left.columns()));
    if (Updates.in(n.left())) {
      left = drained(left);
    }
    List<Column> columns = columns(n.kind(), left, right, n.mark(), needed);
    return new PhysicalNode.Apply(
        n.kind(), left, right, correlated, n.condition(), n.mark(), columns);
  }

  /// A single scan that is tied to the left row needs no correlated side: it is looked up row by
  /// row.
  private @Nullable PhysicalNode lookup(
      LogicalNode.Apply n, Set<Column> ofLeft, Set<Column> needed, Set<Column> outer) {
    List<Expr> conjuncts = new ArrayList<>(LogicFunctions.conjuncts(n.condition()));
    LogicalNode leaf = n.right();
    while (leaf instanceof LogicalNode.Filter(var below, var predicate)) {
      conjuncts.addAll(0, LogicFunctions.conjuncts(predicate));
      leaf = below;
    }
    Function<Set<Column>, PhysicalNode> rows = columns -> planner.plan(n.left(), columns, outer);
    PhysicalNode found = lookups.fromLeft(leaf, conjuncts, ofLeft, rows, needed);
    return found != null
        ? found
        : planner.indexes.fromLeft(leaf, conjuncts, ofLeft, rows, needed, outer);
  }

  PhysicalNode compatible(LogicalNode.CompatJoin n, Set<Column> needed, Set<Column> outer) {
    Set<Column> below = new LinkedHashSet<>(union(needed, n.condition().columns()));
    n.shared()
        .forEach(s -> {
          below.add(s.left());
          below.add(s.right());
        });
    PhysicalNode left = planner.plan(n.left(), below, outer);
    PhysicalNode right = planner.plan(n.right(), below, outer);
    if (Updates.in(n.left())) {
      throw Errors.unsupported(null, "a pattern after an update in the same SPARQL operation");
    }
    Set<Column> all = new LinkedHashSet<>();
    if (n.kind() == CompatKind.MINUS) {
      all.addAll(left.columns());
    } else {
      n.shared().forEach(s -> all.add(s.out()));
      all.addAll(left.columns());
      boolean optional = n.kind() == CompatKind.LEFT;
      right.columns().forEach(c -> all.add(optional ? c.asNullable() : c));
      n.shared().stream().filter(s -> !s.left().equals(s.out())).forEach(s -> all.remove(s.left()));
      n.shared().stream()
          .filter(s -> !s.right().equals(s.out()))
          .forEach(s -> all.remove(s.right()));
    }
    List<Column> columns = keep(all, needed);
    return new PhysicalNode.CompatJoin(
        n.kind(), left, right, n.shared(), n.condition(), concat(columns, List.of()));
  }
}
