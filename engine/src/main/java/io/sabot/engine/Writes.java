package io.sabot.engine;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.SequenceFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanExprs;
import java.util.concurrent.atomic.AtomicBoolean;

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
      default ->
          PlanExprs.of(node).stream().anyMatch(Writes::movesSequence)
              || node.inputs().stream().anyMatch(Writes::any);
    };
  }

  private static boolean movesSequence(Expr expr) {
    if (expr instanceof Expr.Call(var function, _, _) && SequenceFunctions.moves(function)) {
      return true;
    }
    AtomicBoolean found = new AtomicBoolean();
    expr.forEachChild(child -> found.set(found.get() || movesSequence(child)));
    return found.get();
  }
}
