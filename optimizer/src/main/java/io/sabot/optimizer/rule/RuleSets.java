package io.sabot.optimizer.rule;

import java.util.List;

/// All rules, in the order they run. The order inside a list is part of the contract.
public final class RuleSets {
  /// What a plan needs to run at all: conditions where joins can use them.
  public static final List<Rule> REQUIRED =
      List.of(
          new MergeFilters(), //
          new PushFilterIntoJoin(),
          new PushJoinCondition());

  private RuleSets() {}
}
