package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Apply;
import io.sabot.plan.logical.LogicalNode.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes correlated conjuncts at the top of a correlated side part of the join condition.
///
/// ```
/// apply left c                        apply left a.k = b.k AND c
///   $a                                  $a
///   filter a.k = b.k AND b.y > 2  =>    filter b.y > 2
///     $b                                  $b
/// ```
///
/// A MARK join tells false from unknown: there the conjunct becomes `is_true(a.k = b.k)`, because a
/// row that the filter drops counts as false.
final class PullFilterIntoApply implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    if (!(node instanceof Apply apply)
        || !(apply.right() instanceof Filter(var input, var predicate))) {
      return Optional.empty();
    }
    boolean exact = apply.kind() == JoinKind.MARK || ExprFacts.mayThrow(apply.condition());
    List<Expr> pulled = new ArrayList<>();
    List<Expr> stay = new ArrayList<>();
    for (Expr conjunct : LogicFunctions.conjuncts(predicate)) {
      if (Conjuncts.isCorrelated(conjunct, input, context) && !ExprFacts.isVolatile(conjunct)) {
        pulled.add(exact ? LogicFunctions.IS_TRUE.call(conjunct) : conjunct);
      } else {
        stay.add(conjunct);
      }
    }
    if (pulled.isEmpty()) {
      return Optional.empty();
    }
    pulled.add(apply.condition());
    return Optional.of(
        new Apply(
            apply.kind(),
            apply.left(),
            Conjuncts.filter(input, stay),
            LogicFunctions.and(pulled),
            apply.mark()));
  }
}
