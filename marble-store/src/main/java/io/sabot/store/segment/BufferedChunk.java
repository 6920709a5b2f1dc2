package io.sabot.store.segment;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Rows of a {@link ColumnBuilder}, read straight from its arrays.
final class BufferedChunk implements ColumnChunk {
  private final ColumnKind kind;
  private final ZoneMap zone;
  private final long[] words;
  private final byte[] bytes;
  private final int[] offsets;
  private final byte @Nullable [] validity;

  BufferedChunk(
      ColumnKind kind,
      int rows,
      int nulls,
      long[] words,
      byte[] bytes,
      int[] offsets,
      byte @Nullable [] validity) {
    this.kind = kind;
    this.zone = ZoneMap.unknown(rows, nulls);
    this.words = words;
    this.bytes = bytes;
    this.offsets = offsets;
    this.validity = validity;
  }

  @Override
  public ColumnKind kind() {
    return kind;
  }

  @Override
  public Encoding encoding() {
    return Encoding.RAW;
  }

  @Override
  public int rowCount() {
    return zone.rows();
  }

  @Override
  public int nullCount() {
    return zone.nulls();
  }

  @Override
  public ZoneMap zone() {
    return zone;
  }

  @Override
  public long sizeInBytes() {
    return 8L * words.length + bytes.length + 4L * offsets.length;
  }

  @Override
  public boolean isNull(int row) {
    return validity != null && (validity[row >>> 3] >>> (row & 7) & 1) == 0;
  }

  @Override
  public void decodeLongs(int from, int count, MemorySegment dst, long dstOffset) {
    check(from, count);
    MemorySegment.copy(words, from, dst, Layouts.LONG, dstOffset, count);
  }

  @Override
  public void decodeDoubles(int from, int count, MemorySegment dst, long dstOffset) {
    decodeLongs(from, count, dst, dstOffset);
  }

  @Override
  public void decodeWide(int from, int count, MemorySegment dst, long dstOffset) {
    check(from, count);
    MemorySegment.copy(words, 2 * from, dst, Layouts.LONG, dstOffset, 2 * count);
  }

  @Override
  public void decodeBools(int from, int count, MemorySegment dst, long dstBit) {
    check(from, count);
    Bits.copy(MemorySegment.ofArray(bytes), from, count, dst, dstBit);
  }

  @Override
  public long stringBytes(int from, int count) {
    check(from, count);
    return offsets[from + count] - offsets[from];
  }

  @Override
  public int decodeStrings(
      int from,
      int count,
      MemorySegment outOffsets,
      long offsetsAt,
      MemorySegment out,
      int firstOffset) {
    check(from, count);
    int shift = firstOffset - offsets[from];
    int size = offsets[from + count] - offsets[from];
    MemorySegment.copy(bytes, offsets[from], out, Layouts.BYTE, firstOffset, size);
    for (int i = 0; i <= count; i++) {
      outOffsets.set(Layouts.INT, offsetsAt + 4L * i, offsets[from + i] + shift);
    }
    return firstOffset + size;
  }

  @Override
  public void decodeCodes(int from, int count, MemorySegment dst, long dstOffset) {
    throw new UnsupportedOperationException("decodeCodes of a chunk without dictionary");
  }

  @Override
  public @Nullable StringDictionary dictionary() {
    return null;
  }

  @Override
  public int copyValidity(int from, int count, MemorySegment dst, long dstBit) {
    check(from, count);
    if (validity == null) {
      Bits.fill(dst, dstBit, count, true);
      return 0;
    }
    Bits.copy(MemorySegment.ofArray(validity), from, count, dst, dstBit);
    int nulls = 0;
    for (int i = 0; i < count; i++) {
      nulls += isNull(from + i) ? 1 : 0;
    }
    return nulls;
  }

  @Override
  public @Nullable MemorySegment raw() {
    return switch (kind) {
      case LONG, DOUBLE, WIDE -> MemorySegment.ofArray(words);
      case BOOL -> MemorySegment.ofArray(bytes);
      case STRING -> null;
    };
  }

  @Override
  public @Nullable StringDictionary rawStrings() {
    return null;
  }

  @Override
  public long longAt(int row) {
    check(row, 1);
    return words[row];
  }

  @Override
  public double doubleAt(int row) {
    return Double.longBitsToDouble(longAt(row));
  }

  @Override
  public boolean boolAt(int row) {
    check(row, 1);
    return (bytes[row >>> 3] >>> (row & 7) & 1) != 0;
  }

  @Override
  public MemorySegment bytesAt(int row) {
    check(row, 1);
    return MemorySegment.ofArray(bytes).asSlice(offsets[row], offsets[row + 1] - offsets[row]);
  }

  @Override
  public long wideLowAt(int row) {
    check(row, 1);
    return words[2 * row];
  }

  @Override
  public long wideHighAt(int row) {
    check(row, 1);
    return words[2 * row + 1];
  }

  private void check(int from, int count) {
    if ((from | count) < 0 || from + count > zone.rows()) {
      throw new IndexOutOfBoundsException(
          "rows " + from + " + " + count + " of a chunk of " + zone.rows());
    }
  }
}
