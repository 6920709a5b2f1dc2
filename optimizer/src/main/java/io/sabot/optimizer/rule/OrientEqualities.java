package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Join;
import io.sabot.plan.logical.PlanColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Writes every equality between the two sides of a join with the left side first, so that equal joins
/// are equal plans.
///
/// ```
/// join inner b = a         join inner a = b
///   $left (a)        =>      $left (a)
///   $right (b)               $right (b)
/// ```
///
/// Not an equality whose operand mixes columns of both sides: it has no side to put first.
final class OrientEqualities implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    if (!(node instanceof Join(var kind, var left, var right, var condition, var mark))) {
      return Optional.empty();
    }
    Set<Column> leftColumns = Set.copyOf(PlanColumns.of(left));
    Set<Column> rightColumns = Set.copyOf(PlanColumns.of(right));
    boolean changed = false;
    List<Expr> conjuncts = new ArrayList<>();
    for (Expr conjunct : LogicFunctions.conjuncts(condition)) {
      Expr oriented = orient(conjunct, leftColumns, rightColumns);
      changed |= oriented != conjunct;
      conjuncts.add(oriented);
    }
    return changed
        ? Optional.of(new Join(kind, left, right, LogicFunctions.and(conjuncts), mark))
        : Optional.empty();
  }

  private static Expr orient(Expr conjunct, Set<Column> left, Set<Column> right) {
    if (!(conjunct instanceof Expr.Call(var function, var args, var type))
        || args.size() != 2
        || !isSymmetric(function)) {
      return conjunct;
    }
    Set<Column> first = args.get(0).columns();
    Set<Column> second = args.get(1).columns();
    boolean turned =
        !first.isEmpty()
            && !second.isEmpty()
            && right.containsAll(first)
            && left.containsAll(second);
    return turned
        ? new Expr.Call(function, List.of(args.get(1), args.get(0)), type)
        : conjunct;
  }

  private static boolean isSymmetric(io.sabot.plan.function.Function function) {
    return function.equals(ComparisonFunctions.SAME_TERM)
        || function.equals(ComparisonFunctions.NOT_DISTINCT)
        || ComparisonFunctions.opOf(function) == ComparisonFunctions.Op.EQ;
  }
}
