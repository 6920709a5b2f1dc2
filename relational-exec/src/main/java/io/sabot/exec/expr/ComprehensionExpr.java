package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `[x IN list WHERE p | e]`: filter and map run over all elements of all rows at once.
final class ComprehensionExpr implements VectorExpr {
  private final Elements elements;
  private final @Nullable VectorExpr where;
  private final VectorExpr map;
  private final Type mapType;
  private final QueryRun run;
  private final Vector out;

  ComprehensionExpr(Expr.ListComprehension expr, ExprCompiler compiler, QueryRun run) {
    List<Expr> bodies = new ArrayList<>(List.of(expr.map()));
    if (expr.where() != null) {
      bodies.add(expr.where());
    }
    this.elements = new Elements(expr.list(), expr.element(), bodies, compiler);
    ExprCompiler inner = elements.compiler();
    this.where = expr.where() == null ? null : inner.compileAs(expr.where(), Type.BOOL);
    this.map = inner.compile(expr.map());
    this.mapType = expr.map().type();
    this.run = run;
    this.out = new Vector(Physical.TERM, run.memory());
  }

  @Override
  public Vector eval(Batch batch) {
    Batch inner = elements.expand(batch);
    int total = inner.rows();
    boolean[] keep = new boolean[total];
    if (where != null && total > 0) {
      Vector passed = where.eval(inner);
      int[] selection = new int[total];
      int count = 0;
      for (int i = 0; i < total; i++) {
        keep[i] = !passed.isNull(i) && passed.getBool(i);
        if (keep[i]) {
          selection[count++] = i;
        }
      }
      inner.select(total, selection, count);
    } else {
      java.util.Arrays.fill(keep, true);
    }
    Vector mapped = inner.count() == 0 ? null : map.eval(inner);
    out.reset(batch.rows());
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (elements.isNull(i)) {
        out.setNull(row, batch.rows());
        continue;
      }
      List<Value> items = new ArrayList<>();
      for (int e = elements.start(i); e < elements.start(i + 1); e++) {
        if (keep[e] && mapped != null) {
          items.add(Cells.get(mapped, e, mapType, run.dictionary()));
        }
      }
      out.setLong(row, run.dictionary().encode(new Value.ListValue(items)));
    }
    return out;
  }
}
