package io.sabot.exec.aggregate;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import org.jspecify.annotations.Nullable;

/// Passes on only the rows for which `FILTER (WHERE ...)` is true.
record FilteredState(AggregateState inner, VectorExpr filter) implements AggregateState {
  @Override
  public void ensure(int groups) {
    inner.ensure(groups);
  }

  @Override
  public void update(Batch batch, int[] groups) {
    int rows = batch.rows();
    int @Nullable [] selection = batch.selection();
    int count = batch.count();
    Vector keep = filter.eval(batch);
    int[] kept = new int[count];
    int[] keptGroups = new int[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = batch.row(i);
      if (!keep.isNull(row) && keep.getBool(row)) {
        kept[n] = row;
        keptGroups[n++] = groups[i];
      }
    }
    batch.select(rows, kept, n);
    inner.update(batch, keptGroups);
    batch.select(rows, selection, count);
  }

  @Override
  public boolean canMerge() {
    return inner.canMerge();
  }

  @Override
  public void merge(AggregateState other, int[] mapping) {
    inner.merge(((FilteredState) other).inner, mapping);
  }

  @Override
  public void emit(int from, int count, Vector out) {
    inner.emit(from, count, out);
  }

  @Override
  public void clear() {
    inner.clear();
  }

  @Override
  public long heapBytes() {
    return inner.heapBytes();
  }

  @Override
  public long growingBytes() {
    return inner.growingBytes();
  }

  @Override
  public int words() {
    return inner.words();
  }

  @Override
  public void save(int from, int count, Vector[] out, int at) {
    inner.save(from, count, out, at);
  }

  @Override
  public void absorb(Vector[] in, int at, Batch batch, int[] groups) {
    inner.absorb(in, at, batch, groups);
  }
}
