package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Extend;
import io.sabot.plan.logical.LogicalNode.Filter;
import io.sabot.plan.logical.LogicalNode.Project;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Moves a filter below the computation of columns, putting their expressions in their place.
///
/// ```
/// filter x > 2                    extend x = a + 1
///   extend x = a + 1        =>      filter a + 1 > 2
///     $input                          $input
/// ```
///
/// Not if it reads a volatile expression: `filter x < 0.5` over `extend x = rand()` would draw once
/// for the test and again for the row.
final class PushFilterThroughProject implements Rule {
  private final boolean correlated;

  /// @param correlated whether to move conjuncts that read columns of an enclosing left side
  PushFilterThroughProject(boolean correlated) {
    this.correlated = correlated;
  }

  private static final int SMALL = 8;

  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    if (!correlated
        && node instanceof Filter(var input, var predicate)
        && Conjuncts.isCorrelated(predicate, input, context)) {
      return Optional.empty();
    }
    return switch (node) {
      case Filter(Project(var input, var assignments), var predicate) ->
          push(input, assignments, predicate, below -> new Project(below, assignments));
      case Filter(Extend(var input, var assignments), var predicate) ->
          push(input, assignments, predicate, below -> new Extend(below, assignments));
      default -> Optional.empty();
    };
  }

  private static Optional<LogicalNode> push(
      LogicalNode input,
      List<Assignment> assignments,
      Expr predicate,
      java.util.function.UnaryOperator<LogicalNode> rebuild) {
    Map<Column, Expr> definitions = new HashMap<>();
    assignments.forEach(a -> definitions.put(a.column(), a.expr()));
    List<Expr> down = new ArrayList<>();
    List<Expr> stay = new ArrayList<>();
    for (Expr conjunct : LogicFunctions.conjuncts(predicate)) {
      Expr substituted = ExprFacts.substitute(conjunct, definitions);
      boolean moves =
          !ExprFacts.isVolatile(substituted)
              && conjunct.columns().stream().allMatch(c -> isSmall(definitions.get(c)));
      (moves ? down : stay).add(moves ? substituted : conjunct);
    }
    // A conjunct that stays keeps those after it from running earlier than it did.
    boolean reordered = !stay.isEmpty() && down.stream().anyMatch(ExprFacts::mayThrow);
    return down.isEmpty() || reordered
        ? Optional.empty()
        : Optional.of(Conjuncts.filter(rebuild.apply(Conjuncts.filter(input, down)), stay));
  }

  /// Whether evaluating a definition twice, for the test and for the row, costs little.
  private static boolean isSmall(@Nullable Expr definition) {
    return definition == null || ExprFacts.size(definition) <= SMALL;
  }
}
