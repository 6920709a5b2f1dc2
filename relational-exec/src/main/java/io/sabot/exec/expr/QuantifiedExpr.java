package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `all`, `any`, `none` and `single` over lists, three-valued.
final class QuantifiedExpr implements VectorExpr {
  private final Expr.Quantifier quantifier;
  private final Elements elements;
  private final VectorExpr where;
  private final Vector out;

  QuantifiedExpr(Expr.Quantified expr, ExprCompiler compiler, QueryRun run) {
    this.quantifier = expr.quantifier();
    this.elements = new Elements(expr.list(), expr.element(), List.of(expr.where()), compiler);
    this.where = elements.compiler().compileAs(expr.where(), Type.BOOL);
    this.out = new Vector(Physical.BOOL, run.memory());
  }

  @Override
  public Vector eval(Batch batch) {
    Batch inner = elements.expand(batch);
    Vector passed = inner.rows() == 0 ? null : where.eval(inner);
    int rows = batch.rows();
    out.reset(rows);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      Boolean answer = elements.isNull(i) ? null : answer(i, passed);
      if (answer == null) {
        out.setNull(row, rows);
      } else {
        out.setBool(row, answer);
      }
    }
    return out;
  }

  private @Nullable Boolean answer(int i, @Nullable Vector passed) {
    int yes = 0;
    int unknown = 0;
    int size = elements.start(i + 1) - elements.start(i);
    for (int e = elements.start(i); e < elements.start(i + 1) && passed != null; e++) {
      if (passed.isNull(e)) {
        unknown++;
      } else if (passed.getBool(e)) {
        yes++;
      }
    }
    int no = size - yes - unknown;
    return switch (quantifier) {
      case ALL -> no > 0 ? Boolean.FALSE : unknown > 0 ? null : Boolean.TRUE;
      case ANY -> yes > 0 ? Boolean.TRUE : unknown > 0 ? null : Boolean.FALSE;
      case NONE -> yes > 0 ? Boolean.FALSE : unknown > 0 ? null : Boolean.TRUE;
      case SINGLE -> yes > 1 ? Boolean.FALSE : unknown > 0 ? null : Boolean.valueOf(yes == 1);
    };
  }
}
