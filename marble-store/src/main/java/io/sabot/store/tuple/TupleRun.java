package io.sabot.store.tuple;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.store.segment.Bits;
import io.sabot.store.segment.Layouts;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Sorted changes to a tuple set: each tuple once, added or removed. Immutable.
///
/// Stored little-endian: u8 version (1), u8 arity, u16 zero, i32 count, i32 CRC32C of byte 16 and
/// on, i32 zero; the tuples as i64; one bit a tuple, 1 = removed.
public final class TupleRun {
  private static final byte VERSION = 1;
  private static final int HEADER = 16;
  private static final int SHARED_ARITY_MAX = 4;
  private static final TupleRun[] EMPTY = new TupleRun[SHARED_ARITY_MAX + 1];

  static {
    Arrays.setAll(EMPTY, arity -> new TupleRun(arity, 0, new long[0], null));
  }

  private final int arity;
  private final int count;
  private final long[] rows;
  private final long @Nullable [] removed;
  private final int removedCount;

  TupleRun(int arity, int count, long[] rows, long @Nullable [] removed) {
    this.arity = arity;
    this.count = count;
    this.rows = rows;
    this.removed = removed;
    int bits = 0;
    if (removed != null) {
      for (long word : removed) {
        bits += Long.bitCount(word);
      }
    }
    this.removedCount = bits;
  }

  /// No changes.
  public static TupleRun none(int arity) {
    return empty(arity);
  }

  static TupleRun empty(int arity) {
    return arity < EMPTY.length ? EMPTY[arity] : new TupleRun(arity, 0, new long[0], null);
  }

  public int arity() {
    return arity;
  }

  public int count() {
    return count;
  }

  long[] rows() {
    return rows;
  }

  public boolean isRemoved(int row) {
    return removed != null && Bits.test(removed, row);
  }

  public long component(int row, int component) {
    return rows[row * arity + component];
  }

  /// Added minus removed.
  public long net() {
    return count - 2L * removedCount;
  }

  int bound(int from, long[] key, boolean after) {
    return Tuples.bound(rows, from, count, arity, key, after);
  }

  /// 1 when the tuple is added here, -1 when removed, 0 when not mentioned.
  public int sign(long[] tuple) {
    int at = bound(0, tuple, false);
    boolean found = at < count && Tuples.compare(rows, at * arity, tuple, 0, arity) == 0;
    return !found ? 0 : isRemoved(at) ? -1 : 1;
  }

  /// Whether a change lies in `[low, high]`.
  public boolean touches(long[] low, long[] high) {
    int at = bound(0, low, false);
    return at < count && Tuples.compare(rows, at * arity, high, 0, arity) <= 0;
  }

  /// Added minus removed among rows `[from, to)`.
  long net(int from, int to) {
    if (removedCount == 0) {
      return to - from;
    }
    long net = 0;
    for (int i = from; i < to; i++) {
      net += isRemoved(i) ? -1 : 1;
    }
    return net;
  }

  /// The changes within `[low, high]`, of all runs; where two mention a tuple the later run
  /// decides.
  static TupleRun slice(TupleRun[] runs, int arity, long[] low, long[] high) {
    TupleRun result = empty(arity);
    for (TupleRun run : runs) {
      int from = run.bound(0, low, false);
      int to = run.bound(from, high, true);
      if (from < to) {
        TupleRun part = from == 0 && to == run.count ? run : run.part(from, to);
        result = result.count == 0 ? part : merge(result, part);
      }
    }
    return result;
  }

  private TupleRun part(int from, int to) {
    Builder builder = new Builder(arity, to - from);
    for (int i = from; i < to; i++) {
      builder.add(rows, i, isRemoved(i));
    }
    return builder.build();
  }

  /// Both runs' changes. A tuple in both with opposite signs is back where it was: it drops out.
  static TupleRun merge(TupleRun older, TupleRun newer) {
    int arity = older.arity;
    Builder builder = new Builder(arity, older.count + newer.count);
    int left = 0;
    int right = 0;
    while (left < older.count || right < newer.count) {
      int order =
          left == older.count
              ? 1
              : right == newer.count
                  ? -1
                  : Tuples.compare(older.rows, left * arity, newer.rows, right * arity, arity);
      if (order < 0) {
        builder.add(older.rows, left, older.isRemoved(left));
        left++;
      } else if (order > 0) {
        builder.add(newer.rows, right, newer.isRemoved(right));
        right++;
      } else {
        if (older.isRemoved(left) == newer.isRemoved(right)) {
          builder.add(newer.rows, right, newer.isRemoved(right));
        }
        left++;
        right++;
      }
    }
    return builder.build();
  }

