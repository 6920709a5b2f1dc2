package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Aggregate;
import io.sabot.plan.logical.LogicalNode.Apply;
import io.sabot.plan.logical.LogicalNode.Extend;
import io.sabot.plan.logical.LogicalNode.Filter;
import io.sabot.plan.logical.LogicalNode.Join;
import io.sabot.plan.logical.LogicalNode.Project;
import io.sabot.plan.logical.LogicalNode.Values;
import io.sabot.plan.logical.PlanColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Uses that a side has exactly one row: a grouping without keys, and what is computed from it.
///
/// ```
/// apply semi n > 5                  project [a.*]
///   $a                                filter n > 5
///   aggregate [] n = count()   =>       apply inner true
///     $b                                  $a
///                                         aggregate [] n = count()
///                                           $b
/// ```
///
/// Not for a grouping with keys, which has no row over no rows.
final class OneRowApply implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    return switch (node) {
      case Apply a when hasOneRow(a.right()) -> apply(a);
      case Join j
          when hasOneRow(j.right())
              && (j.kind() == JoinKind.LEFT || j.kind() == JoinKind.SINGLE)
              && j.condition().equals(Expr.TRUE) ->
          Optional.of(new Join(JoinKind.INNER, j.left(), j.right(), Expr.TRUE, null));
      default -> Optional.empty();
    };
  }

  private static Optional<LogicalNode> apply(Apply a) {
    boolean plain = a.condition().equals(Expr.TRUE);
    Apply inner = new Apply(JoinKind.INNER, a.left(), a.right(), Expr.TRUE, null);
    List<Assignment> left = new ArrayList<>();
    PlanColumns.of(a.left()).forEach(c -> left.add(Assignment.same(c)));
    return switch (a.kind()) {
      case LEFT, SINGLE -> plain ? Optional.of(inner) : Optional.empty();
      case SEMI -> Optional.of(new Project(new Filter(inner, a.condition()), left));
      case ANTI -> {
        Expr not = LogicFunctions.not(LogicFunctions.IS_TRUE.call(a.condition()));
        yield Optional.of(new Project(new Filter(inner, not), left));
      }
      case MARK -> {
        if (a.mark() != null) {
          left.add(new Assignment(a.mark(), a.condition()));
        }
        yield Optional.of(new Project(inner, left));
      }
      case INNER, RIGHT, FULL -> Optional.empty();
    };
  }

  static boolean hasOneRow(LogicalNode node) {
    return switch (node) {
      case Aggregate a -> a.keys().isEmpty() && a.groupingSets().size() <= 1;
      case Project p -> hasOneRow(p.input());
      case Extend e -> hasOneRow(e.input());
      case Values v -> v.rows().size() == 1;
      default -> false;
    };
  }
}
