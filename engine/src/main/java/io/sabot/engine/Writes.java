package io.sabot.engine;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.SequenceFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanExprs;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.statement.Statement.Mode;
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

  /// Throws when a statement changes anything, for sessions that only read.
  static void refuse(Statement statement) {
    boolean changes =
        switch (statement) {
          case Statement.Query query -> query.mode() != Mode.EXPLAIN && any(query.plan());
          case Statement.Script(var statements) -> {
            statements.forEach(Writes::refuse);
            yield false;
          }
          case Statement.TransactionControl _,
              Statement.SavepointControl _,
              Statement.Prepare _,
              Statement.Execute _,
              Statement.Deallocate _,
              Statement.CopyTo _,
              Statement.ShowOption _,
              Statement.SetOption _ ->
              false;
          case Statement.InTransactions _,
              Statement.CreateTable _,
              Statement.AlterTable _,
              Statement.AlterColumnType _,
              Statement.CreateSequence _,
              Statement.DropSequence _,
              Statement.CreateFunction _,
              Statement.DropFunction _,
              Statement.CreateRdfMapping _,
              Statement.DropRdfMapping _,
              Statement.Comment _,
              Statement.CreateTableAs _,
              Statement.DropTable _,
              Statement.CreateSchema _,
              Statement.DropSchema _,
              Statement.CreateView _,
              Statement.DropView _,
              Statement.CreateMaterializedView _,
              Statement.RefreshMaterializedView _,
              Statement.DropMaterializedView _,
              Statement.CreatePropertyGraph _,
              Statement.DropPropertyGraph _,
              Statement.CreateIndex _,
              Statement.DropIndex _,
              Statement.CreateConstraint _,
              Statement.DropConstraint _,
              Statement.AddCheck _,
              Statement.DropTableConstraint _,
              Statement.Analyze _,
              Statement.CopyFrom _ ->
              true;
        };
    if (changes) {
      throw new QueryException(
          ErrorCode.READ_ONLY,
          null,
          "this statement writes, but the session or its transaction is read-only",
          "use one that may write");
    }
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
