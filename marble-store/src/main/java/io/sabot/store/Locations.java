package io.sabot.store;

import java.util.Arrays;

/// Where nodes (or edges) that a transaction created, moved or deleted are now. Consecutive
/// creations in one table take one entry together, so a bulk load stays small.
final class Locations {
  static final long DELETED = -1;

  /// Result of {@link #find}: the transaction does not know the entity.
  static final int UNKNOWN = -1;

  private long[] firstIds = new long[16];
  private long[] firstRows = new long[16];
  private int[] tables = new int[16];
  private int[] sizes = new int[16];
  private int extents;

  private long[] keys = new long[64];
  private long[] rows = new long[64];
  private int[] numbers = new int[64];
  private int moved;

  /// What each {@link #moved} replaced, in order: id, row, number.
  private long[] undo = new long[3 * 16];

  private int undoCount;

  /// What the last {@link #find} found: the row address, or {@link #DELETED}.
  long row;

  /// Remembers a new entity; numbers are ascending.
  void created(long id, int number, long address) {
    int last = extents - 1;
    boolean continues =
        last >= 0
            && firstIds[last] + sizes[last] == id
            && firstRows[last] + sizes[last] == address
            && tables[last] == number;
    if (continues) {
      sizes[last]++;
      return;
    }
    if (extents == firstIds.length) {
      firstIds = Arrays.copyOf(firstIds, 2 * extents);
      firstRows = Arrays.copyOf(firstRows, 2 * extents);
      tables = Arrays.copyOf(tables, 2 * extents);
      sizes = Arrays.copyOf(sizes, 2 * extents);
    }
    firstIds[extents] = id;
    firstRows[extents] = address;
    tables[extents] = number;
    sizes[extents] = 1;
    extents++;
  }

  /// Remembers that an entity is elsewhere now, or deleted.
  void moved(long id, int number, long address) {
    if (2 * (moved + 1) > keys.length) {
      grow();
    }
    int slot = slot(keys, id);
    boolean isNew = keys[slot] == 0;
    moved += isNew ? 1 : 0;
    remember(id, isNew ? 0 : rows[slot], isNew ? UNKNOWN : numbers[slot]);
    keys[slot] = id;
    rows[slot] = address;
    numbers[slot] = number;
  }

  private void remember(long id, long oldRow, int oldNumber) {
    if (3 * undoCount == undo.length) {
      undo = Arrays.copyOf(undo, 2 * undo.length);
    }
    undo[3 * undoCount] = id;
    undo[3 * undoCount + 1] = oldRow;
    undo[3 * undoCount + 2] = oldNumber;
    undoCount++;
  }

  /// A point to go back to.
  record Mark(int extents, int lastSize, int undoCount) {
    static final Mark START = new Mark(0, 0, 0);
  }

  Mark mark() {
    return new Mark(extents, extents == 0 ? 0 : sizes[extents - 1], undoCount);
  }

  void rollbackTo(Mark mark) {
    extents = mark.extents;
    if (extents > 0) {
      sizes[extents - 1] = mark.lastSize;
    }
    while (undoCount > mark.undoCount) {
      undoCount--;
      int slot = slot(keys, undo[3 * undoCount]);
      rows[slot] = undo[3 * undoCount + 1];
      numbers[slot] = (int) undo[3 * undoCount + 2];
    }
  }

  private static int slot(long[] keys, long id) {
    int mask = keys.length - 1;
    int slot = (int) (id * 0x9E3779B97F4A7C15L >>> 40) & mask;
    while (keys[slot] != 0 && keys[slot] != id) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldRows = rows;
    int[] oldNumbers = numbers;
    keys = new long[2 * oldKeys.length];
    rows = new long[keys.length];
    numbers = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(keys, oldKeys[i]);
        keys[slot] = oldKeys[i];
        rows[slot] = oldRows[i];
        numbers[slot] = oldNumbers[i];
      }
    }
  }

  /// The partition or type of an entity, with its address in {@link #row}; or {@link #UNKNOWN}.
  int find(long id) {
    int slot = slot(keys, id);
    if (keys[slot] == id && numbers[slot] != UNKNOWN) {
      row = rows[slot];
      return numbers[slot];
    }
    int at = Arrays.binarySearch(firstIds, 0, extents, id);
    int extent = at >= 0 ? at : -at - 2;
    if (extent >= 0 && id - firstIds[extent] < sizes[extent]) {
      row = firstRows[extent] + (id - firstIds[extent]);
      return tables[extent];
    }
    return UNKNOWN;
  }

  /// Whether the transaction itself created the entity.
  boolean isCreated(long id) {
    int at = Arrays.binarySearch(firstIds, 0, extents, id);
    int extent = at >= 0 ? at : -at - 2;
    return extent >= 0 && id - firstIds[extent] < sizes[extent];
  }
}
