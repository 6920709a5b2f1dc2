package io.sabot.optimizer.rule;

import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Filter;
import io.sabot.plan.logical.LogicalNode.SetKind;
import io.sabot.plan.logical.LogicalNode.SetOp;
import java.util.Optional;

/// Moves a filter that ties a union to an outer row into its sides, where it becomes a lookup.
///
/// ```
/// filter x = $outer                  union all [x] [a] [b]
///   union all [x] [a] [b]      =>      filter a = $outer
///     $left                              $left
///     $right                           filter b = $outer
///                                        $right
/// ```
final class PushFilterIntoUnion implements Rule {
  private final PushFilterDown down = new PushFilterDown(true);

  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    boolean isUnion =
        node instanceof Filter(SetOp set, _) && set.kind() == SetKind.UNION && set.all();
    return isUnion ? down.apply(node, context) : Optional.empty();
  }
}
