package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Apply;
import io.sabot.plan.logical.LogicalNode.Filter;
import io.sabot.plan.logical.LogicalNode.Join;
import io.sabot.plan.logical.PlanColumns;
import java.util.HashSet;
import java.util.Optional;

/// Makes an outer join an inner one where the rows without partner are dropped right above.
///
/// ```
/// filter b.y > 2               filter b.y > 2
///   join left a.k = b.k   =>     join inner a.k = b.k
///     $a                           $a
///     $b                           $b
/// ```
///
/// Not for `filter b.y IS NULL` or `coalesce(b.y, 5) > 2`, which rows of nulls can pass.
final class OuterToInner implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    return switch (node) {
      case Filter(Join join, var predicate) ->
          stricter(join, predicate).map(j -> new Filter(j, predicate));
      case Filter(Apply apply, var predicate)
          when apply.kind() == JoinKind.LEFT && rejects(predicate, apply.right()) ->
          Optional.of(
              new Filter(
                  new Apply(JoinKind.INNER, apply.left(), apply.right(), apply.condition(), null),
                  predicate));
      case Join join when join.kind() == JoinKind.INNER || join.kind() == JoinKind.SEMI ->
          below(join);
      default -> Optional.empty();
    };
  }

  private static boolean rejects(Expr predicate, LogicalNode side) {
    return NullRejection.rejects(predicate, new HashSet<>(PlanColumns.of(side)));
  }

  private static Optional<LogicalNode> stricter(Join join, Expr predicate) {
    JoinKind kind =
        switch (join.kind()) {
          case LEFT -> rejects(predicate, join.right()) ? JoinKind.INNER : JoinKind.LEFT;
          case RIGHT -> rejects(predicate, join.left()) ? JoinKind.INNER : JoinKind.RIGHT;
          case FULL -> {
            boolean left = rejects(predicate, join.left());
            boolean right = rejects(predicate, join.right());
            yield left && right
                ? JoinKind.INNER
                : left ? JoinKind.LEFT : right ? JoinKind.RIGHT : JoinKind.FULL;
          }
          case INNER, SEMI, ANTI, MARK, SINGLE -> join.kind();
        };
    return kind == join.kind()
        ? Optional.empty()
        : Optional.of(new Join(kind, join.left(), join.right(), join.condition(), null));
  }

  /// An inner join's own condition drops the rows without partner of an outer join below it.
  private static Optional<LogicalNode> below(Join join) {
    if (join.left() instanceof Join left) {
      Optional<LogicalNode> inner = stricter(left, join.condition());
      if (inner.isPresent()) {
        return Optional.of(
            new Join(join.kind(), inner.get(), join.right(), join.condition(), join.mark()));
      }
    }
    if (join.right() instanceof Join right) {
      return stricter(right, join.condition())
          .map(r -> new Join(join.kind(), join.left(), r, join.condition(), join.mark()));
    }
    return Optional.empty();
  }
}
