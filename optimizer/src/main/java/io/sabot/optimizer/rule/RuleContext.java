package io.sabot.optimizer.rule;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// What a rule may know besides the plan. Confined to the planning of one query.
public final class RuleContext {
  private final Catalog catalog;
  private final ColumnAllocator columns;
  private final Consumer<String> fired;
  private final Map<LogicalNode, Set<Column>> delivered = new IdentityHashMap<>();

  /// @param fired is told the name of each rule that fires
  public RuleContext(Catalog catalog, ColumnAllocator columns, Consumer<String> fired) {
    this.catalog = catalog;
    this.columns = columns;
    this.fired = fired;
  }

  public Catalog catalog() {
    return catalog;
  }

  public ColumnAllocator columns() {
    return columns;
  }

  void fired(String rule) {
    fired.accept(rule);
  }

  /// The columns that a node delivers, remembered: rules ask for those of each side of each join. Not
  /// to be changed.
  Set<Column> delivered(LogicalNode node) {
    Set<Column> known = delivered.get(node);
    if (known == null) {
      known = new HashSet<>();
      switch (node) {
        case LogicalNode.Filter n -> known = delivered(n.input());
        case LogicalNode.Join n when n.kind() == JoinKind.INNER || n.kind() == JoinKind.LEFT -> {
          known.addAll(delivered(n.left()));
          known.addAll(delivered(n.right()));
        }
        default -> known.addAll(PlanColumns.of(node));
      }
      delivered.put(node, known);
    }
    return known;
  }
}
