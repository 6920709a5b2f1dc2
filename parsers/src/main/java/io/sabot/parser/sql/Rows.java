package io.sabot.parser.sql;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.LogicalNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows over which the expressions of one node are lowered. Subqueries and window functions put
/// nodes on top of the plan while that goes on.
final class Rows {
  private @Nullable LogicalNode plan;
  private final List<Column> fields;

  /// Subqueries lowered already, by their text: `coalesce(q, 0)` comes as a case that has `q`
  /// twice.
  final Map<String, Expr> subqueries = new HashMap<>();

  Rows(Relation relation) {
    this(relation.plan(), relation.fields());
  }

  /// @param plan null where expressions cannot add to the plan
  Rows(@Nullable LogicalNode plan, List<Column> fields) {
    this.plan = plan;
    this.fields = fields;
  }

  List<Column> fields() {
    return fields;
  }

  @Nullable LogicalNode plan() {
    return plan;
  }

  LogicalNode planned() {
    return java.util.Objects.requireNonNull(plan);
  }

  void put(LogicalNode newPlan) {
    plan = newPlan;
  }
}
