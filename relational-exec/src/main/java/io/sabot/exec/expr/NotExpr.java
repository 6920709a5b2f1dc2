package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.type.Physical;

/// Three-valued negation.
final class NotExpr implements VectorExpr {
  private final VectorExpr input;
  private final Vector out;

  NotExpr(VectorExpr input, QueryMemory memory) {
    this.input = input;
    this.out = new Vector(Physical.BOOL, memory);
  }

  @Override
  public Vector eval(Batch batch) {
    Vector in = input.eval(batch);
    int rows = batch.rows();
    out.reset(rows);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (in.isNull(row)) {
        out.setNull(row, rows);
      } else {
        out.setBool(row, !in.getBool(row));
      }
    }
    return out;
  }
}
