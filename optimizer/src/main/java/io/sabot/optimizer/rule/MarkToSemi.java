package io.sabot.optimizer.rule;

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
import io.sabot.plan.logical.PlanColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a mark that a filter requires to be true a semi-join, one it requires to be false an
/// anti-join.
///
/// ```
/// filter m                          extend [m = true]
///   join mark m a.k = b.k     =>      join semi a.k = b.k
///     $a                                $a
///     $b                                $b
/// ```
///
/// Not `filter not(m)` where the condition may be null: `x NOT IN (1, null)` is never true, but the
/// anti-join keeps `x` when nothing equals it.
final class MarkToSemi implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    if (!(node instanceof Filter(var input, var predicate))) {
      return Optional.empty();
    }
    return switch (input) {
      case Join j when j.kind() == JoinKind.MARK ->
          rewrite(
              predicate,
              j.mark(),
              isCertain(j.condition(), j.left(), j.right()),
              kind -> new Join(kind, j.left(), j.right(), j.condition(), null));
      case Apply a when a.kind() == JoinKind.MARK ->
          rewrite(
              predicate,
              a.mark(),
              isCertain(a.condition(), a.left(), a.right()),
              kind -> new Apply(kind, a.left(), a.right(), a.condition(), null));
      default -> Optional.empty();
    };
  }

  private static boolean isCertain(Expr condition, LogicalNode left, LogicalNode right) {
    List<Column> both = new ArrayList<>(PlanColumns.of(left));
    both.removeIf(Column::nullable);
    List<Column> certain = new ArrayList<>(both);
    Boundness.certain(left).forEach(c -> certain.add(certainly(c)));
    Boundness.certain(right).forEach(c -> certain.add(certainly(c)));
    return !Nullability.over(certain).mayBeNull(condition);
  }

  private static Column certainly(Column column) {
    return new Column(column.id(), column.name(), column.type(), false);
  }

  private static Optional<LogicalNode> rewrite(
      Expr predicate,
      @Nullable Column mark,
      boolean certain,
      java.util.function.Function<JoinKind, LogicalNode> join) {
    if (mark == null) {
      return Optional.empty();
    }
    List<Expr> rest = new ArrayList<>(LogicFunctions.conjuncts(predicate));
    Expr wanted = mark.ref();
    Expr unwanted = LogicFunctions.not(mark.ref());
    if (rest.remove(wanted)) {
      return Optional.of(replaced(join.apply(JoinKind.SEMI), mark, Expr.TRUE, rest));
    }
    if (certain && rest.remove(unwanted)) {
      return Optional.of(replaced(join.apply(JoinKind.ANTI), mark, Expr.FALSE, rest));
    }
    return Optional.empty();
  }

  private static LogicalNode replaced(LogicalNode join, Column mark, Expr value, List<Expr> rest) {
    return Conjuncts.filter(new Extend(join, List.of(new Assignment(mark, value))), rest);
  }
}
