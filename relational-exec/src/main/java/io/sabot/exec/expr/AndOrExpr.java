package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.type.Physical;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Three-valued AND and OR. An operand is evaluated only for the rows that the ones before it have
/// not settled, so `x <> 0 AND 1 / x > 2` does not divide by zero.
final class AndOrExpr implements VectorExpr {
  private final boolean and;
  private final List<VectorExpr> operands;
  private final Vector out;
  private int[] open = new int[Batch.ROWS_MAX];

  AndOrExpr(boolean and, List<VectorExpr> operands, QueryMemory memory) {
    this.and = and;
    this.operands = operands;
    this.out = new Vector(Physical.BOOL, memory);
  }

  @Override
  public Vector eval(Batch batch) {
    int rows = batch.rows();
    int @Nullable [] selection = batch.selection();
    int count = batch.count();
    out.reset(rows);
    if (open.length < rows) {
      open = new int[rows];
    }
    for (int i = 0; i < count; i++) {
      int row = batch.row(i);
      open[i] = row;
      out.setBool(row, and);
    }
    int left = count;
    for (VectorExpr operand : operands) {
      if (left == 0) {
        break;
      }
      batch.select(rows, open, left);
      Vector in = operand.eval(batch);
      left = settle(in, left, rows);
    }
    batch.select(rows, selection, count);
    return out;
  }

  /// Keeps in `open` the rows that a later operand can still change.
  private int settle(Vector in, int left, int rows) {
    int kept = 0;
    for (int i = 0; i < left; i++) {
      int row = open[i];
      if (in.isNull(row)) {
        out.setNull(row, rows);
        open[kept++] = row;
      } else if (in.getBool(row) == and) {
        open[kept++] = row;
      } else {
        out.setValid(row);
        out.setBool(row, !and);
      }
    }
    return kept;
  }
}
