package io.sabot.optimizer.rule;

import io.sabot.plan.logical.LogicalNode;
import java.util.Optional;

/// One rewrite. It looks at a node and the nodes right below it, and gives a plan that means the
/// same and is closer to normal form, or nothing.
///
/// A rule never gives back what it was given, and no two rules of a set undo each other: the driver
/// applies them until none has anything to say.
public interface Rule {
  Optional<LogicalNode> apply(LogicalNode node, RuleContext context);

  default String name() {
    return getClass().getSimpleName();
  }
}
