package io.sabot.plan.logical;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;

/// A computed column.
public record Assignment(Column column, Expr expr) {
  /// Passes a column through unchanged.
  public static Assignment same(Column column) {
    return new Assignment(column, column.ref());
  }

  public boolean isPassThrough() {
    return expr instanceof Expr.Col(var source) && source.equals(column);
  }
}