  /// The same changes with components in another order: component `i` is `positions[i]` of this
  /// run.
  public TupleRun permuted(int[] positions) {
    // One more word says what is removed, where anything is.
    int stride = removedCount == 0 ? arity : arity + 1;
    long[] out = new long[count * stride];
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < arity; c++) {
        out[i * stride + c] = rows[i * arity + positions[c]];
      }
      if (stride > arity) {
        out[i * stride + arity] = isRemoved(i) ? 1 : 0;
      }
    }
    long[] sorted = Tuples.sort(out, count, stride, unsorted(positions));
    if (stride == arity) {
      return new TupleRun(arity, count, sorted, null);
    }
    Builder builder = new Builder(arity, count);
    for (int i = 0; i < count; i++) {
      builder.addAt(sorted, i * stride, sorted[i * stride + arity] == 1);
    }
    return builder.build();
  }

  /// How many leading components a stable sort has to look at: those after them are in order where
  /// these are equal, because this run is sorted.
  private static int unsorted(int[] positions) {
    int leading = positions.length - 1;
    while (leading > 0 && positions[leading - 1] < positions[leading]) {
      leading--;
    }
    return leading;
  }

  public byte[] encode() {
    int bitBytes = Bits.bytes(count);
    byte[] out = new byte[HEADER + 8 * arity * count + bitBytes];
    MemorySegment memory = MemorySegment.ofArray(out);
    memory.set(Layouts.BYTE, 0, VERSION);
    memory.set(Layouts.BYTE, 1, (byte) arity);
    memory.set(Layouts.INT, 4, count);
    MemorySegment.copy(rows, 0, memory, Layouts.LONG, HEADER, arity * count);
    MemorySegment bits = memory.asSlice(HEADER + 8L * arity * count);
    for (int i = 0; i < count; i++) {
      if (isRemoved(i)) {
        Bits.set(bits, i);
      }
    }
    memory.set(Layouts.INT, 8, crc(out));
    return out;
  }

  public static TupleRun decode(byte[] stored) {
    MemorySegment memory = MemorySegment.ofArray(stored);
    if (stored.length < HEADER
        || stored[0] != VERSION
        || memory.get(Layouts.INT, 8) != crc(stored)) {
      throw new QueryException(
          ErrorCode.CORRUPTION,
          null,
          "a run of " + stored.length + " bytes fails its checksum",
          "restore the store from a backup");
    }
    int arity = stored[1];
    int count = memory.get(Layouts.INT, 4);
    long[] rows = new long[arity * count];
    MemorySegment.copy(memory, Layouts.LONG, HEADER, rows, 0, rows.length);
    MemorySegment bits = memory.asSlice(HEADER + 8L * arity * count);
    long[] removed = new long[Bits.words(count)];
    for (int i = 0; i < count; i++) {
      if (Bits.test(bits, i)) {
        removed[i >>> 6] |= 1L << i;
      }
    }
    return new TupleRun(arity, count, rows, removed);
  }

  private static int crc(byte[] stored) {
    CRC32C crc = new CRC32C();
    crc.update(stored, HEADER, stored.length - HEADER);
    return (int) crc.getValue();
  }

  /// Collects sorted changes.
  static final class Builder {
    private final int arity;
    private long[] rows;
    private long[] removed;
    private boolean anyRemoved;
    private int count;

    Builder(int arity, int expected) {
      this.arity = arity;
      this.rows = new long[Math.max(1, expected) * arity];
      this.removed = new long[Bits.words(Math.max(1, expected))];
    }

    void add(long[] source, int row, boolean isRemoved) {
      addAt(source, row * arity, isRemoved);
    }

    void addAt(long[] source, int at, boolean isRemoved) {
      System.arraycopy(source, at, rows, count * arity, arity);
      if (isRemoved) {
        removed[count >>> 6] |= 1L << count;
        anyRemoved = true;
      }
      count++;
    }

    TupleRun build() {
      long[] kept = rows.length == count * arity ? rows : Arrays.copyOf(rows, count * arity);
      return new TupleRun(arity, count, kept, anyRemoved ? removed : null);
    }
  }
}
