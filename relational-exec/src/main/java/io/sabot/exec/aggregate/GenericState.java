package io.sabot.exec.aggregate;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.exec.memory.HeapSize;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.function.AggregateFunction;
import io.sabot.plan.function.AggregateFunction.Accumulator;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Ordering;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;

/// Any aggregate through its accumulator over values, with an optional order of its rows.
final class GenericState implements AggregateState {
  private static final long BYTES_A_GROUP = 64;

  private final AggregateFunction function;
  private final List<VectorExpr> args;
  private final List<Type> types;
  private final List<VectorExpr> orderExprs;
  private final List<SortKey> orderBy;
  private final Type resultType;
  private final QueryRun run;
  private final List<Accumulator> accumulators = new ArrayList<>();
  private final List<List<Value[]>> ordered = new ArrayList<>();
  private long reserved;

  GenericState(
      AggregateFunction function,
      List<VectorExpr> args,
      List<Type> types,
      List<SortKey> orderBy,
      List<VectorExpr> orderExprs,
      Type resultType,
      QueryRun run) {
    this.function = function;
    this.args = args;
    this.types = types;
    this.orderBy = orderBy;
    this.orderExprs = orderExprs;
    this.resultType = resultType;
    this.run = run;
  }

  @Override
  public void ensure(int groups) {
    while (accumulators.size() < groups) {
      accumulators.add(function.accumulator().get());
      ordered.add(new ArrayList<>());
      reserve(BYTES_A_GROUP);
    }
  }

  @Override
  public void update(Batch batch, int[] groups) {
    Vector[] in = evalAll(args, batch);
    Vector[] keys = evalAll(orderExprs, batch);
    long kept = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      Value[] values = new Value[in.length + keys.length];
      for (int a = 0; a < in.length; a++) {
        values[a] = Cells.get(in[a], row, types.get(a), run.dictionary());
      }
      if (orderBy.isEmpty()) {
        Accumulator accumulator = accumulators.get(groups[i]);
        accumulator.add(values);
        kept += accumulator.keepsRows() ? HeapSize.of(values) : 0;
      } else {
        for (int k = 0; k < keys.length; k++) {
          values[in.length + k] =
              Cells.get(keys[k], row, orderBy.get(k).expr().type(), run.dictionary());
        }
        ordered.get(groups[i]).add(values);
        kept += HeapSize.of(values);
      }
    }
    reserve(kept);
  }

  private void reserve(long bytes) {
    run.memory().reserveHeap(bytes);
    reserved += bytes;
  }

  private static Vector[] evalAll(List<VectorExpr> exprs, Batch batch) {
    Vector[] vectors = new Vector[exprs.size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = exprs.get(i).eval(batch);
    }
    return vectors;
  }

  @Override
  public boolean canMerge() {
    return false;
  }

  @Override
  public void merge(AggregateState other, int[] mapping) {
    throw new IllegalStateException(function + " does not merge");
  }

  @Override
  public void emit(int from, int count, Vector out) {
    out.reset(count);
    for (int i = 0; i < count; i++) {
      Accumulator accumulator = accumulators.get(from + i);
      List<Value[]> rows = ordered.get(from + i);
      if (!rows.isEmpty()) {
        rows.sort(this::compareRows);
        rows.forEach(accumulator::add);
      }
      Cells.set(out, i, accumulator.result(), resultType, run.dictionary(), count);
    }
  }

  @Override
  public void clear() {
    accumulators.clear();
    ordered.clear();
    run.memory().reserveHeap(-reserved);
    reserved = 0;
  }

  @Override
  public long heapBytes() {
    return 0;
  }

  private int compareRows(Value[] a, Value[] b) {
    int at = a.length - orderBy.size();
    for (int k = 0; k < orderBy.size(); k++) {
      SortKey key = orderBy.get(k);
      Value x = a[at + k];
      Value y = b[at + k];
      int order;
      if (x.isNull() || y.isNull()) {
        order = x.isNull() == y.isNull() ? 0 : x.isNull() == key.nullsFirst() ? -1 : 1;
      } else {
        order = Ordering.comparator(key.mode()).compare(x, y) * (key.descending() ? -1 : 1);
      }
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  @Override
  public long growingBytes() {
    return reserved;
  }

  @Override
  public int words() {
    throw new IllegalStateException("values of aggregates are not saved");
  }

  @Override
  public void save(int from, int count, Vector[] out, int at) {
    throw new IllegalStateException("values of aggregates are not saved");
  }

  @Override
  public void absorb(Vector[] in, int at, Batch batch, int[] groups) {
    throw new IllegalStateException("values of aggregates are not saved");
  }
}
