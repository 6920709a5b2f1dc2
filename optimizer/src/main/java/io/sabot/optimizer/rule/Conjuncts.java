package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.LogicalNode;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Sorts the conjuncts of a condition by the side of a join they belong to.
final class Conjuncts {
  private final Set<Column> leftColumns;
  private final Set<Column> rightColumns;

  Conjuncts(LogicalNode left, LogicalNode right, RuleContext context) {
    this.leftColumns = context.delivered(left);
    this.rightColumns = context.delivered(right);
  }

  boolean readsLeft(Expr expr) {
    return expr.columns().stream().anyMatch(leftColumns::contains);
  }

  boolean readsRight(Expr expr) {
    return expr.columns().stream().anyMatch(rightColumns::contains);
  }

  /// Whether `expr` reads nothing but the left side.
  boolean isOfLeft(Expr expr) {
    return leftColumns.containsAll(expr.columns());
  }

  /// Whether `expr` reads a column of neither side: one of an enclosing left side.
  boolean isCorrelated(Expr expr) {
    return !expr.columns().stream()
        .allMatch(c -> leftColumns.contains(c) || rightColumns.contains(c));
  }

  /// Whether `expr` reads a column that `input` does not deliver.
  static boolean isCorrelated(Expr expr, LogicalNode input, RuleContext context) {
    return !context.delivered(input).containsAll(expr.columns());
  }

  /// Whether a conjunct may be evaluated for rows that a join would drop.
  static boolean isPushable(Expr conjunct) {
    return ExprFacts.isMovable(conjunct);
  }

  static LogicalNode filter(LogicalNode input, Collection<Expr> conjuncts) {
    return conjuncts.isEmpty()
        ? input
        : new LogicalNode.Filter(input, LogicFunctions.and(List.copyOf(conjuncts)));
  }
}
