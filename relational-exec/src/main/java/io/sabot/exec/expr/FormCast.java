package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;

/// The same values in another physical form.
final class FormCast implements VectorExpr {
  private final VectorExpr input;
  private final Type from;
  private final Type to;
  private final QueryRun run;
  private final Vector out;

  FormCast(VectorExpr input, Type from, Type to, QueryRun run) {
    this.input = input;
    this.from = from;
    this.to = to;
    this.run = run;
    this.out = new Vector(to.physical(), run.memory());
  }

  @Override
  public boolean isConstant() {
    return input.isConstant();
  }

  @Override
  public Vector eval(Batch batch) {
    Vector in = input.eval(batch);
    int rows = batch.rows();
    out.reset(rows);
    if (to.physical() == Physical.TERM) {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        out.setLong(row, Cells.term(in, row, from, run.dictionary()));
      }
      return out;
    }
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      Cells.set(out, row, Cells.get(in, row, from, run.dictionary()), to, run.dictionary(), rows);
    }
    return out;
  }
}
