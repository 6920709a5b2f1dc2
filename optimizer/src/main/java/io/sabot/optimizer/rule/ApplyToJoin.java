package io.sabot.optimizer.rule;

import io.sabot.optimizer.effects.Updates;
import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Apply;
import io.sabot.plan.logical.LogicalNode.Join;
import io.sabot.plan.logical.LogicalNode.Unnest;
import io.sabot.plan.logical.LogicalNode.Values;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.PlanExprs;
import java.util.Optional;
import java.util.Set;

/// Makes a correlated join an ordinary one once its right side does not read the left row.
///
/// ```
/// apply semi a.k = b.k        join semi a.k = b.k
///   $a                   =>     $a
///   $b                          $b
/// ```
///
/// Not if the right side changes data: it runs once for each left row.
final class ApplyToJoin implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    if (!(node instanceof Apply apply) || Updates.in(apply.right())) {
      return Optional.empty();
    }
    boolean plain = apply.condition().equals(io.sabot.plan.expr.Expr.TRUE);
    if (plain && apply.kind() == JoinKind.INNER) {
      if (apply.right().equals(Values.UNIT)) {
        return Optional.of(apply.left());
      }
      if (apply.right() instanceof Unnest unnest && unnest.input().equals(Values.UNIT)) {
        return Optional.of(
            new Unnest(
                apply.left(), unnest.list(), unnest.element(), unnest.ordinal(), unnest.outer()));
      }
    }
    Set<Column> free = PlanExprs.free(apply.right());
    free.retainAll(PlanColumns.of(apply.left()));
    return free.isEmpty()
        ? Optional.of(
            new Join(apply.kind(), apply.left(), apply.right(), apply.condition(), apply.mark()))
        : Optional.empty();
  }
}
