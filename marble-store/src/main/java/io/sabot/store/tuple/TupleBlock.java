package io.sabot.store.tuple;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.store.segment.Layouts;
import io.sabot.store.segment.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// At most 4096 sorted tuples, column by column, in native memory. Little-endian:
///
/// ```
///  0 u8 version (1)   1 u8 arity   4 i32 tuples   8 i32 CRC32C of byte 16 and on
/// 16 per column: i64 base, u8 bytes a value (0 to 8), 7 bytes of zeros
///    per column: unsigned differences from the base
///    8 bytes of zeros
/// ```
public final class TupleBlock {
  public static final int TUPLES_MAX = 4096;
  private static final byte VERSION = 1;
  private static final short[] CONTIGUOUS = new short[0];

  /// How often a search guesses by the value before it goes step by step.
  private static final int GUESSES = 2;

  private static final int GUESSED_ROWS_MIN = 16;
  private static final int COUNTED_ROWS_MAX = 16;
  private static final int HEADER = 16;
  private static final int COLUMN_HEADER = 16;
  private static final int SLACK = 8;

  /// Words a component in {@link #layout}: base, address, width, mask.
  private static final int LAYOUT_WORDS = 4;

  private final MemorySegment memory;
  private final int count;
  private final int arity;

  /// In one array, so that a lookup in a block that no cache of the processor holds waits once.
  private final long[] layout;

  /// First component of the first row and how far the last row's is from it, unsigned.
  private final long least;

  private final long spread;

  /// For each value of the first component from {@link #least} on, the first row that is not before
  /// it; {@link #CONTIGUOUS} where each row has the next value, so that value and row tell each
  /// other and nothing is read. Made by the first search of a block whose values lie dense, then
  /// shared.
  private volatile short @Nullable [] starts;

  private TupleBlock(MemorySegment memory, int arity, int count) {
    this.memory = memory;
    this.count = count;
    this.arity = arity;
    this.layout = new long[LAYOUT_WORDS * arity];
    long at = memory.address() + HEADER + (long) COLUMN_HEADER * arity;
    for (int c = 0; c < arity; c++) {
      int width = memory.get(Layouts.BYTE, HEADER + (long) COLUMN_HEADER * c + 8);
      layout[LAYOUT_WORDS * c] = memory.get(Layouts.LONG, HEADER + (long) COLUMN_HEADER * c);
      layout[LAYOUT_WORDS * c + 1] = at;
      layout[LAYOUT_WORDS * c + 2] = width;
      layout[LAYOUT_WORDS * c + 3] = width == 8 ? -1L : (1L << (8 * width)) - 1;
      at += (long) width * count;
    }
    this.least = layout[0];
    this.spread = count == 0 ? 0 : at(count - 1, 0) - least;
  }

  /// Opens a block in native memory after checking its version and checksum.
  public static TupleBlock open(MemorySegment memory) {
    if (memory.byteSize() < HEADER + SLACK
        || memory.get(Layouts.BYTE, 0) != VERSION
        || memory.get(Layouts.INT, 8) != crc(memory)) {
      throw new QueryException(
          ErrorCode.CORRUPTION,
          null,
          "a tuple block of " + memory.byteSize() + " bytes fails its checksum",
          "restore the store from a backup");
    }
    return new TupleBlock(memory, memory.get(Layouts.BYTE, 1), memory.get(Layouts.INT, 4));
  }

  private static int crc(MemorySegment block) {
    CRC32C crc = new CRC32C();
    crc.update(block.asSlice(HEADER).asByteBuffer());
    return (int) crc.getValue();
  }

  /// The stored form of tuples `[from, from + count)` of a flat array.
  public static byte[] encode(long[] rows, int from, int count, int arity) {
    long[] bases = new long[arity];
    int[] widths = new int[arity];
    int size = HEADER + COLUMN_HEADER * arity + SLACK;
    for (int c = 0; c < arity; c++) {
      long min = Long.MAX_VALUE;
      long max = Long.MIN_VALUE;
      for (int i = from; i < from + count; i++) {
        min = Math.min(min, rows[i * arity + c]);
        max = Math.max(max, rows[i * arity + c]);
      }
      bases[c] = min;
      widths[c] = (71 - Long.numberOfLeadingZeros(max - min)) / 8;
      size += widths[c] * count;
    }
    byte[] out = new byte[size];
    MemorySegment block = MemorySegment.ofArray(out);
    block.set(Layouts.BYTE, 0, VERSION);
    block.set(Layouts.BYTE, 1, (byte) arity);
    block.set(Layouts.INT, 4, count);
    int at = HEADER + COLUMN_HEADER * arity;
    for (int c = 0; c < arity; c++) {
      block.set(Layouts.LONG, HEADER + (long) COLUMN_HEADER * c, bases[c]);
      block.set(Layouts.BYTE, HEADER + (long) COLUMN_HEADER * c + 8, (byte) widths[c]);
      for (int i = from; i < from + count; i++) {
        long difference = rows[i * arity + c] - bases[c];
        for (int b = 0; b < widths[c]; b++) {
          out[at++] = (byte) (difference >>> (8 * b));
        }
      }
    }
    block.set(Layouts.INT, 8, crc(block));
    return out;
  }

