package io.sabot.store.segment;

import java.lang.foreign.MemorySegment;

/// Bitmaps: least significant bit first, as in Arrow.
public final class Bits {
  private Bits() {}

  public static boolean test(MemorySegment bits, long index) {
    return ((bits.get(Layouts.BYTE, index >>> 3) >>> (index & 7)) & 1) != 0;
  }

  public static boolean test(long[] bits, int index) {
    return (bits[index >>> 6] >>> index & 1) != 0;
  }

  public static int words(int bitCount) {
    return (bitCount + 63) >>> 6;
  }

  public static int bytes(int bitCount) {
    return (bitCount + 7) >>> 3;
  }

  public static void set(MemorySegment bits, long index) {
    long at = index >>> 3;
    bits.set(Layouts.BYTE, at, (byte) (bits.get(Layouts.BYTE, at) | 1 << (index & 7)));
  }

  public static void clear(MemorySegment bits, long index) {
    long at = index >>> 3;
    bits.set(Layouts.BYTE, at, (byte) (bits.get(Layouts.BYTE, at) & ~(1 << (index & 7))));
  }

  /// Copies `count` bits; neither side needs to start at a byte.
  public static void copy(MemorySegment src, long from, long count, MemorySegment dst, long to) {
    long i = 0;
    if ((to & 7) == 0) {
      int shift = (int) (from & 7);
      if (shift == 0) {
        MemorySegment.copy(src, from >>> 3, dst, to >>> 3, count >>> 3);
        i = count & ~7L;
      } else {
        for (; i + 8 <= count; i += 8) {
          long at = (from + i) >>> 3;
          int two = src.get(Layouts.BYTE, at) & 0xFF | src.get(Layouts.BYTE, at + 1) << 8;
          dst.set(Layouts.BYTE, (to + i) >>> 3, (byte) (two >>> shift));
        }
      }
    }
    for (; i < count; i++) {
      copyOne(src, from + i, dst, to + i);
    }
  }

  private static void copyOne(MemorySegment src, long from, MemorySegment dst, long to) {
    if (test(src, from)) {
      set(dst, to);
    } else {
      clear(dst, to);
    }
  }

  /// Sets `count` bits from `to` on to `value`.
  public static void fill(MemorySegment dst, long to, long count, boolean value) {
    long i = to;
    long end = to + count;
    for (; i < end && (i & 7) != 0; i++) {
      put(dst, i, value);
    }
    long whole = (end - i) >>> 3;
    if (whole > 0) {
      dst.asSlice(i >>> 3, whole).fill((byte) (value ? 0xFF : 0));
      i += whole << 3;
    }
    for (; i < end; i++) {
      put(dst, i, value);
    }
  }

  private static void put(MemorySegment dst, long index, boolean value) {
    if (value) {
      set(dst, index);
    } else {
      clear(dst, index);
    }
  }

  /// Zeros among the first `count` bits.
  public static int countZeros(MemorySegment bits, int count) {
    int ones = 0;
    int i = 0;
    for (; i + 64 <= count; i += 64) {
      ones += Long.bitCount(bits.get(Layouts.LONG, i >>> 3));
    }
    for (; i < count; i++) {
      ones += test(bits, i) ? 1 : 0;
    }
    return count - ones;
  }
}
