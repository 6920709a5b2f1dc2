package io.sabot.exec.aggregate;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.plan.type.Physical;
import java.util.Arrays;

/// `min` and `max` of integers, dates, timestamps and doubles. Doubles are kept as order-preserving
/// integers; NaN is the largest.
final class ExtremeState implements AggregateState {
  private final VectorExpr arg;
  private final boolean wantMax;
  private final boolean reals;
  private long[] best = new long[16];
  private boolean[] seen = new boolean[16];

  ExtremeState(VectorExpr arg, Physical kind, boolean wantMax) {
    this.arg = arg;
    this.wantMax = wantMax;
    this.reals = kind == Physical.DOUBLE;
  }

  @Override
  public void ensure(int groups) {
    if (best.length < groups) {
      int size = Math.max(groups, best.length * 2);
      best = Arrays.copyOf(best, size);
      seen = Arrays.copyOf(seen, size);
    }
  }

  @Override
  public void update(Batch batch, int[] groups) {
    Vector in = arg.eval(batch);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!in.isNull(row)) {
        long value = in.getLong(row);
        offer(groups[i], reals ? sortable(oneNaN(value)) : value);
      }
    }
  }

  private void offer(int g, long value) {
    if (!seen[g] || (wantMax ? value > best[g] : value < best[g])) {
      best[g] = value;
      seen[g] = true;
    }
  }

  /// A NaN that was computed may have a sign, which would make it the smallest of all.
  private static long oneNaN(long bits) {
    return Double.doubleToLongBits(Double.longBitsToDouble(bits));
  }

  /// Bits of a double as an integer with the same order; its own inverse.
  private static long sortable(long bits) {
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  @Override
  public void merge(AggregateState other, int[] mapping) {
    ExtremeState theirs = (ExtremeState) other;
    for (int g = 0; g < mapping.length; g++) {
      if (theirs.seen[g]) {
        offer(mapping[g], theirs.best[g]);
      }
    }
  }

  @Override
  public void emit(int from, int count, Vector out) {
    out.reset(count);
    for (int i = 0; i < count; i++) {
      if (seen[from + i]) {
        out.setLong(i, reals ? sortable(best[from + i]) : best[from + i]);
      } else {
        out.setNull(i, count);
      }
    }
  }

  @Override
  public void clear() {
    best = new long[16];
    seen = new boolean[16];
  }

  @Override
  public long heapBytes() {
    return 9L * best.length;
  }

  @Override
  public int words() {
    return 2;
  }

  @Override
  public void save(int from, int count, Vector[] out, int at) {
    for (int i = 0; i < count; i++) {
      out[at].setLong(i, best[from + i]);
      out[at + 1].setLong(i, seen[from + i] ? 1 : 0);
    }
  }

  @Override
  public void absorb(Vector[] in, int at, Batch batch, int[] groups) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (in[at + 1].getLong(row) != 0) {
        offer(groups[i], in[at].getLong(row));
      }
    }
  }
}
