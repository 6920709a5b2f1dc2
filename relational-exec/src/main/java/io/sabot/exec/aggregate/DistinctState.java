package io.sabot.exec.aggregate;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.exec.hash.KeyForm;
import io.sabot.exec.hash.KeyTable;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.type.Physical;
import io.sabot.plan.value.EqMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Passes on to another state only the rows whose arguments are new in their group.
final class DistinctState implements AggregateState {
  private final AggregateState inner;
  private final List<VectorExpr> args;
  private final List<KeyForm> forms = new ArrayList<>();
  private final KeyTable table;
  private final Vector groupKey;
  private int[] found = new int[Batch.ROWS_MAX];

  DistinctState(
      AggregateState inner,
      List<VectorExpr> args,
      List<Physical> kinds,
      EqMode mode,
      QueryRun run) {
    this.inner = inner;
    this.args = args;
    List<Physical> tableKinds = new ArrayList<>(List.of(Physical.LONG));
    for (Physical kind : kinds) {
      forms.add(new KeyForm(kind, mode, run));
      tableKinds.add(kind);
    }
    this.table = new KeyTable(tableKinds, run.memory());
    this.groupKey = new Vector(Physical.LONG, run.memory());
  }

  @Override
  public void ensure(int groups) {
    inner.ensure(groups);
  }

  @Override
  public void update(Batch batch, int[] groups) {
    int count = batch.count();
    if (found.length < count) {
      found = new int[count];
    }
    Vector[] keys = new Vector[args.size() + 1];
    groupKey.reset(batch.rows());
    for (int i = 0; i < count; i++) {
      groupKey.setLong(batch.row(i), groups[i]);
    }
    keys[0] = groupKey;
    for (int a = 0; a < args.size(); a++) {
      keys[a + 1] = forms.get(a).of(args.get(a).eval(batch), batch);
    }
    int before = table.size();
    table.findOrAdd(keys, batch, found);
    passNew(batch, groups, before);
  }

  /// New keys got ascending numbers from `before` on, at their first row.
  private void passNew(Batch batch, int[] groups, int before) {
    int rows = batch.rows();
    int @Nullable [] selection = batch.selection();
    int count = batch.count();
    int[] fresh = new int[count];
    int[] freshGroups = new int[count];
    int expected = before;
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (found[i] == expected) {
        fresh[n] = batch.row(i);
        freshGroups[n++] = groups[i];
        expected++;
      }
    }
    batch.select(rows, fresh, n);
    inner.update(batch, freshGroups);
    batch.select(rows, selection, count);
  }

  @Override
  public boolean canMerge() {
    return false;
  }

  @Override
  public void merge(AggregateState other, int[] mapping) {
    throw new IllegalStateException("distinct aggregates do not merge");
  }

  @Override
  public void emit(int from, int count, Vector out) {
    inner.emit(from, count, out);
  }

  @Override
  public void clear() {
    inner.clear();
    table.release();
  }

  @Override
  public long heapBytes() {
    return inner.heapBytes();
  }

  @Override
  public long growingBytes() {
    return table.capacityBytes() + inner.growingBytes();
  }

  @Override
  public int words() {
    throw new IllegalStateException("distinct aggregates are not saved");
  }

  @Override
  public void save(int from, int count, Vector[] out, int at) {
    throw new IllegalStateException("distinct aggregates are not saved");
  }

  @Override
  public void absorb(Vector[] in, int at, Batch batch, int[] groups) {
    throw new IllegalStateException("distinct aggregates are not saved");
  }
}
