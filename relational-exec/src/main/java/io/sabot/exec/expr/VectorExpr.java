package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;

/// An expression compiled for one worker. Confined to that worker's thread.
public interface VectorExpr {
  /// The value of the expression for the selected rows of `batch`, aligned with its rows; other
  /// rows are undefined. The vector is overwritten by the next call.
  Vector eval(Batch batch);

  /// Whether every row of every batch has the same value.
  default boolean isConstant() {
    return false;
  }
}
