package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// CASE: each condition and result is evaluated only for the rows that reach it.
final class CaseExpr implements VectorExpr {
  private final List<VectorExpr> conditions = new ArrayList<>();
  private final List<VectorExpr> results = new ArrayList<>();
  private final Vector out;
  private int[] open = new int[Batch.ROWS_MAX];
  private int[] hit = new int[Batch.ROWS_MAX];

  CaseExpr(Expr.Case expr, ExprCompiler compiler, QueryRun run) {
    for (Expr.When when : expr.branches()) {
      conditions.add(compiler.compileAs(when.condition(), Type.BOOL));
      results.add(compiler.compileAs(when.result(), expr.type()));
    }
    results.add(compiler.compileAs(expr.otherwise(), expr.type()));
    out = new Vector(expr.type().physical(), run.memory());
  }

  @Override
  public Vector eval(Batch batch) {
    int rows = batch.rows();
    int @Nullable [] selection = batch.selection();
    int count = batch.count();
    out.reset(rows);
    if (open.length < rows) {
      open = new int[rows];
      hit = new int[rows];
    }
    for (int i = 0; i < count; i++) {
      open[i] = batch.row(i);
    }
    int left = count;
    for (int branch = 0; branch < conditions.size() && left > 0; branch++) {
      batch.select(rows, open, left);
      Vector condition = conditions.get(branch).eval(batch);
      int hits = 0;
      int kept = 0;
      for (int i = 0; i < left; i++) {
        int row = open[i];
        if (!condition.isNull(row) && condition.getBool(row)) {
          hit[hits++] = row;
        } else {
          open[kept++] = row;
        }
      }
      left = kept;
      take(batch, results.get(branch), hit, hits, rows);
    }
    take(batch, results.getLast(), open, left, rows);
    batch.select(rows, selection, count);
    return out;
  }

  private void take(Batch batch, VectorExpr result, int[] which, int count, int rows) {
    if (count == 0) {
      return;
    }
    batch.select(rows, which, count);
    Vector in = result.eval(batch);
    for (int i = 0; i < count; i++) {
      copy(in, which[i], rows);
    }
  }

  private void copy(Vector in, int row, int rows) {
    if (in.isNull(row)) {
      out.setNull(row, rows);
      return;
    }
    out.setValid(row);
    switch (out.kind()) {
      case BOOL -> out.setBool(row, in.getBool(row));
      case LONG, DOUBLE, TERM -> out.setLong(row, in.getLong(row));
      case DECIMAL -> out.setUnscaled(row, in.getUnscaled(row), rows, rows);
      case STRING -> {
        int length = in.stringLength(row);
        out.setView(row, out.appendBytes(in.bytes(), in.stringOffset(row), length), length);
      }
    }
  }
}
