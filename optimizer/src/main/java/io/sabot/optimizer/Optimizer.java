package io.sabot.optimizer;

import io.sabot.optimizer.aggregate.EagerCounts;
import io.sabot.optimizer.effects.InsertEager;
import io.sabot.optimizer.joinorder.CollapseSelfJoins;
import io.sabot.optimizer.joinorder.JoinOrder;
import io.sabot.optimizer.physical.PhysicalPlanner;
import io.sabot.optimizer.rule.PruneColumns;
import io.sabot.optimizer.rule.RuleContext;
import io.sabot.optimizer.rule.RuleDriver;
import io.sabot.optimizer.rule.RuleSets;
import io.sabot.optimizer.unfold.Unfold;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.physical.PhysicalNode;

/// Turns what a query means into how it runs.
///
/// The result depends on the plan, the catalog with its statistics, and the settings only.
public final class Optimizer {
  private static final int NORMALIZE_ROUNDS = 3;
  private static final int COLLAPSE_ROUNDS = 20;

  private Optimizer() {}

  /// @param columns the allocator that the lowering used, so that new columns are new
  public static PhysicalNode plan(
      LogicalNode plan,
      Catalog catalog,
      OptimizerSettings settings,
      ColumnAllocator columns,
      PhaseListener listener) {
    listener.phase("logical", plan);
    LogicalNode logical = optimize(plan, catalog, settings, columns, listener);
    PhysicalNode physical = new PhysicalPlanner(catalog, columns, settings.enabled()).plan(logical);
    listener.physical(physical);
    return physical;
  }

  /// All logical phases.
  public static LogicalNode optimize(
      LogicalNode plan,
      Catalog catalog,
      OptimizerSettings settings,
      ColumnAllocator columns,
      PhaseListener listener) {
    RuleContext context = new RuleContext(catalog, columns, listener::fired);
    LogicalNode node = new RuleDriver(RuleSets.FIRST, context).run(plan);
    node = Unfold.apply(node, catalog, columns);
    listener.phase("unfold", node);
    if (settings.enabled()) {
      node = normalize(node, context, listener);
      node = JoinOrder.apply(node, catalog, settings.joinPairBudget());
      listener.phase("join order", node);
      node = EagerCounts.apply(node, catalog, columns);
      listener.phase("eager counts", node);
    }
    node =
        new RuleDriver(settings.enabled() ? RuleSets.REQUIRED : RuleSets.UNORDERED, context)
            .run(node);
    listener.phase("conditions", node);
    node = settings.fenced() ? InsertEager.apply(node) : node;
    listener.phase("effects", node);
    return node;
  }

  /// Rules and column pruning in turn: a column that goes takes with it what kept a rule from
  /// firing.
  private static LogicalNode normalize(
      LogicalNode plan, RuleContext context, PhaseListener listener) {
    // Fewer columns make every rule cheaper.
    LogicalNode node = PruneColumns.apply(plan);
    for (int round = 1; round <= NORMALIZE_ROUNDS; round++) {
      LogicalNode before = node;
      RuleDriver driver = new RuleDriver(RuleSets.NORMALIZE, context);
      node = collapse(driver.run(node), context.catalog());
      node = PruneColumns.apply(driver.run(node));
      listener.phase("normalize " + round, node);
      if (node.equals(before)) {
        break;
      }
    }
    return node;
  }

  /// A scan that goes leaves columns behind that kept another.
  private static LogicalNode collapse(LogicalNode plan, Catalog catalog) {
    LogicalNode node = plan;
    for (int i = 0; i < COLLAPSE_ROUNDS; i++) {
      LogicalNode before = node;
      node = PruneColumns.apply(CollapseSelfJoins.apply(node, catalog));
      if (node.equals(before)) {
        break;
      }
    }
    return node;
  }
}
