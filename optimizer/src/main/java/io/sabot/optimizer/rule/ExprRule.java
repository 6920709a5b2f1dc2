package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Expr;
import org.jspecify.annotations.Nullable;

/// One rewrite of an expression whose arguments are in normal form already.
interface ExprRule {
  /// The simpler expression, of the same type; null for nothing to do.
  @Nullable Expr apply(Expr expr, Nullability nulls);

  default String name() {
    return getClass().getSimpleName();
  }
}