  public int count() {
    return count;
  }

  public long sizeInBytes() {
    return memory.byteSize() + 300 + (isDense() ? 2 * (spread + 2) : 0);
  }

  private long at(int row, int component) {
    int c = LAYOUT_WORDS * component;
    return layout[c] + (Memory.longAt(layout[c + 1] + layout[c + 2] * row) & layout[c + 3]);
  }

  public long get(int row, int component) {
    if (component == 0 && starts == CONTIGUOUS) {
      return least + row;
    }
    long value = at(row, component);
    Reference.reachabilityFence(memory);
    return value;
  }

  private boolean isDense() {
    return Long.compareUnsigned(spread, 2L * count) < 0;
  }

  private short[] starts() {
    short[] known = starts;
    if (known == null) {
      known = new short[(int) spread + 2];
      int next = 0;
      boolean isContiguous = spread + 1 == count;
      for (int row = 0; row < count; row++) {
        int value = (int) (at(row, 0) - least);
        isContiguous &= value == row;
        for (; next <= value; next++) {
          known[next] = (short) row;
        }
      }
      known[next] = (short) count;
      Reference.reachabilityFence(memory);
      known = isContiguous ? CONTIGUOUS : known;
      starts = known;
    }
    return known;
  }

  /// The first row that is not before `least + value`, which is at most one beyond the last.
  private static int start(short[] starts, long value) {
    return starts == CONTIGUOUS ? (int) value : starts[(int) value];
  }

  /// First row whose first component is not before `wanted`.
  public int first(long wanted) {
    if (isDense()) {
      return (int) (range(wanted) >>> 32);
    }
    int row = search(0, 0, count, wanted, false);
    Reference.reachabilityFence(memory);
    return row;
  }

  /// The rows `[from, to)` with a first component, as `from << 32 | to`.
  long range(long first) {
    if (!isDense()) {
      long rows = narrow(0, 0, count, first);
      Reference.reachabilityFence(memory);
      return rows;
    }
    if (first < least) {
      return 0;
    }
    long value = first - least;
    if (Long.compareUnsigned(value, spread) > 0) {
      return (long) count << 32 | count;
    }
    short[] known = starts();
    return (long) start(known, value) << 32 | start(known, value + 1);
  }

  /// The rows `[from, to)` whose first `length` components are those of `prefix`, as `from << 32 |
  /// to`. Both are the row where such a tuple would be when there is none.
  long range(long[] prefix, int length) {
    if (length == 0) {
      return count;
    }
    long rows = range(prefix[0]);
    for (int c = 1; c < length; c++) {
      rows = narrow(c, (int) (rows >>> 32), (int) rows, prefix[c]);
    }
    Reference.reachabilityFence(memory);
    return rows;
  }

  /// Those of the rows `[from, to)`, all the same before `component`, that have `wanted` there.
  private long narrow(int component, int from, int to, long wanted) {
    if (to - from > COUNTED_ROWS_MAX) {
      int low = search(component, from, to, wanted, false);
      return (long) low << 32 | search(component, low, to, wanted, true);
    }
    // Counting has no branch to guess wrongly.
    int less = from;
    int notMore = from;
    for (int row = from; row < to; row++) {
      long value = at(row, component);
      less += value < wanted ? 1 : 0;
      notMore += value <= wanted ? 1 : 0;
    }
    return (long) less << 32 | notMore;
  }

