package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.Expr.CastMode;
import io.sabot.plan.function.Casts;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;

/// A SQL cast; the common numeric ones without leaving primitive types.
final class CastExpr implements VectorExpr {
  private static final long[] POWERS = powers();

  private final VectorExpr input;
  private final Type from;
  private final Type to;
  private final CastMode mode;
  private final QueryRun run;
  private final Vector out;

  CastExpr(VectorExpr input, Type from, Type to, CastMode mode, QueryRun run) {
    this.input = input;
    this.from = from;
    this.to = to;
    this.mode = mode;
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
    if (from.equals(to) || isWideningInt()) {
      return in;
    }
    int rows = batch.rows();
    out.reset(rows);
    if (from instanceof Type.Int && to.physical() == Physical.DOUBLE) {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        out.setDouble(row, in.getLong(row));
      }
      Nulls.either(in, in, out, batch);
      return out;
    }
    if (from.physical() == Physical.DECIMAL && to.equals(Type.FLOAT64) && !in.isWide()) {
      double divisor = Math.pow(10, Cells.scale(from));
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        out.setDouble(row, in.getLong(row) / divisor);
      }
      Nulls.either(in, in, out, batch);
      return out;
    }
    if (isFinerDecimal() && !in.isWide()) {
      rescale(in, batch, rows);
      return out;
    }
    generic(in, batch, rows);
    return out;
  }

  /// Whether every narrow value of `from` is one of `to`, with zeros at its end.
  private boolean isFinerDecimal() {
    if (!(from instanceof Type.Decimal source) || !(to instanceof Type.Decimal target)) {
      return false;
    }
    int zeros = Cells.scale(to) - Cells.scale(from);
    return zeros >= 0 && zeros < POWERS.length && source.precision() + zeros <= target.precision();
  }

  private void rescale(Vector in, Batch batch, int rows) {
    long factor = POWERS[Cells.scale(to) - Cells.scale(from)];
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      long value = in.isNull(row) ? 0 : in.getLong(row);
      long low = value * factor;
      long high = Math.multiplyHigh(value, factor);
      if (high != low >> 63 && !out.isWide()) {
        widen(batch, i, rows);
      }
      out.setLong(row, low);
      if (out.isWide()) {
        out.high().set(Vector.LONG, 8L * row, high);
      }
    }
    Nulls.either(in, in, out, batch);
  }

  /// Gives the first `count` selected rows, which are written, a high word.
  private void widen(Batch batch, int count, int rows) {
    out.widen(rows, 0);
    for (int i = 0; i < count; i++) {
      long row = batch.row(i);
      out.high().set(Vector.LONG, 8L * row, out.data().get(Vector.LONG, 8L * row) >> 63);
    }
  }

  private static long[] powers() {
    long[] powers = new long[19];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = 10 * powers[i - 1];
    }
    return powers;
  }

  private boolean isWideningInt() {
    return from instanceof Type.Int(int a) && to instanceof Type.Int(int b) && a <= b;
  }

  private void generic(Vector in, Batch batch, int rows) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      Cells.set(
          out,
          row,
          Casts.cast(Cells.get(in, row, from, run.dictionary()), to, mode),
          to,
          run.dictionary(),
          rows);
    }
  }
}
