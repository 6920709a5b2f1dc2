package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.type.Physical;

/// Whether strings match a {@link TextPattern}; null for null.
final class TextPatternExpr implements VectorExpr {
  private final TextPattern pattern;
  private final VectorExpr text;
  private final Vector out;

  TextPatternExpr(TextPattern pattern, VectorExpr text, QueryMemory memory) {
    this.pattern = pattern;
    this.text = text;
    this.out = new Vector(Physical.BOOL, memory);
  }

  @Override
  public Vector eval(Batch batch) {
    Vector in = text.eval(batch);
    int count = batch.count();
    out.reset(batch.rows());
    for (int i = 0; i < count; i++) {
      int row = batch.row(i);
      // Under a null lies an empty string.
      out.setBool(row, !in.isNull(row) && pattern.matches(in, row));
    }
    Nulls.either(in, in, out, batch);
    return out;
  }
}
