package io.sabot.optimizer.rule;

import io.sabot.plan.logical.LogicalNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Applies a list of rules, inputs first, until none fires.
public final class RuleDriver {
  /// More firings than any sensible plan needs: a loop among rules ends here and not in a hang.
  private static final int FIRINGS_MAX = 20_000;

  private final List<Rule> rules;
  private final RuleContext context;

  /// Nodes that no rule has anything to say about, so that a firing high up does not cost another
  /// walk over everything below.
  private final Set<LogicalNode> normal = Collections.newSetFromMap(new IdentityHashMap<>());

  private int firings;

  public RuleDriver(List<Rule> rules, RuleContext context) {
    this.rules = List.copyOf(rules);
    this.context = context;
  }

  public LogicalNode run(LogicalNode root) {
    LogicalNode node = root;
    while (!normal.contains(node)) {
      node = node.mapInputs(this::run);
      Optional<LogicalNode> next = step(node);
      if (next.isEmpty()) {
        normal.add(node);
        return node;
      }
      node = next.get();
    }
    return node;
  }

  private Optional<LogicalNode> step(LogicalNode node) {
    for (Rule rule : rules) {
      Optional<LogicalNode> rewritten = rule.apply(node, context);
      if (rewritten.isPresent() && firings++ < FIRINGS_MAX) {
        context.fired(rule.name());
        return rewritten;
      }
    }
    return Optional.empty();
  }
}
