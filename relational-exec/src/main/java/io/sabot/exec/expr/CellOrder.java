package io.sabot.exec.expr;

import io.sabot.exec.batch.Vector;

/// The order of two cells of one exact kind.
public final class CellOrder {
  private CellOrder() {}

  /// Neither cell may be null. NaN is above all numbers; strings compare by code point.
  public static int compare(Vector a, int rowA, Vector b, int rowB) {
    return CompareExpr.order(a, rowA, b, rowB);
  }
}
