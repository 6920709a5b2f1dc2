package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.function.Function;
import io.sabot.plan.type.Physical;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import org.jspecify.annotations.Nullable;

/// A comparison of term identifiers. Pairs whose answer shows in the identifiers (equal bits, small
/// integers, entities) need no decoding; the rest asks the function.
final class TermCompareExpr implements VectorExpr {
  private final Function function;
  private final @Nullable Op op;
  private final VectorExpr left;
  private final VectorExpr right;
  private final QueryRun run;
  private final Vector out;
  private final Value[] pair = new Value[2];

  TermCompareExpr(
      Function function, @Nullable Op op, VectorExpr left, VectorExpr right, QueryRun run) {
    this.function = function;
    this.op = op;
    this.left = left;
    this.right = right;
    this.run = run;
    this.out = new Vector(Physical.BOOL, run.memory());
  }

  @Override
  public Vector eval(Batch batch) {
    Vector a = left.eval(batch);
    Vector b = right.eval(batch);
    int rows = batch.rows();
    out.reset(rows);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      long x = a.getLong(row);
      long y = b.getLong(row);
      if (x == 0 || y == 0) {
        out.setNull(row, rows);
      } else if (op == null) {
        out.setBool(row, run.dictionary().canonical(x) == run.dictionary().canonical(y));
      } else {
        compare(op, row, x, y, rows);
      }
    }
    return out;
  }

  private void compare(Op comparison, int row, long x, long y, int rows) {
    int tagX = TermId.tag(x);
    int tagY = TermId.tag(y);
    if (tagX == TermId.TAG_INT && tagY == TermId.TAG_INT) {
      out.setBool(row, comparison.test(Long.compare(TermId.intValue(x), TermId.intValue(y))));
      return;
    }
    boolean equality = comparison == Op.EQ || comparison == Op.NE;
    if (equality && isTextOrEntity(tagX) && isTextOrEntity(tagY)) {
      boolean same = run.dictionary().canonical(x) == run.dictionary().canonical(y);
      out.setBool(row, same == (comparison == Op.EQ));
      return;
    }
    pair[0] = run.dictionary().decode(x);
    pair[1] = run.dictionary().decode(y);
    Value answer = function.evaluate(pair, run.evalContext());
    if (answer.isNull()) {
      out.setNull(row, rows);
    } else {
      out.setBool(row, answer.equals(Value.TRUE));
    }
  }

  /// Kinds whose values are equal, in every language, exactly when the identifiers are.
  private static boolean isTextOrEntity(int tag) {
    return switch (tag) {
      case TermId.TAG_STR,
          TermId.TAG_STR_BIG,
          TermId.TAG_IRI,
          TermId.TAG_BLANK,
          TermId.TAG_NODE,
          TermId.TAG_EDGE ->
          true;
      default -> false;
    };
  }
}
