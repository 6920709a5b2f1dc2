package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import org.jspecify.annotations.Nullable;

/// An expression that knows where it was written: its faults name the place. Faults of arguments
/// keep their own, narrower one.
record LocatedExpr(VectorExpr inner, SourceSpan origin) implements VectorExpr {
  static VectorExpr at(VectorExpr inner, @Nullable SourceSpan origin) {
    return origin == null ? inner : new LocatedExpr(inner, origin);
  }

  @Override
  public Vector eval(Batch batch) {
    try {
      return inner.eval(batch);
    } catch (QueryException fault) {
      throw fault.at(origin);
    }
  }

  @Override
  public boolean isConstant() {
    return inner.isConstant();
  }
}
