package io.sabot.optimizer.rule;

import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanExprs;
import io.sabot.plan.value.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Brings the expressions of a node into normal form, innermost first, by a list of expression
/// rules.
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
    Nullability nulls = Nullability.over(node);
    UnaryOperator<Expr> rewrite = expr -> rewrite(expr, nulls, context);
    LogicalNode rewritten = PlanExprs.map(node, rewrite);
    LogicalNode settled = isCondition(rewritten) ? settle(rewritten) : rewritten;
    return same(settled, node) ? Optional.empty() : Optional.of(settled);
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean same(Object a, Object b) {
    return a == b;
  }

  private Expr rewrite(Expr expr, Nullability nulls, RuleContext context) {
    Expr current = expr;
    for (int round = 0; round < ROUNDS_MAX; round++) {
      Expr next = current.transform(e -> once(e, nulls, context));
      if (same(next, current) || next.equals(current)) {
        return same(next, expr) || !next.equals(expr) ? next : expr;
      }
      current = next;
    }
    return current;
  }

  private Expr once(Expr expr, Nullability nulls, RuleContext context) {
    for (ExprRule rule : rules) {
      Expr result = rule.apply(expr, nulls);
      if (result != null) {
        context.fired(rule.name());
        return result.at(origin(expr));
      }
    }
    return expr;
  }

  private static @Nullable SourceSpan origin(Expr expr) {
    return switch (expr) {
      case Expr.Call call -> call.function().origin();
      case Expr.Cast cast -> cast.origin();
      default -> null;
    };
  }

  /// Whether the node's only expression is a condition that treats null as false.
  private static boolean isCondition(LogicalNode node) {
    return node instanceof LogicalNode.Filter
        || node instanceof LogicalNode.Join join && join.kind() != JoinKind.MARK
        || node instanceof LogicalNode.Apply apply && apply.kind() != JoinKind.MARK;
  }

  /// Where null counts as false, a conjunct that is never true is false.
  private static LogicalNode settle(LogicalNode node) {
    return PlanExprs.map(
        node,
        condition -> {
          Set<Expr> kept = new LinkedHashSet<>();
          boolean changed = false;
          for (Expr conjunct : LogicFunctions.conjuncts(condition)) {
            if (isNeverTrue(conjunct)) {
              return Expr.FALSE.equals(condition) ? condition : Expr.FALSE;
            }
            changed |= !kept.add(conjunct);
          }
          return changed ? LogicFunctions.and(List.copyOf(kept)) : condition;
        });
  }

  private static boolean isNeverTrue(Expr conjunct) {
    return conjunct instanceof Expr.Lit(var value, _) && !value.equals(Value.TRUE)
        || StripEntities.isDisjoint(conjunct)
        || StripTerms.isDisjoint(conjunct);
  }
}
