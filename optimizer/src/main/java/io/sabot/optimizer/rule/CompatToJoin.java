package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.CompatKind;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.CompatJoin;
import io.sabot.plan.logical.LogicalNode.Join;
import io.sabot.plan.logical.LogicalNode.Project;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.SharedColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes a compatibility join an ordinary one where both sides bind every shared variable.
///
/// ```
/// compat left [x = x1 ~ x2] c           project [x = x1, ...]
///   $left                         =>      join left x1 == x2 AND c
///   $right                                  $left
///                                           $right
/// ```
///
/// Not where one side may leave a variable unbound: an unbound `?x` is compatible with any value,
/// but equal to none. MINUS without shared variables removes nothing.
final class CompatToJoin implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    if (!(node instanceof CompatJoin join)) {
      return Optional.empty();
    }
    if (join.kind() == CompatKind.MINUS && join.shared().isEmpty()) {
      return Optional.of(join.left());
    }
    Set<Column> left = Boundness.certain(join.left());
    Set<Column> right = Boundness.certain(join.right());
    boolean certain =
        join.shared().stream().allMatch(s -> left.contains(s.left()) && right.contains(s.right()));
    return certain ? Optional.of(joined(join)) : Optional.empty();
  }

  private static LogicalNode joined(CompatJoin join) {
    List<Expr> conjuncts = new ArrayList<>();
    Map<Column, Expr> outs = new HashMap<>();
    for (SharedColumn shared : join.shared()) {
      conjuncts.add(ComparisonFunctions.sameTerm(shared.left().ref(), shared.right().ref()));
      outs.put(shared.out(), Forms.as(shared.left().ref(), shared.out().type()));
    }
    if (join.kind() == CompatKind.MINUS) {
      return new Join(
          JoinKind.ANTI, join.left(), join.right(), LogicFunctions.and(conjuncts), null);
    }
    conjuncts.add(ExprFacts.substitute(join.condition(), outs));
    JoinKind kind = join.kind() == CompatKind.INNER ? JoinKind.INNER : JoinKind.LEFT;
    Join ordinary = new Join(kind, join.left(), join.right(), LogicFunctions.and(conjuncts), null);
    List<Assignment> assignments = new ArrayList<>();
    for (Column column : PlanColumns.of(join)) {
      Expr out = outs.get(column);
      assignments.add(out == null ? Assignment.same(column) : new Assignment(column, out));
    }
    return new Project(ordinary, assignments);
  }
}
