package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.PlanExprs;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Brings the expressions of a node into normal form, innermost first, by a list of expression rules.
///
/// ```
/// filter cy.eq(@cast(a, form), 1 + 1)        filter a = 2
///   $input                              =>     $input
/// ```
final class RewriteExpressions implements Rule {
  /// Rounds over one expression; normal form takes two or three.
  private static final int ROUNDS_MAX = 20;

  private final List<ExprRule> rules;

  RewriteExpressions(List<ExprRule> rules) {
    this.rules = rules;
  }

  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    if (PlanExprs.of(node).isEmpty()) {
      return Optional.empty();
    }
    List<Column> below = new ArrayList<>();
    node.inputs().forEach(input -> below.addAll(PlanColumns.of(input)));
    Nullability nulls = Nullability.over(below);
    UnaryOperator<Expr> rewrite = expr -> rewrite(expr, nulls);
    LogicalNode rewritten = PlanExprs.map(node, rewrite);
    LogicalNode settled = isCondition(rewritten) ? settle(rewritten, nulls) : rewritten;
    return same(settled, node) ? Optional.empty() : Optional.of(settled);
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean same(Object a, Object b) {
    return a == b;
  }

  Expr rewrite(Expr expr, Nullability nulls) {
    Expr current = expr;
    for (int round = 0; round < ROUNDS_MAX; round++) {
      Expr next = current.transform(e -> once(e, nulls));
      if (same(next, current) || next.equals(current)) {
        return same(next, expr) || !next.equals(expr) ? next : expr;
      }
      current = next;
    }
    return current;
  }

  private Expr once(Expr expr, Nullability nulls) {
    for (ExprRule rule : rules) {
      Expr result = rule.apply(expr, nulls);
      if (result != null) {
        return result;
      }
    }
    return expr;
  }

  /// Whether the node's only expression is a condition that treats null as false.
  private static boolean isCondition(LogicalNode node) {
    return node instanceof LogicalNode.Filter
        || node instanceof LogicalNode.Join join && join.kind() != JoinKind.MARK
        || node instanceof LogicalNode.Apply apply && apply.kind() != JoinKind.MARK;
  }

  /// Where null counts as false, a conjunct that is never true is false.
  private static LogicalNode settle(LogicalNode node, Nullability nulls) {
    return PlanExprs.map(
        node,
        condition -> {
          List<Expr> kept = new ArrayList<>();
          boolean changed = false;
          for (Expr conjunct : LogicFunctions.conjuncts(condition)) {
            if (isNeverTrue(conjunct)) {
              return Expr.FALSE.equals(condition) ? condition : Expr.FALSE;
            }
            changed |= kept.contains(conjunct);
            if (!kept.contains(conjunct)) {
              kept.add(conjunct);
            }
          }
          return changed ? LogicFunctions.and(kept) : condition;
        });
  }

  private static boolean isNeverTrue(Expr conjunct) {
    return conjunct instanceof Expr.Lit(var value, _) && !value.equals(Value.TRUE)
        || StripEntities.isDisjoint(conjunct);
  }
}
