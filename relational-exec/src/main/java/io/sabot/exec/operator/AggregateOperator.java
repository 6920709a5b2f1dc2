package io.sabot.exec.operator;

import io.sabot.exec.aggregate.AggregateState;
import io.sabot.exec.aggregate.AggregateStates;
import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.hash.KeyForm;
import io.sabot.exec.hash.KeyTable;
import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Physical;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Hash aggregation. Each worker groups its own rows; the groups are merged at the end. Aggregates
/// whose states cannot be merged run on one worker.
final class AggregateOperator extends Operator {
  private final Operator input;
  private final PhysicalNode.Aggregate node;
  private final List<List<Column>> sets;
  private final boolean mergeable;
  private final AtomicInteger next = new AtomicInteger();
  private @Nullable Groups result;

  AggregateOperator(Operator input, PhysicalNode.Aggregate node, BuildContext context) {
    super(node.columns(), context);
    this.input = input;
    this.node = node;
    this.sets = node.groupingSets().isEmpty() ? List.of(node.keys()) : node.groupingSets();
    this.mergeable =
        sets.size() == 1 && new Groups().states.stream().allMatch(AggregateState::canMerge);
  }

  @Override
  public void prepare() {
    input.prepare();
    int workers = mergeable ? Math.min(run().workers().parallelism(), input.streams()) : 1;
    Groups[] groups = new Groups[Math.max(1, workers)];
    for (int w = 0; w < groups.length; w++) {
      groups[w] = new Groups();
    }
    drain(input, groups.length, (worker, batch) -> groups[worker].add(batch));
    for (int w = 1; w < groups.length; w++) {
      groups[0].merge(groups[w]);
    }
    result = groups[0];
    result.addEmptySets();
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    List<Column> produced = new ArrayList<>(node.keys());
    node.calls().forEach(call -> produced.add(call.out()));
    Groups groups = result;
    if (groups == null) {
      throw new IllegalStateException("aggregate opened before it was prepared");
    }
    return Columns.pick(new Emit(groups, produced), produced, columns());
  }

  /// The groups of one worker.
  private final class Groups {
    private final List<AggregateState> states = new ArrayList<>();
    private final int[] keyPositions;
    private final List<KeyForm> forms = new ArrayList<>();
    private final KeyTable table;
    private final @Nullable RowStore originals;
    private final Vector setNumber;
    private int[] numbers = new int[Batch.ROWS_MAX];

    Groups() {
      ExprCompiler compiler = compiler(input.columns());
      List<Physical> kinds = new ArrayList<>(kinds(node.keys()));
      keyPositions = new int[kinds.size()];
      boolean changes = false;
      for (int k = 0; k < keyPositions.length; k++) {
        keyPositions[k] = position(input.columns(), node.keys().get(k));
        forms.add(new KeyForm(kinds.get(k), node.keyMode(), run()));
        changes |= KeyForm.changesValues(kinds.get(k), node.keyMode());
      }
      originals = changes ? new RowStore(kinds, run().memory()) : null;
      if (sets.size() > 1) {
        kinds.add(Physical.LONG);
      }
      table = new KeyTable(kinds, run().memory());
      setNumber = new Vector(Physical.LONG, run().memory());
      for (AggregateCall call : node.calls()) {
        states.add(AggregateStates.open(call, compiler, run()));
      }
    }

    void add(Batch batch) {
      if (numbers.length < batch.count()) {
        numbers = new int[batch.count()];
      }
      if (keyPositions.length == 0 && sets.size() == 1) {
        java.util.Arrays.fill(numbers, 0, batch.count(), 0);
        addEmptyGroup();
        states.forEach(state -> state.update(batch, numbers));
        return;
      }
      for (int s = 0; s < sets.size(); s++) {
        addSet(batch, s);
      }
    }

    private void addSet(Batch batch, int set) {
      findGroups(batch, set);
      states.forEach(state -> state.update(batch, numbers));
    }

