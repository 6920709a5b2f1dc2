package io.sabot.store.tuple;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.store.segment.Layouts;
import io.sabot.store.segment.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.zip.CRC32C;

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

  /// How often {@link #bound} guesses by the value before it halves.
  private static final int GUESSES = 4;

  private static final int GUESSED_ROWS_MIN = 16;
  private static final int HEADER = 16;
  private static final int COLUMN_HEADER = 16;
  private static final int SLACK = 8;

  private final MemorySegment memory;
  private final int count;
  private final long[] bases;
  private final long[] addresses;
  private final int[] widths;
  private final long[] masks;

  private TupleBlock(MemorySegment memory, int arity, int count) {
    this.memory = memory;
    this.count = count;
    this.bases = new long[arity];
    this.addresses = new long[arity];
    this.widths = new int[arity];
    this.masks = new long[arity];
    long at = memory.address() + HEADER + (long) COLUMN_HEADER * arity;
    for (int c = 0; c < arity; c++) {
      bases[c] = memory.get(Layouts.LONG, HEADER + (long) COLUMN_HEADER * c);
      widths[c] = memory.get(Layouts.BYTE, HEADER + (long) COLUMN_HEADER * c + 8);
      masks[c] = widths[c] == 8 ? -1L : (1L << (8 * widths[c])) - 1;
      addresses[c] = at;
      at += (long) widths[c] * count;
    }
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
    return memory.byteSize() + 300;
  }

  private long at(int row, int component) {
    return bases[component]
        + (Memory.longAt(addresses[component] + (long) widths[component] * row) & masks[component]);
  }

  public long get(int row, int component) {
    long value = at(row, component);
    Reference.reachabilityFence(memory);
    return value;
  }

  /// First row in `[from, count)` that is not before `key`; with `after`, the first beyond it.
  public int bound(int from, long[] key, boolean after) {
    long base = bases[0];
    long address = addresses[0];
    long width = widths[0];
    long mask = masks[0];
    long wanted = key[0];
    int low = from;
    int high = count;
    int guesses = GUESSES;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (guesses > 0 && high - low > GUESSED_ROWS_MIN) {
        // First components are mostly spread evenly: look where this one should be.
        long least = base + (Memory.longAt(address + width * low) & mask);
        long most = base + (Memory.longAt(address + width * (high - 1)) & mask);
        middle = guess(low, high, least, most, wanted);
        guesses--;
      }
      long first = base + (Memory.longAt(address + width * middle) & mask);
      int order = first < wanted ? -1 : first > wanted ? 1 : compareRest(middle, key);
      if (order < 0 || (after && order == 0)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    Reference.reachabilityFence(memory);
    return low;
  }

  /// A row between `low` and `high`, a little to the side on which more of the rest lies.
  private static int guess(int low, int high, long least, long most, long wanted) {
    if (wanted <= least || most <= least) {
      return low;
    }
    if (wanted >= most) {
      return high - 1;
    }
    double share = ((double) wanted - least) / ((double) most - least);
    return low + (int) (share * (high - 1 - low));
  }

  private int compareRest(int row, long[] key) {
    for (int c = 1; c < key.length; c++) {
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
      int order = compare(high, key);
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
      int order = compare(middle, key);
      if (order < 0 || (after && order == 0)) {
        low = middle + 1;
      } else {
        end = middle;
      }
    }
    Reference.reachabilityFence(memory);
    return low;
  }

  private int compare(int row, long[] key) {
    for (int c = 0; c < key.length; c++) {
      int order = Long.compare(at(row, c), key[c]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /// Copies rows `[from, from + rows)` of one component to `out[to...]`.
  void copy(int component, int from, int rows, long[] out, int to) {
    long base = bases[component];
    int width = widths[component];
    long address = addresses[component] + (long) width * from;
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
      default -> copyWide(address, width, masks[component], base, rows, out, to);
    }
    Reference.reachabilityFence(memory);
  }

  private static void copyWide(
      long address, int width, long mask, long base, int rows, long[] out, int to) {
    for (int i = 0; i < rows; i++) {
      out[to + i] = base + (Memory.longAt(address + (long) width * i) & mask);
    }
  }

  /// Copies rows to a flat array.
  public void copyRows(int from, int rows, long[] out, int toRow) {
    int arity = bases.length;
    for (int c = 0; c < arity; c++) {
      for (int i = 0; i < rows; i++) {
        out[(toRow + i) * arity + c] = at(from + i, c);
      }
    }
    Reference.reachabilityFence(memory);
  }
}
