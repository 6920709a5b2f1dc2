package io.sabot.optimizer.effects;

import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanExprs;
import java.util.ArrayList;
import java.util.List;

/// Fences updates: what is read before an update, in the order of the text, is read to its end
/// before the update starts, and what is read after it is read after its end.
public final class InsertEager {
  private InsertEager() {}

  public static LogicalNode apply(LogicalNode root) {
    return Updates.in(root) ? fence(root, false) : root;
  }

  /// @param readsAbove whether anything that runs on the rows of `node` reads stored data
  private static LogicalNode fence(LogicalNode node, boolean readsAbove) {
    List<LogicalNode> inputs = node.inputs();
    if (inputs.isEmpty()) {
      return node;
    }
    boolean readsHere = readsAbove || readsItself(node);
    boolean readsRight = inputs.size() > 1 && reads(inputs.get(1));
    boolean sequence = node instanceof LogicalNode.Sequence;
    List<LogicalNode> fenced = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      LogicalNode input = inputs.get(i);
      boolean above = !sequence && (readsHere || i == 0 && readsRight);
      LogicalNode result = fence(input, above);
      boolean before = i == 0 && writes(node) && reads(input);
      boolean after = !sequence && writes(input) && above;
      boolean isFence = node instanceof LogicalNode.Eager || result instanceof LogicalNode.Eager;
      fenced.add(
          (before || after) && !isFence
              ? new LogicalNode.Eager(result, before ? "read before update" : "read after update")
              : result);
    }
    var iterator = fenced.iterator();
    return node.mapInputs(_ -> iterator.next());
  }

  /// Whether a node changes data for each row of its first input: itself, or in what it runs for
  /// the row.
  private static boolean writes(LogicalNode node) {
    return Updates.isUpdate(node)
        || node instanceof LogicalNode.Apply apply && Updates.in(apply.right());
  }

  private static boolean readsItself(LogicalNode node) {
    return PlanExprs.of(node).stream().anyMatch(ExprFacts::readsGraph);
  }

  /// Whether anything in the tree under `node` reads stored data.
  private static boolean reads(LogicalNode node) {
    return switch (node) {
      case LogicalNode.TableScan _,
          LogicalNode.FileScan _,
          LogicalNode.NodeScan _,
          LogicalNode.EdgeScan _,
          LogicalNode.QuadScan _,
          LogicalNode.PathScan _,
          LogicalNode.GraphNames _,
          LogicalNode.ProcedureCall _,
          LogicalNode.Merge _ ->
          true;
      default -> readsItself(node) || node.inputs().stream().anyMatch(InsertEager::reads);
    };
  }
}
