package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.hash.KeyTable;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.type.Physical;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows by key: a key table and, for each key, the chain of its rows. Rows with a null in the key
/// are in no chain. Not changed any more once it is probed. Keys of one 64-bit word that lie close
/// together are found by their distance from the least one, without the table.
final class JoinIndex {
  private static final int NONE = -1;
  private static final int FIRST_ROOM = 16;

  /// How many places to have for keys that may be there, at most: in any case, and for each key.
  private static final int SPAN_ALWAYS = 1 << 16;

  private static final int SPAN_A_KEY = 8;

  private final KeyTable table;
  private final QueryMemory memory;
  private long reserved;
  private int[] first = new int[FIRST_ROOM];
  private int[] next = new int[FIRST_ROOM];
  private int[] nullKeyRows = new int[FIRST_ROOM];
  private int nullKeys;
  private int rows;
  private final boolean isWord;

  /// The first row of each key and 1, by distance from `least`; null where keys are far apart.
  private int @Nullable [] direct;

  private long least;

  JoinIndex(List<Physical> kinds, QueryMemory memory) {
    table = new KeyTable(kinds, memory);
    this.memory = memory;
    this.isWord = kinds.equals(List.of(Physical.LONG));
  }

  /// How much memory it holds.
  long capacityBytes() {
    int[] places = direct;
    return table.capacityBytes()
        + 4L * (first.length + next.length + nullKeyRows.length)
        + (places == null ? 0 : 4L * places.length);
  }

  /// How much memory would be allocated to add the selected rows.
  long growthBytes(Vector[] keys, int @Nullable [] selection, int count) {
    long bytes = table.growthBytes(keys, selection, count);
    bytes += 4 * growth(next.length, rows + count);
    return bytes + 4 * growth(first.length, table.size() + count);
  }

  private static long growth(int room, int need) {
    return need <= room ? 0 : Math.max(need, 2L * room);
  }

  /// Forgets all rows and gives their memory back.
  void clear() {
    table.release();
    first = new int[FIRST_ROOM];
    next = new int[FIRST_ROOM];
    nullKeyRows = new int[FIRST_ROOM];
    nullKeys = 0;
    rows = 0;
    direct = null;
    reserve(0);
  }

  private void reserve(long bytes) {
    memory.reserveHeap(bytes - reserved);
    reserved = bytes;
  }

  /// Adds the selected rows of a batch; the `i`-th becomes row `rows() + i`.
  void add(Vector[] keys, Batch batch) {
    int count = batch.count();
    if (next.length < rows + count) {
      int size = Math.max(rows + count, next.length * 2);
      reserve(4L * (size + first.length));
      next = Arrays.copyOf(next, size);
    }
    int[] kept = new int[count];
    int[] numbers = new int[count];
    int[] keptRow = new int[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = batch.row(i);
      if (hasNull(keys, row)) {
        if (nullKeys == nullKeyRows.length) {
          nullKeyRows = Arrays.copyOf(nullKeyRows, nullKeys * 2);
        }
        nullKeyRows[nullKeys++] = rows + i;
        next[rows + i] = NONE;
      } else {
        kept[n] = row;
        keptRow[n++] = rows + i;
      }
    }
    Batch keyed = new Batch(keys);
    keyed.select(batch.rows(), kept, n);
    table.findOrAdd(keys, keyed, numbers);
    link(numbers, keptRow, n);
    rows += count;
  }

  private void link(int[] numbers, int[] keptRow, int count) {
    if (first.length < table.size()) {
      int old = first.length;
      first = Arrays.copyOf(first, Math.max(table.size(), first.length * 2));
      reserve(4L * (next.length + first.length));
      Arrays.fill(first, old, first.length, 0);
    }
    for (int i = 0; i < count; i++) {
      next[keptRow[i]] = first[numbers[i]] - 1;
      first[numbers[i]] = keptRow[i] + 1;
    }
  }

  /// No more rows come.
  void complete() {
    if (!isWord || table.size() == 0) {
      return;
    }
    Vector keys = table.keyColumn(0);
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    for (int key = 0; key < table.size(); key++) {
      from = Math.min(from, keys.getLong(key));
      to = Math.max(to, keys.getLong(key));
    }
    long span = to - from;
    long most = Math.max(SPAN_ALWAYS, (long) SPAN_A_KEY * table.size());
    boolean isDense = span >= 0 && span < Math.min(most, Integer.MAX_VALUE - 8);
    if (!isDense || !memory.mayGrow(capacityBytes(), 4 * (span + 1), 1)) {
      return;
    }
    reserve(reserved + 4 * (span + 1));
    int[] places = new int[(int) span + 1];
    for (int key = 0; key < table.size(); key++) {
      places[(int) (keys.getLong(key) - from)] = first[key];
    }
    direct = places;
    least = from;
  }

  static boolean hasNull(Vector[] keys, int row) {
    for (Vector key : keys) {
      if (key.isNull(row)) {
        return true;
      }
    }
    return false;
  }

  /// The first row of the key of each selected row, -1 for none.
  void findFirst(Vector[] keys, Batch batch, int[] out) {
    int[] places = direct;
    if (places != null) {
      findDirect(places, keys[0], batch, out);
      return;
    }
    table.find(keys, batch, out);
    for (int i = 0; i < batch.count(); i++) {
      if (out[i] >= 0) {
        out[i] = hasNull(keys, batch.row(i)) ? NONE : first[out[i]] - 1;
      }
    }
  }

  private void findDirect(int[] places, Vector key, Batch batch, int[] out) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      long at = key.getLong(row) - least;
      boolean near = at >= 0 && at < places.length;
      out[i] = near && !key.isNull(row) ? places[(int) at] - 1 : NONE;
    }
  }

  /// Whether no two rows have the same key.
  boolean isUnique() {
    return table.size() + nullKeys == rows;
  }

  /// How many distinct keys there are.
  int keys() {
    return table.size();
  }

  /// One column of all distinct keys.
  Vector keyColumn(int column) {
    return table.keyColumn(column);
  }

  int nextRow(int row) {
    return next[row];
  }

  int rows() {
    return rows;
  }

  /// How many rows have a null in their key.
  int nullKeys() {
    return nullKeys;
  }

  /// The `i`-th of them.
  int nullKeyRow(int i) {
    return nullKeyRows[i];
  }
}
