package io.sabot.optimizer.joinorder;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import java.util.ArrayList;
import java.util.List;

/// The inputs of a tree of inner joins and filters, and all its conditions: what may be joined in any
/// order.
///
/// @param conjuncts in the order in which the plan would come to them
record Region(List<LogicalNode> atoms, List<Expr> conjuncts) {
  /// Whether a region of at least two inputs starts at `node`.
  static boolean isRoot(LogicalNode node) {
    return node instanceof LogicalNode.Join join && join.kind() == JoinKind.INNER
        || node instanceof LogicalNode.Filter(var input, _) && isRoot(input);
  }

  static Region of(LogicalNode root) {
    Region region = new Region(new ArrayList<>(), new ArrayList<>());
    region.collect(root);
    return region;
  }

  private void collect(LogicalNode node) {
    switch (node) {
      case LogicalNode.Join join when join.kind() == JoinKind.INNER -> {
        collect(join.left());
        collect(join.right());
        conjuncts.addAll(LogicFunctions.conjuncts(join.condition()));
      }
      case LogicalNode.Filter(var input, var predicate) when isRoot(input) -> {
        collect(input);
        conjuncts.addAll(LogicFunctions.conjuncts(predicate));
      }
      default -> atoms.add(node);
    }
  }
}
