package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Filter;
import java.util.Optional;

/// Makes two filters one, and drops a filter that is always true.
///
/// ```
/// filter q           filter p AND q
///   filter p     =>    $input
///     $input
/// ```
///
/// Not when `q` can raise an error: an AND looks at `q` also where `p` is null, so `filter 1 / x >
/// 2` over `filter x <> 0` would fail for a row that the lower filter drops.
final class MergeFilters implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    return switch (node) {
      case Filter(var input, var predicate) when predicate.equals(Expr.TRUE) -> Optional.of(input);
      case Filter(Filter(var input, var below), var above) when !ExprFacts.mayThrow(above) ->
          Optional.of(new Filter(input, LogicFunctions.and(below, above)));
      default -> Optional.empty();
    };
  }
}
