package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.type.Physical;

/// `IS NULL` and `IS NOT NULL`.
final class NullTestExpr implements VectorExpr {
  private final VectorExpr input;
  private final boolean wantNull;
  private final Vector out;

  NullTestExpr(VectorExpr input, boolean wantNull, QueryMemory memory) {
    this.input = input;
    this.wantNull = wantNull;
    this.out = new Vector(Physical.BOOL, memory);
  }

  @Override
  public Vector eval(Batch batch) {
    Vector in = input.eval(batch);
    out.reset(batch.rows());
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      out.setBool(row, in.isNull(row) == wantNull);
    }
    return out;
  }
}
