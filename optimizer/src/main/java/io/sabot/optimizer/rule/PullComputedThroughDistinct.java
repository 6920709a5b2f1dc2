package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Distinct;
import io.sabot.plan.logical.LogicalNode.Project;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Removes duplicates among the columns of the data instead of among entities and other forms made
/// of them; on settled types under SQL's equality.
///
/// ```
/// distinct                       project [n = entity(a)]
///   project [n = entity(a)]  =>    distinct
///     $input                         project [a]
///                                      $input
/// ```
///
/// Not where two values share a result, as with `project [x = length(a)]`.
final class PullComputedThroughDistinct implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    if (!(node instanceof Distinct(Project(var input, var all), var mode))) {
      return Optional.empty();
    }
    boolean renamed = all.stream().anyMatch(a -> !a.isPassThrough());
    Set<Column> columns = new LinkedHashSet<>();
    for (Assignment a : all) {
      if (!PullComputedThroughAggregate.isInjective(a.expr()) && !(a.expr() instanceof Expr.Lit)) {
        return Optional.empty();
      }
      a.expr().collectColumns(columns);
    }
    EqMode settled = columns.stream().allMatch(c -> isSettled(c.type())) ? EqMode.SQL : mode;
    if (columns.isEmpty() || !PlanColumns.delivers(input, columns) || !renamed && settled == mode) {
      return Optional.empty();
    }
    List<Assignment> kept =
        PlanColumns.asDelivered(input, columns).stream().map(Assignment::same).toList();
    LogicalNode distinct = new Distinct(new Project(input, kept), settled);
    return Optional.of(renamed ? new Project(distinct, all) : distinct);
  }

  private static boolean isSettled(Type type) {
    return Forms.isExact(type) && !(type instanceof Type.Floating);
  }
}