  /// First row in `[from, to)`, all the same before `component`, where it is not before `wanted`;
  /// with `after`, where it is beyond.
  ///
  /// Values are mostly spread evenly: it looks where this one should be, corrects that by how far
  /// off the value there is, and goes on from there. Each look may wait for memory.
  private int search(int component, int from, int to, long wanted, boolean after) {
    int low = from;
    int high = to;
    if (high - low > GUESSED_ROWS_MIN) {
      boolean isWhole = component == 0 && high - low == count;
      double smallest = isWhole ? least : at(low, component);
      double largest = isWhole ? least + spread : at(high - 1, component);
      double rowsPerUnit = largest > smallest ? (high - 1 - low) / (largest - smallest) : 0;
      int row = clamp(low + (wanted - smallest) * rowsPerUnit, low, high);
      for (int guess = 0; guess < GUESSES && low < high; guess++) {
        long found = at(row, component);
        if (found < wanted || (after && found == wanted)) {
          low = row + 1;
        } else {
          high = row;
        }
        row = clamp(row + ((double) wanted - found) * rowsPerUnit, low, high);
      }
      long bounds = around(component, low, high, row, wanted, after);
      low = (int) (bounds >>> 32);
      high = (int) bounds;
    }
    while (low < high) {
      int middle = (low + high) >>> 1;
      long found = at(middle, component);
      if (found < wanted || (after && found == wanted)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static int clamp(double row, int low, int high) {
    return row <= low ? low : row >= high - 1 ? high - 1 : (int) row;
  }

  /// Narrows `[low, high]` around a row near the one searched.
  private long around(int component, int low, int high, int row, long wanted, boolean after) {
    int from = low;
    int to = high;
    int near = row;
    for (int step = 1; from < to; step *= 2) {
      long found = at(near, component);
      boolean isBefore = found < wanted || (after && found == wanted);
      boolean turned = isBefore ? to < high : from > low;
      if (isBefore) {
        from = near + 1;
        near = Math.min(near + step, to - 1);
      } else {
        to = near;
        near = Math.max(near - step, from);
      }
      if (turned) {
        break;
      }
    }
    return (long) from << 32 | to;
  }

  /// First row in `[from, count)` that is not before `key`; with `after`, the first beyond it.
  public int bound(int from, long[] key, boolean after) {
    int found;
    if (isDense()) {
      if (key[0] < least) {
        return from;
      }
      long value = key[0] - least;
      if (Long.compareUnsigned(value, spread) > 0) {
        return count;
      }
      short[] known = starts();
      int low = Math.max(from, start(known, value));
      int high = Math.max(low, start(known, value + 1));
      found = key.length == 1 ? (after ? high : low) : search(1, low, high, key, after);
    } else {
      found = search(0, from, count, key, after);
    }
    Reference.reachabilityFence(memory);
    return found;
  }

  /// As {@link #bound} among rows that are all the same before `component`.
  private int search(int component, int from, int to, long[] key, boolean after) {
    int low = from;
    int high = to;
    for (int c = component; c < key.length && low < high; c++) {
      int first = search(c, low, high, key[c], false);
      if (c == key.length - 1 && !after) {
        return first;
      }
      high = search(c, first, high, key[c], true);
      low = first;
    }
    return after ? high : low;
  }

  private int compareFrom(int component, int row, long[] key) {
    for (int c = component; c < key.length; c++) {
      int order = Long.compare(at(row, c), key[c]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /// As {@link #bound}, for a key that is expected near `from`.
  int gallop(int from, long[] key, boolean after) {
    int step = 1;
    int low = from;
    int high = from;
    while (high < count) {
      int order = compareFrom(0, high, key);
      if (order > 0 || (!after && order == 0)) {
        break;
      }
      low = high + 1;
      high += step;
      step *= 2;
    }
    int end = Math.min(high, count);
    while (low < end) {
      int middle = (low + end) >>> 1;
      int order = compareFrom(0, middle, key);
      if (order < 0 || (after && order == 0)) {
        low = middle + 1;
      } else {
        end = middle;
      }
    }
    Reference.reachabilityFence(memory);
    return low;
  }

  /// Copies rows `[from, from + rows)` of one component to `out[to...]`.
  void copy(int component, int from, int rows, long[] out, int to) {
    int c = LAYOUT_WORDS * component;
    long base = layout[c];
    int width = (int) layout[c + 2];
    long address = layout[c + 1] + (long) width * from;
    switch (width) {
      case 0 -> Arrays.fill(out, to, to + rows, base);
      case 1 -> {
        for (int i = 0; i < rows; i++) {
          out[to + i] = base + (Memory.byteAt(address + i) & 0xFFL);
        }
      }
      case 2 -> {
        for (int i = 0; i < rows; i++) {
          out[to + i] = base + (Memory.shortAt(address + 2L * i) & 0xFFFFL);
        }
      }
      default -> copyWide(address, width, layout[c + 3], base, rows, out, to);
    }
    Reference.reachabilityFence(memory);
  }

  private static void copyWide(
      long address, int width, long mask, long base, int rows, long[] out, int to) {
    long from = address;
    for (int i = 0; i < rows; i++) {
      out[to + i] = base + (Memory.longAt(from) & mask);
      from += width;
    }
  }

  /// Copies rows to a flat array.
  public void copyRows(int from, int rows, long[] out, int toRow) {
    for (int c = 0; c < arity; c++) {
      for (int i = 0; i < rows; i++) {
        out[(toRow + i) * arity + c] = at(from + i, c);
      }
    }
    Reference.reachabilityFence(memory);
  }
}
