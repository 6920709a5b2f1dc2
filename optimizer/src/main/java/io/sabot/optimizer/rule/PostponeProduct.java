package io.sabot.optimizer.rule;

import io.sabot.optimizer.effects.Updates;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Join;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lets a join without a condition wait for one with a condition, so that tables that come in an
/// unlucky order in the text are not multiplied.
///
/// ```
/// join inner a.k = c.k AND b.k = c.l        join inner b.k = c.l
///   join inner                                join inner a.k = c.k
///     $a                                =>      $a
///     $b                                        $c
///   $c                                        $b
/// ```
///
/// Only for plans whose joins are not ordered by cost: to multiply two small inputs, and look the
/// pairs up in a large one, can be the best there is. Every firing brings a product nearer to the
/// root or gives it a condition, so there is an end to them.
///
/// Not by a condition that can raise an error: in `a, b, c WHERE a.x / c.y > 1` there is none when
/// `b` is empty.
final class PostponeProduct implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    return switch (node) {
      case Join(var kind, Join product, var other, var condition, _)
          when kind == JoinKind.INNER && isProduct(product) ->
          postponed(product, other, condition, context);
      case Join(var kind, var other, Join product, var condition, _)
          when kind == JoinKind.INNER && isProduct(product) ->
          postponed(product, other, condition, context);
      default -> Optional.empty();
    };
  }

  private static boolean isProduct(Join join) {
    return join.kind() == JoinKind.INNER && join.condition().equals(Expr.TRUE);
  }

  private static Optional<LogicalNode> postponed(
      Join product, LogicalNode other, Expr condition, RuleContext context) {
    return joinedFirst(product.left(), product.right(), other, condition, context)
        .or(() -> joinedFirst(product.right(), product.left(), other, condition, context));
  }

  /// Joins `side` with `other`, and that with the side that waits.
  private static Optional<LogicalNode> joinedFirst(
      LogicalNode side,
      LogicalNode waiting,
      LogicalNode other,
      Expr condition,
      RuleContext context) {
    Conjuncts first = new Conjuncts(side, other, context);
    Conjuncts second = new Conjuncts(waiting, other, context);
    List<Expr> now = new ArrayList<>();
    List<Expr> later = new ArrayList<>();
    for (Expr conjunct : LogicFunctions.conjuncts(condition)) {
      boolean ready =
          first.readsLeft(conjunct)
              && first.readsRight(conjunct)
              && !second.readsLeft(conjunct)
              && Conjuncts.isPushable(conjunct);
      (ready ? now : later).add(conjunct);
    }
    // The order in which updates and reads come is that of the text.
    if (now.isEmpty() || Updates.in(side) || Updates.in(waiting) || Updates.in(other)) {
      return Optional.empty();
    }
    Join join = new Join(JoinKind.INNER, side, other, LogicFunctions.and(now), null);
    return Optional.of(new Join(JoinKind.INNER, join, waiting, LogicFunctions.and(later), null));
  }
}
