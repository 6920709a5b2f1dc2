package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.function.ArithmeticFunctions.Op;
import io.sabot.plan.type.Physical;

/// IEEE double arithmetic.
final class DoubleArithmetic implements VectorExpr {
  private final Op op;
  private final VectorExpr left;
  private final VectorExpr right;
  private final Vector out;

  DoubleArithmetic(Op op, VectorExpr left, VectorExpr right, QueryMemory memory) {
    this.op = op;
    this.left = left;
    this.right = right;
    this.out = new Vector(Physical.DOUBLE, memory);
  }

  @Override
  public Vector eval(Batch batch) {
    Vector a = left.eval(batch);
    Vector b = right.eval(batch);
    int rows = batch.rows();
    out.reset(rows);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      double x = a.getDouble(row);
      double y = b.getDouble(row);
      out.setDouble(
          row,
          switch (op) {
            case ADD -> x + y;
            case SUB -> x - y;
            case MUL -> x * y;
            case DIV -> x / y;
            case MOD -> x % y;
          });
    }
    Nulls.either(a, b, out, batch);
    return out;
  }
}
