package io.sabot.exec.operator;

import io.sabot.exec.aggregate.AggregateState;
import io.sabot.exec.aggregate.AggregateStates;
import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.hash.Hashing;
import io.sabot.exec.hash.KeyForm;
import io.sabot.exec.hash.KeyTable;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Physical;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The groups of one worker: their keys and the states of the aggregates.
///
/// When they do not fit in memory there are two ways. Groups whose states can be saved go to disk
/// ({@link #evict}) and come back as rows to be added up ({@link #absorb}). Otherwise no group is
/// added any more ({@link #freeze}): rows of the groups that are there go on to change them, and
/// the others go to disk as they are.
final class AggregateGroups {
  private static final int FIRST_ROOM = 16;

  /// Which part of its share a worker takes for a block of groups on their way to disk.
  private static final int EVICT_PART = 8;

  private static final int EVICT_ROWS_MIN = 64;

  /// How much more the states that keep rows, or their distinct values, are expected to grow while
  /// no group is added: as many times what they have.
  private static final int GROWTH = 3;

  private final PhysicalNode.Aggregate node;
  private final List<List<Column>> sets;
  private final List<Column> input;
  private final QueryRun run;
  private final int workers;
  private final List<AggregateState> states = new ArrayList<>();
  private final int[] keyPositions;
  private final List<KeyForm> forms = new ArrayList<>();
  private final KeyTable table;
  private final @Nullable RowStore originals;
  private final Vector setNumber;

  /// By key, a column of nulls for the sets that the key is not in.
  private final @Nullable Vector[] nullKeys;

  private int[] numbers = new int[Batch.ROWS_MAX];
  private @Nullable Partitions others;

  /// How many groups the states have room for, and what that takes.
  private int room = FIRST_ROOM;

  private long stateBytes;

  /// How many groups there were when {@link #fits} was asked last.
  private int asked = -1;

  /// @param sets what to group by; one, or several that are kept apart by their number
  /// @param workers how many share the memory of the operator
  AggregateGroups(
      PhysicalNode.Aggregate node,
      List<List<Column>> sets,
      List<Column> input,
      ExprCompiler compiler,
      QueryRun run,
      int workers) {
    this.node = node;
    this.sets = sets;
    this.input = input;
    this.run = run;
    this.workers = workers;
    List<Physical> kinds = new ArrayList<>(Operator.kinds(node.keys()));
    keyPositions = new int[kinds.size()];
    nullKeys = new Vector[kinds.size()];
    boolean changes = false;
    for (int k = 0; k < keyPositions.length; k++) {
      keyPositions[k] = Operator.position(input, node.keys().get(k));
      forms.add(new KeyForm(kinds.get(k), node.keyMode(), run));
      changes |= KeyForm.changesValues(kinds.get(k), node.keyMode());
    }
    originals = changes ? new RowStore(kinds, run.memory()) : null;
    if (sets.size() > 1) {
      kinds.add(Physical.LONG);
    }
    table = new KeyTable(kinds, run.memory());
    setNumber = new Vector(Physical.LONG, run.memory());
    for (AggregateCall call : node.calls()) {
      states.add(AggregateStates.open(call, compiler, run));
    }
  }

  boolean canMerge() {
    return sets.size() == 1 && states.stream().allMatch(AggregateState::canMerge);
  }

  /// Whether all rows are one group.
  private boolean isSingle() {
    return keyPositions.length == 0 && sets.size() == 1;
  }

  int size() {
    return isSingle() ? 1 : table.size();
  }

  Vector key(int k) {
    return originals != null ? originals.column(k) : table.keyColumn(k);
  }

  AggregateState state(int call) {
    return states.get(call);
  }

  // ---- rows

  /// Adds the selected rows of the input.
  void add(Batch batch) {
    makeRoom(batch);
    if (isSingle()) {
      Arrays.fill(numbers, 0, batch.count(), 0);
      addEmptyGroup();
      states.forEach(state -> state.update(batch, numbers));
      return;
    }
    for (int s = 0; s < sets.size(); s++) {
      addSet(batch, s);
    }
  }

  private void makeRoom(Batch batch) {
    if (numbers.length < batch.count()) {
      numbers = new int[batch.count()];
    }
  }

  private void addSet(Batch batch, int set) {
    Partitions elsewhere = others;
    if (elsewhere != null) {
      addKnown(batch, set, elsewhere);
      return;
    }
    findGroups(batch, set);
    states.forEach(state -> state.update(batch, numbers));
  }

