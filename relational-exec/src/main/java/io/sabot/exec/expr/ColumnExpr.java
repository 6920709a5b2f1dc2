package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;

/// A column of the batch as it is.
record ColumnExpr(int position) implements VectorExpr {
  @Override
  public Vector eval(Batch batch) {
    return batch.vector(position);
  }
}
