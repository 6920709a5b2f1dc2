package io.sabot.exec.aggregate;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// `count(*)` (no argument) and `count(x)`.
final class CountState implements AggregateState {
  private final @Nullable VectorExpr arg;
  private long[] counts = new long[16];

  CountState(@Nullable VectorExpr arg) {
    this.arg = arg;
  }

  @Override
  public void ensure(int groups) {
    if (counts.length < groups) {
      counts = Arrays.copyOf(counts, Math.max(groups, counts.length * 2));
    }
  }

  @Override
  public void update(Batch batch, int[] groups) {
    Vector in = arg == null ? null : arg.eval(batch);
    for (int i = 0; i < batch.count(); i++) {
      if (in == null || !in.isNull(batch.row(i))) {
        counts[groups[i]]++;
      }
    }
  }

  @Override
  public void merge(AggregateState other, int[] mapping) {
    long[] theirs = ((CountState) other).counts;
    for (int g = 0; g < mapping.length; g++) {
      counts[mapping[g]] += theirs[g];
    }
  }

  @Override
  public void emit(int from, int count, Vector out) {
    out.reset(count);
    for (int i = 0; i < count; i++) {
      out.setLong(i, counts[from + i]);
    }
  }

  @Override
  public void clear() {
    counts = new long[16];
  }

  @Override
  public long heapBytes() {
    return 8L * counts.length;
  }

  @Override
  public int words() {
    return 1;
  }

  @Override
  public void save(int from, int count, Vector[] out, int at) {
    for (int i = 0; i < count; i++) {
      out[at].setLong(i, counts[from + i]);
    }
  }

  @Override
  public void absorb(Vector[] in, int at, Batch batch, int[] groups) {
    for (int i = 0; i < batch.count(); i++) {
      counts[groups[i]] += in[at].getLong(batch.row(i));
    }
  }
}
