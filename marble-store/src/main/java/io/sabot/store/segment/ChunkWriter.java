package io.sabot.store.segment;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Lays out one chunk in a heap array.
final class ChunkWriter {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] out;
  private int at;
  private int flags;

  /// @param bounds bytes of string bounds
  /// @param payload bytes of validity and values
  ChunkWriter(ColumnKind kind, Encoding encoding, int bounds, long payload) {
    long start = Memory.pad8(ChunkFormat.HEADER + bounds);
    this.out = new byte[Math.toIntExact(start + Memory.pad8(payload) + ChunkFormat.SLACK)];
    this.at = (int) start;
    out[0] = ChunkFormat.VERSION;
    out[1] = (byte) kind.ordinal();
    out[2] = (byte) encoding.ordinal();
  }

  void validity(MemorySegment bits, int from, int rows) {
    flags |= ChunkFormat.VALIDITY;
    MemorySegment target = MemorySegment.ofArray(out).asSlice(at, Bits.bytes(rows));
    Bits.copy(bits, from, rows, target, 0);
    at += (int) Memory.pad8(Bits.bytes(rows));
  }

  void base(long base, int width) {
    LONGS.set(out, 32, base);
    INTS.set(out, 40, width);
  }

  void code(int width, long code) {
    switch (width) {
      case 1 -> out[at] = (byte) code;
      case 2 -> SHORTS.set(out, at, (short) code);
      default -> INTS.set(out, at, (int) code);
    }
    at += width;
  }

  void words(long[] words) {
    for (long word : words) {
      LONGS.set(out, at, word);
      at += 8;
    }
  }

  void intWord(int value) {
    INTS.set(out, at, value);
    at += 4;
  }

  void bytes(byte[] source, int from, int length) {
    System.arraycopy(source, from, out, at, length);
    at += length;
  }

  void pad() {
    at = (int) Memory.pad8(at);
  }

  byte[] finish(ZoneMap zone) {
    INTS.set(out, 4, zone.rows());
    INTS.set(out, 8, zone.nulls());
    if (zone.hasBounds()) {
      flags |= ChunkFormat.BOUNDS;
      LONGS.set(out, 16, zone.min());
      LONGS.set(out, 24, zone.max());
    }
    byte[] min = zone.minBytes();
    if (min != null) {
      byte[] max = zone.maxBytes();
      flags |= ChunkFormat.STRING_BOUNDS;
      System.arraycopy(min, 0, out, ChunkFormat.HEADER, min.length);
      SHORTS.set(out, 44, (short) min.length);
      SHORTS.set(out, 46, (short) (max == null ? ChunkFormat.NO_BOUND : max.length));
      if (max != null) {
        System.arraycopy(max, 0, out, ChunkFormat.HEADER + min.length, max.length);
      }
    }
    out[3] = (byte) flags;
    INTS.set(out, ChunkFormat.CRC_AT, ChunkFormat.crc(MemorySegment.ofArray(out)));
    return out;
  }
}
