package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;

/// The same value for every row; the vector is filled once and kept.
final class ConstantExpr implements VectorExpr {
  private final Value value;
  private final Type type;
  private final QueryRun run;
  private final Vector out;
  private int filled;

  ConstantExpr(Value value, Type type, QueryRun run) {
    this.value = value;
    this.type = type;
    this.run = run;
    this.out = new Vector(type.physical(), run.memory());
  }

  Value value() {
    return value;
  }

  @Override
  public boolean isConstant() {
    return true;
  }

  @Override
  public Vector eval(Batch batch) {
    int rows = Math.max(1, batch.rows());
    if (rows > filled) {
      int capacity = rows == 1 ? 1 : Math.max(rows, Batch.ROWS_MAX);
      out.reset(capacity);
      Cells.set(out, 0, value, type, run.dictionary(), capacity);
      int[] first = new int[capacity];
      Vector copy = new Vector(type.physical(), run.memory());
      copy.copyFrom(out, new int[] {0}, 1, 0);
      out.gather(copy, first, capacity);
      filled = capacity;
    }
    return out;
  }
}
