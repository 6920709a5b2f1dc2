package io.sabot.store.segment;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// One value for every row that is not null.
final class ConstChunk extends EncodedChunk {
  private static final MemorySegment EMPTY = MemorySegment.ofArray(new byte[0]).asReadOnly();

  private final long low;
  private final long high;
  private final MemorySegment bytes;

  ConstChunk(
      ColumnKind kind,
      ZoneMap zone,
      MemorySegment memory,
      long validity,
      long low,
      long high,
      @Nullable MemorySegment bytes) {
    super(kind, zone, memory, validity);
    this.low = low;
    this.high = high;
    this.bytes = bytes == null ? EMPTY : bytes;
  }

  static ConstChunk allNull(ColumnKind kind, int rows) {
    return new ConstChunk(kind, ZoneMap.allNull(rows), EMPTY, 0, 0, 0, null);
  }

  @Override
  public Encoding encoding() {
    return Encoding.CONST;
  }

  private void fill(int from, int count, MemorySegment dst, long dstOffset) {
    check(from, count);
    for (int i = 0; i < count; i++) {
      dst.set(Layouts.LONG, dstOffset + 8L * i, low);
    }
    if (hasNulls()) {
      for (int i = 0; i < count; i++) {
        if (isNull(from + i)) {
          dst.set(Layouts.LONG, dstOffset + 8L * i, 0L);
        }
      }
    }
  }

  @Override
  public void decodeLongs(int from, int count, MemorySegment dst, long dstOffset) {
    fill(from, count, dst, dstOffset);
  }

  @Override
  public void decodeDoubles(int from, int count, MemorySegment dst, long dstOffset) {
    fill(from, count, dst, dstOffset);
  }

  @Override
  public void decodeWide(int from, int count, MemorySegment dst, long dstOffset) {
    check(from, count);
    for (int i = 0; i < count; i++) {
      boolean isNull = isNull(from + i);
      dst.set(Layouts.LONG, dstOffset + 16L * i, isNull ? 0 : low);
      dst.set(Layouts.LONG, dstOffset + 16L * i + 8, isNull ? 0 : high);
    }
  }

  @Override
  public void decodeBools(int from, int count, MemorySegment dst, long dstBit) {
    check(from, count);
    Bits.fill(dst, dstBit, count, low != 0);
    if (hasNulls() && low != 0) {
      copyValidity(from, count, dst, dstBit);
    }
  }

  @Override
  public long stringBytes(int from, int count) {
    check(from, count);
    if (!hasNulls()) {
      return count * bytes.byteSize();
    }
    long size = 0;
    for (int i = 0; i < count; i++) {
      size += isNull(from + i) ? 0 : bytes.byteSize();
    }
    return size;
  }

  @Override
  public int decodeStrings(
      int from,
      int count,
      MemorySegment offsets,
      long offsetsAt,
      MemorySegment out,
      int firstOffset) {
    check(from, count);
    int length = (int) bytes.byteSize();
    int at = firstOffset;
    for (int i = 0; i < count; i++) {
      offsets.set(Layouts.INT, offsetsAt + 4L * i, at);
      if (!isNull(from + i)) {
        MemorySegment.copy(bytes, 0, out, at, length);
        at += length;
      }
    }
    offsets.set(Layouts.INT, offsetsAt + 4L * count, at);
    return at;
  }

  @Override
  public void decodeCodes(int from, int count, MemorySegment dst, long dstOffset) {
    dst.asSlice(dstOffset, 4L * count).fill((byte) 0);
  }

  @Override
  public @Nullable StringDictionary dictionary() {
    if (kind() != ColumnKind.STRING) {
      return null;
    }
    MemorySegment offsets = Memory.allocate(8);
    offsets.set(Layouts.INT, 4, (int) bytes.byteSize());
    return new StringDictionary(1, offsets, bytes);
  }

  @Override
  public long longAt(int row) {
    return isNull(row) ? 0 : low;
  }

  @Override
  public double doubleAt(int row) {
    return Double.longBitsToDouble(longAt(row));
  }

  @Override
  public boolean boolAt(int row) {
    return longAt(row) != 0;
  }

  @Override
  public MemorySegment bytesAt(int row) {
    return isNull(row) ? EMPTY : bytes;
  }

  @Override
  public long wideLowAt(int row) {
    return longAt(row);
  }

  @Override
  public long wideHighAt(int row) {
    return isNull(row) ? 0 : high;
  }
}
