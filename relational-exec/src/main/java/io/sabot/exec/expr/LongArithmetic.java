package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.error.Errors;
import io.sabot.plan.function.ArithmeticFunctions;
import io.sabot.plan.function.ArithmeticFunctions.Op;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;

/// Checked integer arithmetic.
final class LongArithmetic implements VectorExpr {
  private final Op op;
  private final VectorExpr left;
  private final VectorExpr right;
  private final Type.Int type;
  private final Vector out;

  LongArithmetic(Op op, VectorExpr left, VectorExpr right, Type.Int type, QueryMemory memory) {
    this.op = op;
    this.left = left;
    this.right = right;
    this.type = type;
    this.out = new Vector(Physical.LONG, memory);
  }

  @Override
  public Vector eval(Batch batch) {
    Vector a = left.eval(batch);
    Vector b = right.eval(batch);
    int rows = batch.rows();
    int shift = 64 - type.bits();
    out.reset(rows);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (a.isNull(row) || b.isNull(row)) {
        out.setNull(row, rows);
        continue;
      }
      long result = ArithmeticFunctions.integers(op, a.getLong(row), b.getLong(row));
      if (result << shift >> shift != result) {
        throw Errors.outOfRange(
            op.word() + " giving " + result, "a " + type.bits() + "-bit integer");
      }
      out.setLong(row, result);
    }
    return out;
  }
}
