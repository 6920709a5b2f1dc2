package io.sabot.store.segment;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/// Values in Arrow layout.
final class RawChunk extends EncodedChunk {
  private final long values;
  private final long offsets;

  /// @param offsets address of the string offsets, 0 for other kinds
  RawChunk(
      ColumnKind kind,
      ZoneMap zone,
      MemorySegment memory,
      long validity,
      long values,
      long offsets) {
    super(kind, zone, memory, validity);
    this.values = values;
    this.offsets = offsets;
  }

  @Override
  public Encoding encoding() {
    return Encoding.RAW;
  }

  private void copy(int from, int count, int width, MemorySegment dst, long dstOffset) {
    check(from, count);
    MemorySegment.copy(
        memory(), offset(values) + (long) width * from, dst, dstOffset, (long) width * count);
  }

  @Override
  public void decodeLongs(int from, int count, MemorySegment dst, long dstOffset) {
    copy(from, count, 8, dst, dstOffset);
  }

  @Override
  public void decodeDoubles(int from, int count, MemorySegment dst, long dstOffset) {
    copy(from, count, 8, dst, dstOffset);
  }

  @Override
  public void decodeWide(int from, int count, MemorySegment dst, long dstOffset) {
    copy(from, count, 16, dst, dstOffset);
  }

  @Override
  public void decodeBools(int from, int count, MemorySegment dst, long dstBit) {
    check(from, count);
    Bits.copy(memory().asSlice(offset(values)), from, count, dst, dstBit);
  }

  @Override
  public long stringBytes(int from, int count) {
    check(from, count);
    long size = start(from + count) - start(from);
    Reference.reachabilityFence(memory());
    return size;
  }

  private long start(int row) {
    return Integer.toUnsignedLong(Memory.intAt(offsets + 4L * row));
  }

  @Override
  public int decodeStrings(
      int from,
      int count,
      MemorySegment outOffsets,
      long offsetsAt,
      MemorySegment bytes,
      int firstOffset) {
    check(from, count);
    long first = start(from);
    long size = start(from + count) - first;
    MemorySegment.copy(memory(), offset(values) + first, bytes, firstOffset, size);
    long shift = firstOffset - first;
    for (int i = 0; i <= count; i++) {
      outOffsets.set(Layouts.INT, offsetsAt + 4L * i, (int) (start(from + i) + shift));
    }
    Reference.reachabilityFence(memory());
    return firstOffset + (int) size;
  }

  @Override
  public @Nullable MemorySegment raw() {
    return kind() == ColumnKind.STRING ? null : memory().asSlice(offset(values));
  }

  @Override
  public @Nullable StringDictionary rawStrings() {
    if (kind() != ColumnKind.STRING) {
      return null;
    }
    MemorySegment all = memory();
    return new StringDictionary(
        rowCount(),
        all.asSlice(offset(offsets), 4L * (rowCount() + 1)),
        all.asSlice(offset(values)));
  }

  @Override
  public long longAt(int row) {
    check(row, 1);
    long value = Memory.longAt(values + 8L * row);
    Reference.reachabilityFence(memory());
    return value;
  }

  @Override
  public double doubleAt(int row) {
    return Double.longBitsToDouble(longAt(row));
  }

  @Override
  public boolean boolAt(int row) {
    check(row, 1);
    boolean value = Memory.bitAt(values, row);
    Reference.reachabilityFence(memory());
    return value;
  }

  @Override
  public MemorySegment bytesAt(int row) {
    check(row, 1);
    long from = start(row);
    long to = start(row + 1);
    return memory().asSlice(offset(values) + from, to - from);
  }

  @Override
  public long wideLowAt(int row) {
    check(row, 1);
    long value = Memory.longAt(values + 16L * row);
    Reference.reachabilityFence(memory());
    return value;
  }

  @Override
  public long wideHighAt(int row) {
    check(row, 1);
    long value = Memory.longAt(values + 16L * row + 8);
    Reference.reachabilityFence(memory());
    return value;
  }
}
