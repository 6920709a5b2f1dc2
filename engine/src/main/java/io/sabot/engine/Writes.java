package io.sabot.engine;

import io.sabot.plan.logical.LogicalNode;

/// Whether a plan changes anything.
final class Writes {
  private Writes() {}

  static boolean any(LogicalNode node) {
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
      default -> node.inputs().stream().anyMatch(Writes::any);
    };
  }
}
