package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Apply;
import io.sabot.plan.logical.LogicalNode.Distinct;
import io.sabot.plan.logical.LogicalNode.Extend;
import io.sabot.plan.logical.LogicalNode.Filter;
import io.sabot.plan.logical.LogicalNode.Join;
import io.sabot.plan.logical.LogicalNode.Project;
import io.sabot.plan.logical.LogicalNode.Sort;
import io.sabot.plan.logical.LogicalNode.Unnest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Moves conjuncts that read an enclosing left side up within the correlated side, towards the join
/// that binds them.
///
/// ```
/// join inner b.x = c.x              filter a.k = b.k
///   filter a.k = b.k          =>      join inner b.x = c.x
///     $b                                $b
///   $c                                  $c
/// ```
///
/// Not out of the right side of an outer join: a row of `b` without partner would fail the filter
/// above where it passed below; there it becomes part of the join condition. Not above a
/// computation that may raise an error for the rows it drops.
final class PullCorrelatedFilter implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    return switch (node) {
      case Join join -> join(join, context);
      case Apply a when a.left() instanceof Filter left ->
          above(
              left,
              input -> new Apply(a.kind(), input, a.right(), a.condition(), a.mark()),
              List.of(a.condition()),
              context);
      case Extend(Filter below, var all) ->
          above(
              below,
              input -> new Extend(input, all),
              all.stream().map(Assignment::expr).toList(),
              context);
      case Project(Filter below, var all) -> project(below, all, context);
      case Distinct(Filter below, var mode) ->
          above(below, input -> new Distinct(input, mode), List.of(), context);
      case Sort(Filter below, var keys) ->
          above(
              below,
              input -> new Sort(input, keys),
              keys.stream().map(k -> k.expr()).toList(),
              context);
      case Unnest u when u.input() instanceof Filter below ->
          above(
              below,
              input -> new Unnest(input, u.list(), u.element(), u.ordinal(), u.outer()),
              List.of(u.list()),
              context);
      default -> Optional.empty();
    };
  }

  /// @param evaluated what the node computes, now also for rows that the filter drops
  private static Optional<LogicalNode> above(
      Filter filter,
      java.util.function.UnaryOperator<LogicalNode> rebuild,
      List<Expr> evaluated,
      RuleContext context) {
    if (evaluated.stream().anyMatch(e -> !ExprFacts.isMovable(e))) {
      return Optional.empty();
    }
    Split split = new Split(filter, context);
    return split.correlated.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Conjuncts.filter(rebuild.apply(split.below(filter.input())), split.correlated));
  }

  private static Optional<LogicalNode> project(
      Filter below, List<Assignment> all, RuleContext context) {
    Set<io.sabot.plan.expr.Column> passed = new HashSet<>();
    all.stream().filter(Assignment::isPassThrough).forEach(a -> passed.add(a.column()));
    Set<io.sabot.plan.expr.Column> own =
        new HashSet<>(io.sabot.plan.logical.PlanColumns.of(below.input()));
    own.removeAll(passed);
    Split split = new Split(below, context);
    boolean readable =
        split.correlated.stream().noneMatch(c -> c.columns().stream().anyMatch(own::contains));
    return readable
        ? above(
            below,
            input -> new Project(input, all),
            all.stream().map(Assignment::expr).toList(),
            context)
        : Optional.empty();
  }

  private static Optional<LogicalNode> join(Join join, RuleContext context) {
    if (!ExprFacts.isMovable(join.condition())) {
      return Optional.empty();
    }
    List<Expr> above = new ArrayList<>();
    List<Expr> condition = new ArrayList<>();
    LogicalNode left = join.left();
    LogicalNode right = join.right();
    boolean keepsLeft = join.kind() != JoinKind.RIGHT && join.kind() != JoinKind.FULL;
    if (left instanceof Filter filter && keepsLeft) {
      Split split = new Split(filter, context);
      above.addAll(split.correlated);
      left = split.correlated.isEmpty() ? left : split.below(filter.input());
    }
    if (right instanceof Filter filter) {
      Split split = new Split(filter, context);
      List<Expr> to =
          switch (join.kind()) {
            case INNER -> above;
            case LEFT, SEMI, ANTI, SINGLE -> condition;
            case RIGHT, FULL, MARK -> null;
          };
      if (to != null && !split.correlated.isEmpty()) {
        to.addAll(split.correlated);
        right = split.below(filter.input());
      }
    }
    Conjuncts sides = new Conjuncts(join.left(), join.right(), context);
    for (Expr conjunct : LogicFunctions.conjuncts(join.condition())) {
      boolean lifts = join.kind() == JoinKind.INNER && sides.isCorrelated(conjunct);
      (lifts ? above : condition).add(conjunct);
    }
    boolean moved =
        !above.isEmpty() || condition.size() != LogicFunctions.conjuncts(join.condition()).size();
    return moved
        ? Optional.of(
            Conjuncts.filter(
                new Join(join.kind(), left, right, LogicFunctions.and(condition), join.mark()),
                above))
        : Optional.empty();
  }

  private static final class Split {
    final List<Expr> correlated = new ArrayList<>();
    final List<Expr> own = new ArrayList<>();

    Split(Filter filter, RuleContext context) {
      for (Expr conjunct : LogicFunctions.conjuncts(filter.predicate())) {
        boolean lifts =
            Conjuncts.isCorrelated(conjunct, filter.input(), context)
                && ExprFacts.isMovable(conjunct);
        (lifts ? correlated : own).add(conjunct);
      }
    }

    LogicalNode below(LogicalNode input) {
      return Conjuncts.filter(input, own);
    }
  }
}
