package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Apply;
import io.sabot.plan.logical.LogicalNode.Extend;
import io.sabot.plan.logical.LogicalNode.Project;
import io.sabot.plan.logical.PlanColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Moves the computation of columns out of a correlated side.
///
/// ```
/// apply left true                   project [a.*, x = case b.k IS NULL then null else a.v + b.w]
///   $a                                apply left true
///   project [x = a.v + b.w]     =>      $a
///     $b                                $b
/// ```
///
/// The CASE is needed where the expression is not null for a row of nulls anyway: `coalesce(b.w,
/// 0)` must not turn up in a row without partner. It tests a column that `b` always binds; without
/// one the computation stays.
final class PullProjectAboveApply implements Rule {
  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    if (!(node instanceof Apply apply)) {
      return Optional.empty();
    }
    return switch (apply.right()) {
      case Project(var input, var assignments) -> pull(apply, input, assignments);
      case Extend(var input, var assignments) -> pull(apply, input, assignments);
      default -> Optional.empty();
    };
  }

  private static Optional<LogicalNode> pull(
      Apply apply, LogicalNode input, List<Assignment> assignments) {
    if (assignments.stream().anyMatch(a -> ExprFacts.isVolatile(a.expr()))) {
      return Optional.empty();
    }
    Map<Column, Expr> definitions = new HashMap<>();
    assignments.forEach(a -> definitions.put(a.column(), a.expr()));
    Expr condition = ExprFacts.substitute(apply.condition(), definitions);
    Apply below = new Apply(apply.kind(), apply.left(), input, condition, apply.mark());
    return switch (apply.kind()) {
      case SEMI, ANTI, MARK -> Optional.of(below);
      case INNER -> Optional.of(above(apply, below, definitions));
      case LEFT, SINGLE -> {
        Map<Column, Expr> guarded = guarded(input, definitions);
        yield guarded == null ? Optional.empty() : Optional.of(above(apply, below, guarded));
      }
      case RIGHT, FULL -> Optional.empty();
    };
  }

  private static LogicalNode above(Apply apply, Apply below, Map<Column, Expr> definitions) {
    Set<Column> left = new HashSet<>(PlanColumns.of(apply.left()));
    List<Assignment> all = new ArrayList<>();
    for (Column column : PlanColumns.of(apply)) {
      Expr definition = left.contains(column) ? null : definitions.get(column);
      all.add(definition == null ? Assignment.same(column) : new Assignment(column, definition));
    }
    return new Project(below, all);
  }

  /// The definitions, null on rows without partner; null when there is no telling such rows.
  private static @Nullable Map<Column, Expr> guarded(
      LogicalNode input, Map<Column, Expr> definitions) {
    Set<Column> own = new HashSet<>(PlanColumns.of(input));
    Set<Column> certain = Boundness.certain(input);
    Column marker =
        PlanColumns.of(input).stream().filter(certain::contains).findFirst().orElse(null);
    Map<Column, Expr> guarded = new HashMap<>();
    for (Map.Entry<Column, Expr> entry : definitions.entrySet()) {
      Expr expr = entry.getValue();
      if (NullRejection.isNullFor(expr, own)) {
        guarded.put(entry.getKey(), expr);
      } else if (marker == null) {
        return null;
      } else {
        Expr.When unmatched =
            new Expr.When(LogicFunctions.IS_NULL.call(marker.ref()), Expr.nullOf(expr.type()));
        guarded.put(entry.getKey(), new Expr.Case(List.of(unmatched), expr, expr.type()));
      }
    }
    return guarded;
  }
}