  /// Numbers the groups of a set that the rows belong to.
  private void findGroups(Batch batch, int set) {
    Vector[] values = values(batch, set);
    Vector[] keys = keys(values, batch, set);
    int before = table.size();
    table.findOrAdd(keys, batch, numbers);
    keepOriginals(values, batch, before);
    ensureStates();
  }

  private Vector[] values(Batch batch, int set) {
    Vector[] values = new Vector[keyPositions.length];
    for (int k = 0; k < keyPositions.length; k++) {
      Column key = node.keys().get(k);
      values[k] =
          sets.get(set).contains(key) ? batch.vector(keyPositions[k]) : nulls(k, key, batch.rows());
    }
    return values;
  }

  private Vector[] keys(Vector[] values, Batch batch, int set) {
    Vector[] keys = new Vector[keyPositions.length + (sets.size() > 1 ? 1 : 0)];
    for (int k = 0; k < keyPositions.length; k++) {
      keys[k] = forms.get(k).of(values[k], batch);
    }
    if (sets.size() > 1) {
      setNumber.reset(batch.rows());
      for (int i = 0; i < batch.rows(); i++) {
        setNumber.setLong(i, set);
      }
      keys[keyPositions.length] = setNumber;
    }
    return keys;
  }

  private Vector nulls(int k, Column column, int rows) {
    Vector known = nullKeys[k];
    Vector vector = known == null ? new Vector(column.type().physical(), run.memory()) : known;
    nullKeys[k] = vector;
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

  private void ensureStates() {
    int groups = table.size();
    for (AggregateState state : states) {
      state.ensure(groups);
    }
    if (groups > room || stateBytes == 0) {
      room = Math.max(groups, groups > room ? 2 * room : room);
      accountStates();
    }
  }

  private void accountStates() {
    long bytes = 0;
    for (AggregateState state : states) {
      bytes += state.heapBytes();
    }
    run.memory().reserveHeap(bytes - stateBytes);
    stateBytes = bytes;
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

  private void addEmptyGroup() {
    states.forEach(state -> state.ensure(1));
  }

  // ---- other workers

  /// Whether the groups of another worker can be added without spilling.
  boolean fits(AggregateGroups other) {
    int count = other.table.size();
    return isSingle() || mayGrow(other.table.keys().columns(), null, count);
  }

  void merge(AggregateGroups other) {
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
    accountStates();
  }

  // ---- memory

  /// Whether rows of the input can be added without spilling, even if each were a new group. Where
  /// the last ones brought no new group, these are not asked.
  boolean fits(Batch batch) {
    if (table.size() == asked || table.size() == 0 || others != null) {
      asked = table.size();
      return true;
    }
    asked = table.size();
    Vector[] keys = new Vector[table.keys().columnCount()];
    for (int k = 0; k < keys.length; k++) {
      keys[k] = k < keyPositions.length ? batch.vector(keyPositions[k]) : setNumber;
    }
    return mayGrow(keys, batch.selection(), batch.count());
  }

  /// Whether saved groups can be absorbed without spilling.
  boolean fitsSaved(Batch batch) {
    return table.size() == 0 || mayGrow(batch.vectors(), batch.selection(), batch.count());
  }

  /// @param keys starts with the key columns
  private boolean mayGrow(Vector[] keys, int @Nullable [] selection, int count) {
    long held = table.capacityBytes() + stateBytes;
    long more = table.growthBytes(keys, selection, count);
    if (originals != null) {
      held += originals.capacityBytes();
      more += originals.growthBytes(keys, selection, count);
    }
    more += table.size() + count > room ? 2 * stateBytes : 0;
    more *= sets.size() > 1 ? 2 : 1;
    long growing = 0;
    for (AggregateState state : states) {
      growing += state.growingBytes();
    }
    held += growing;
    more += GROWTH * growing;
    return run.memory().mayGrow(held, more, workers);
  }

  /// Gives everything back; the groups can be filled again.
  void clear() {
    table.release();
    if (originals != null) {
      originals.release();
    }
    states.forEach(AggregateState::clear);
    room = FIRST_ROOM;
    run.memory().reserveHeap(-stateBytes);
    stateBytes = 0;
    others = null;
    asked = -1;
  }

  // ---- saved groups

  /// The columns of a saved group: its key, the values that the key stands for, and the states.
  List<Physical> savedKinds() {
    List<Physical> kinds = new ArrayList<>(Operator.kinds(node.keys()));
    if (originals != null) {
      kinds.addAll(Operator.kinds(node.keys()));
    }
    for (AggregateState state : states) {
      for (int w = 0; w < state.words(); w++) {
        kinds.add(Physical.LONG);
      }
    }
    return kinds;
  }

  /// Writes all groups to disk and forgets them.
  void evict(Partitions to) {
    List<Physical> kinds = savedKinds();
    Vector[] block = new Vector[kinds.size()];
    for (int c = 0; c < block.length; c++) {
      block[c] = new Vector(kinds.get(c), run.memory());
    }
    // There is little memory left: the blocks must not take much of it.
    long rowsMax = run.memory().shareBytes() / EVICT_PART / workers / (8L * block.length + 1);
    int blockRows = Math.clamp(rowsMax, EVICT_ROWS_MIN, Batch.ROWS_MAX);
    int[] indexes = new int[blockRows];
    long[] hashes = new long[blockRows];
    for (int from = 0; from < table.size(); from += blockRows) {
      run.check();
      int count = Math.min(blockRows, table.size() - from);
      for (int i = 0; i < count; i++) {
        indexes[i] = from + i;
        hashes[i] = table.hash(from + i);
      }
      save(block, from, count, indexes);
      to.add(block, null, count, hashes);
    }
    for (Vector vector : block) {
      vector.release();
    }
    clear();
  }

  private void save(Vector[] block, int from, int count, int[] indexes) {
    int width = keyPositions.length;
    int at = width;
    for (int k = 0; k < width; k++) {
      block[k].gather(table.keyColumn(k), indexes, count);
    }
    if (originals != null) {
      for (int k = 0; k < width; k++) {
        block[at++].gather(originals.column(k), indexes, count);
      }
    }
    for (int c = at; c < block.length; c++) {
      block[c].reset(count);
    }
    for (AggregateState state : states) {
      state.save(from, count, block, at);
      at += state.words();
    }
  }

  /// Adds groups that were saved.
  void absorb(Batch batch) {
    makeRoom(batch);
    int width = keyPositions.length;
    Vector[] keys = Arrays.copyOf(batch.vectors(), width);
    int before = table.size();
    table.findOrAdd(keys, batch, numbers);
    int at = width;
    if (originals != null) {
      keepOriginals(Arrays.copyOfRange(batch.vectors(), width, 2 * width), batch, before);
      at += width;
    }
    ensureStates();
    for (AggregateState state : states) {
      state.absorb(batch.vectors(), at, batch, numbers);
      at += state.words();
    }
  }

  // ---- rows of other groups

  /// From now on rows of groups that are not there go to `elsewhere`.
  void freeze(Partitions elsewhere) {
    others = elsewhere;
  }

  /// The columns of a row that goes elsewhere: the input's, and the number of its set where there
  /// are several.
  List<Physical> rowKinds() {
    List<Physical> kinds = new ArrayList<>(Operator.kinds(input));
    if (sets.size() > 1) {
      kinds.add(Physical.LONG);
    }
    return kinds;
  }

  private void addKnown(Batch batch, int set, Partitions elsewhere) {
    Vector[] keys = keys(values(batch, set), batch, set);
    table.find(keys, batch, numbers);
    int rows = batch.rows();
    int @Nullable [] selection = batch.selection();
    int count = batch.count();
    int[] known = new int[count];
    int[] knownGroups = new int[count];
    int[] unknown = new int[count];
    int n = 0;
    int m = 0;
    for (int i = 0; i < count; i++) {
      if (numbers[i] < 0) {
        unknown[m++] = batch.row(i);
      } else {
        known[n] = batch.row(i);
        knownGroups[n++] = numbers[i];
      }
    }
    if (m > 0) {
      batch.select(rows, unknown, m);
      long[] hashes = new long[m];
      Hashing.hash(keys, batch, hashes);
      elsewhere.add(rowsWithSet(batch), unknown, m, hashes);
    }
    if (n > 0) {
      batch.select(rows, known, n);
      states.forEach(state -> state.update(batch, knownGroups));
    }
    batch.select(rows, selection, count);
  }

  private Vector[] rowsWithSet(Batch batch) {
    Vector[] vectors = Arrays.copyOf(batch.vectors(), input.size() + (sets.size() > 1 ? 1 : 0));
    if (sets.size() > 1) {
      vectors[vectors.length - 1] = setNumber;
    }
    return vectors;
  }

  /// Adds rows that went elsewhere.
  void addAgain(Batch batch) {
    if (sets.size() == 1) {
      add(batch);
      return;
    }
    makeRoom(batch);
    Vector setOf = batch.vector(input.size());
    for (int s = 0; s < sets.size(); s++) {
      int[] rows = new int[batch.rows()];
      int n = 0;
      for (int row = 0; row < batch.rows(); row++) {
        if (setOf.getLong(row) == s) {
          rows[n++] = row;
        }
      }
      if (n > 0) {
        batch.select(batch.rows(), rows, n);
        addSet(batch, s);
      }
    }
  }
}