    /// Numbers the groups of a set that the rows belong to.
    private void findGroups(Batch batch, int set) {
      Vector[] values = new Vector[keyPositions.length];
      Vector[] keys = new Vector[keyPositions.length + (sets.size() > 1 ? 1 : 0)];
      for (int k = 0; k < keyPositions.length; k++) {
        values[k] =
            sets.get(set).contains(node.keys().get(k))
                ? batch.vector(keyPositions[k])
                : nulls(node.keys().get(k), batch.rows());
        keys[k] = forms.get(k).of(values[k], batch);
      }
      if (sets.size() > 1) {
        setNumber.reset(batch.rows());
        for (int i = 0; i < batch.rows(); i++) {
          setNumber.setLong(i, set);
        }
        keys[keyPositions.length] = setNumber;
      }
      int before = table.size();
      table.findOrAdd(keys, batch, numbers);
      keepOriginals(values, batch, before);
      states.forEach(state -> state.ensure(table.size()));
    }

    private Vector nulls(Column column, int rows) {
      Vector vector = new Vector(column.type().physical(), run().memory());
      vector.reset(rows);
      for (int row = 0; row < rows; row++) {
        vector.setNull(row, rows);
      }
      return vector;
    }

    private void keepOriginals(Vector[] values, Batch batch, int before) {
      if (originals == null) {
        return;
      }
      int expected = before;
      for (int i = 0; i < batch.count() && expected < table.size(); i++) {
        if (numbers[i] == expected) {
          originals.appendRow(values, batch.row(i));
          expected++;
        }
      }
    }

    /// A grouping by nothing has one group, also over no rows.
    void addEmptySets() {
      if (node.keys().isEmpty() && sets.size() == 1) {
        addEmptyGroup();
        return;
      }
      Batch row = new Batch(new Vector[0]);
      row.all(1);
      for (int s = 0; s < sets.size(); s++) {
        if (sets.get(s).isEmpty()) {
          findGroups(row, s);
        }
      }
    }

    void addEmptyGroup() {
      states.forEach(state -> state.ensure(1));
    }

    int size() {
      return node.keys().isEmpty() && sets.size() == 1 ? 1 : table.size();
    }

    Vector key(int k) {
      return originals != null ? originals.column(k) : table.keyColumn(k);
    }

    void merge(Groups other) {
      int count = other.keyPositions.length == 0 ? 1 : other.table.size();
      int[] mapping = new int[count];
      if (other.keyPositions.length > 0) {
        Batch batch = new Batch(other.table.keys().columns());
        batch.all(count);
        int before = table.size();
        table.findOrAdd(other.table.keys().columns(), batch, mapping);
        if (originals != null && other.originals != null) {
          int expected = before;
          for (int i = 0; i < count; i++) {
            if (mapping[i] == expected) {
              originals.appendRow(other.originals.columns(), i);
              expected++;
            }
          }
        }
      }
      for (int s = 0; s < states.size(); s++) {
        other.states.get(s).ensure(count);
        states.get(s).ensure(Math.max(1, table.size()));
        states.get(s).merge(other.states.get(s), mapping);
      }
    }
  }

  /// Delivers the groups.
  private final class Emit implements BatchStream {
    private final Groups groups;
    private final Batch batch;
    private final int[] indexes = new int[Batch.ROWS_MAX];

    Emit(Groups groups, List<Column> produced) {
      this.groups = groups;
      Vector[] vectors = new Vector[produced.size()];
      for (int c = 0; c < vectors.length; c++) {
        vectors[c] = new Vector(produced.get(c).type().physical(), run().memory());
      }
      this.batch = new Batch(vectors);
    }

    @Override
    public @Nullable Batch next() {
      int from = next.getAndAdd(run().batchRows());
      if (from >= groups.size()) {
        return null;
      }
      int count = Math.min(run().batchRows(), groups.size() - from);
      for (int i = 0; i < count; i++) {
        indexes[i] = from + i;
      }
      int keys = node.keys().size();
      for (int k = 0; k < keys; k++) {
        batch.vector(k).gather(groups.key(k), indexes, count);
      }
      for (int s = 0; s < groups.states.size(); s++) {
        groups.states.get(s).emit(from, count, batch.vector(keys + s));
      }
      batch.all(count);
      return batch;
    }
  }
}
