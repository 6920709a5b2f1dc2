package io.sabot.optimizer.effects;

import io.sabot.plan.logical.LogicalNode;

/// Which nodes change data.
public final class Updates {
  private Updates() {}

  /// Whether `node` itself changes data.
  public static boolean isUpdate(LogicalNode node) {
    return switch (node) {
      case LogicalNode.CreateElements _,
          LogicalNode.UpdateElements _,
          LogicalNode.DeleteElements _,
          LogicalNode.Merge _,
          LogicalNode.Foreach _,
          LogicalNode.QuadModify _,
          LogicalNode.GraphCommand _,
          LogicalNode.TableModify _ ->
          true;
      default -> false;
    };
  }

  /// Whether anything in the tree under `node` changes data.
  public static boolean in(LogicalNode node) {
    return isUpdate(node) || node.inputs().stream().anyMatch(Updates::in);
  }
}
