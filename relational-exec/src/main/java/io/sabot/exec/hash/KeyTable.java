package io.sabot.exec.hash;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.type.Physical;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The distinct keys of some rows, each with a number from 0 in order of first sight. Linear
/// probing; a slot has the number and half of the hash, so that other keys are passed over without
/// a look at them; null equals null. Written by one thread; safe to {@link #find} from many once
/// complete.
public final class KeyTable {
  private static final int INITIAL_SLOTS = 1 << 10;

  private final RowStore keys;
  private final QueryMemory memory;
  private final boolean singleWord;

  /// Number and 1 in the lower half, the upper half of the hash in the upper half; 0 for none.
  private long[] slots = new long[INITIAL_SLOTS];

  private long[] hashes = new long[INITIAL_SLOTS / 2];
  private long reserved;

  public KeyTable(List<Physical> kinds, QueryMemory memory) {
    this.keys = new RowStore(kinds, memory);
    this.memory = memory;
    this.singleWord =
        kinds.size() == 1
            && (kinds.getFirst() == Physical.LONG || kinds.getFirst() == Physical.TERM);
    account();
  }

  public int size() {
    return keys.rows();
  }

  /// Key column `index` of all keys, by key number.
  public Vector keyColumn(int index) {
    return keys.column(index);
  }

  /// The hash of a key, as {@link Hashing} has it.
  public long hash(int key) {
    return hashes[key];
  }

  /// How much memory the table holds.
  public long capacityBytes() {
    return keys.capacityBytes() + 8L * slots.length + 8L * hashes.length;
  }

  /// How much memory would be allocated if the selected rows were all new.
  public long growthBytes(Vector[] in, int @Nullable [] selection, int count) {
    long after = keys.rows() + (long) count;
    long bytes = keys.growthBytes(in, selection, count);
    bytes += after > hashes.length ? 8 * Math.max(after, 2L * hashes.length) : 0;
    return bytes + (2 * after > slots.length ? 8 * Math.max(2 * after, 2L * slots.length) : 0);
  }

  public RowStore keys() {
    return keys;
  }

  /// Numbers of the keys of the selected rows, adding those not seen; `out[i]` is that of the
  /// `i`-th.
  public void findOrAdd(Vector[] in, Batch batch, int[] out) {
    long[] hash = hashesOf(in, batch);
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      int slot = slot(hash[i], in, row);
      int entry = (int) slots[slot];
      out[i] = entry == 0 ? add(in, row, hash[i], slot) : entry - 1;
    }
  }

  /// Numbers of the keys of the selected rows, -1 for those not in the table.
  public void find(Vector[] in, Batch batch, int[] out) {
    long[] hash = hashesOf(in, batch);
    for (int i = 0; i < batch.count(); i++) {
      out[i] = (int) slots[slot(hash[i], in, batch.row(i))] - 1;
    }
  }

  /// The slot of a key, or the free one where it would be.
  private int slot(long hash, Vector[] in, int row) {
    long tag = hash >>> 32;
    int slot = (int) hash & (slots.length - 1);
    long entry;
    while ((entry = slots[slot]) != 0
        && (entry >>> 32 != tag || !matches((int) entry - 1, hash, in, row))) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private static long[] hashesOf(Vector[] in, Batch batch) {
    long[] hash = new long[batch.count()];
    Hashing.hash(in, batch, hash);
    return hash;
  }

  private boolean matches(int key, long hash, Vector[] in, int row) {
    if (singleWord) {
      Vector stored = keys.column(0);
      // What lies under a null is undefined, so nulls are equal whatever their words are.
      return stored.getLong(key) == in[0].getLong(row)
          ? stored.isNull(key) == in[0].isNull(row)
          : stored.isNull(key) && in[0].isNull(row);
    }
    if (hashes[key] != hash) {
      return false;
    }
    for (int k = 0; k < in.length; k++) {
      if (!equal(keys.column(k), key, in[k], row)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equal(Vector a, int rowA, Vector b, int rowB) {
    boolean nullA = a.isNull(rowA);
    if (nullA || b.isNull(rowB)) {
      return nullA == b.isNull(rowB);
    }
    return switch (a.kind()) {
      case BOOL -> a.getBool(rowA) == b.getBool(rowB);
      case LONG, DOUBLE, TERM -> a.getLong(rowA) == b.getLong(rowB);
      case DECIMAL ->
          a.getLong(rowA) == b.getLong(rowB)
              && (!a.isWide() && !b.isWide() || a.getUnscaled(rowA).equals(b.getUnscaled(rowB)));
      case STRING ->
          a.stringLength(rowA) == b.stringLength(rowB)
              && java.lang.foreign.MemorySegment.mismatch(
                      a.bytes(),
                      a.stringOffset(rowA),
                      a.stringOffset(rowA) + a.stringLength(rowA),
                      b.bytes(),
                      b.stringOffset(rowB),
                      b.stringOffset(rowB) + b.stringLength(rowB))
                  == -1;
    };
  }

  private int add(Vector[] in, int row, long hash, int slot) {
    int key = keys.rows();
    keys.appendRow(in, row);
    if (key >= hashes.length) {
      hashes = Arrays.copyOf(hashes, hashes.length * 2);
    }
    hashes[key] = hash;
    slots[slot] = entry(key, hash);
    if (keys.rows() * 2 > slots.length) {
      rehash();
    }
    return key;
  }

  private static long entry(int key, long hash) {
    return hash >>> 32 << 32 | (key + 1);
  }

  private void rehash() {
    slots = new long[slots.length * 2];
    for (int key = 0; key < keys.rows(); key++) {
      int slot = (int) hashes[key] & (slots.length - 1);
      while (slots[slot] != 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = entry(key, hashes[key]);
    }
    account();
  }

  private void account() {
    long bytes = 8L * slots.length + 8L * hashes.length;
    memory.reserveHeap(bytes - reserved);
    reserved = bytes;
  }

  /// Forgets all keys and gives their memory back; the table can be filled again.
  public void release() {
    keys.release();
    slots = new long[INITIAL_SLOTS];
    hashes = new long[INITIAL_SLOTS / 2];
    memory.reserveHeap(-reserved);
    reserved = 0;
  }
}
