package io.sabot.parser.cypher.lower;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Apply;
import io.sabot.plan.logical.LogicalNode.Extend;
import io.sabot.plan.logical.LogicalNode.Filter;
import io.sabot.plan.logical.LogicalNode.Join;
import io.sabot.plan.logical.PlanExprs;
import io.sabot.plan.logical.SortKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The plan under construction. Lowering an expression may add to it: a query inside an expression
/// becomes an `Apply` below, and the expression reads its result.
final class Rows {
  private LogicalNode plan;
  private List<SortKey> order = List.of();

  Rows(LogicalNode plan) {
    this.plan = plan;
  }

  LogicalNode plan() {
    return plan;
  }

  /// Goes on with a plan that says nothing about the order of its rows.
  void set(LogicalNode newPlan) {
    plan = newPlan;
    order = List.of();
  }

  /// Goes on with a plan that keeps the order of the rows.
  void setOrdered(LogicalNode newPlan, List<SortKey> keys) {
    plan = newPlan;
    order = List.copyOf(keys);
  }

  /// The keys by which the rows are sorted; empty when they are not.
  List<SortKey> order() {
    return order;
  }

  void extend(List<Assignment> assignments) {
    if (!assignments.isEmpty()) {
      plan = new Extend(plan, assignments);
    }
  }

  void filter(Expr predicate) {
    if (predicate.equals(Expr.TRUE)) {
      return;
    }
    plan =
        plan instanceof Filter(var input, var earlier)
            ? new Filter(input, LogicFunctions.and(earlier, predicate))
            : new Filter(plan, predicate);
  }

  /// Runs `right` for each row; as a join where only its topmost filter reads the row. (A mark
  /// would become null where that filter is unknown, so marks stay.)
  void apply(JoinKind kind, LogicalNode right, @Nullable Column mark) {
    if (kind != JoinKind.MARK && !updates() && !updates(right)) {
      if (PlanExprs.free(right).isEmpty()) {
        plan = new Join(kind, plan, right, Expr.TRUE, mark);
        return;
      }
      if (right instanceof Filter(var input, var condition) && PlanExprs.free(input).isEmpty()) {
        plan = new Join(kind, plan, input, condition, mark);
        return;
      }
    }
    plan = new Apply(kind, plan, right, Expr.TRUE, mark);
  }

  boolean isUnit() {
    return plan.equals(LogicalNode.Values.UNIT);
  }

  /// Whether something below changes the graph.
  boolean updates() {
    return updates(plan);
  }

  private static boolean updates(LogicalNode node) {
    return switch (node) {
      case LogicalNode.CreateElements _,
          LogicalNode.UpdateElements _,
          LogicalNode.DeleteElements _,
          LogicalNode.Merge _,
          LogicalNode.Foreach _ ->
          true;
      default -> node.inputs().stream().anyMatch(Rows::updates);
    };
  }
}
