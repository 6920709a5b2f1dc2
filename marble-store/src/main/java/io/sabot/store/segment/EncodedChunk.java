package io.sabot.store.segment;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/// A chunk over its stored bytes in native memory. {@link ChunkFormat} has the layout.
abstract sealed class EncodedChunk implements ColumnChunk
    permits RawChunk, ConstChunk, ForChunk, DictionaryChunk {
  private final ColumnKind kind;
  private final ZoneMap zone;
  private final MemorySegment memory;
  private final long validity;

  /// @param memory the whole chunk; kept reachable while addresses into it are used
  /// @param validity address of the validity bits, 0 when no row is null
  EncodedChunk(ColumnKind kind, ZoneMap zone, MemorySegment memory, long validity) {
    this.kind = kind;
    this.zone = zone;
    this.memory = memory;
    this.validity = validity;
  }

  @Override
  public final ColumnKind kind() {
    return kind;
  }

  @Override
  public final ZoneMap zone() {
    return zone;
  }

  @Override
  public final int rowCount() {
    return zone.rows();
  }

  @Override
  public final int nullCount() {
    return zone.nulls();
  }

  @Override
  public final long sizeInBytes() {
    return memory.byteSize() + 200;
  }

  final MemorySegment memory() {
    return memory;
  }

  /// Offset of an address within {@link #memory}.
  final long offset(long address) {
    return address - memory.address();
  }

  final boolean hasNulls() {
    return zone.nulls() != 0;
  }

  @Override
  public final boolean isNull(int row) {
    if (!hasNulls()) {
      return false;
    }
    boolean isNull = validity == 0 || !Memory.bitAt(validity, row);
    Reference.reachabilityFence(memory);
    return isNull;
  }

  @Override
  public final int copyValidity(int from, int count, MemorySegment dst, long dstBit) {
    check(from, count);
    if (!hasNulls()) {
      Bits.fill(dst, dstBit, count, true);
      return 0;
    }
    if (validity == 0) {
      Bits.fill(dst, dstBit, count, false);
      return count;
    }
    Bits.copy(memory.asSlice(offset(validity)), from, count, dst, dstBit);
    int nulls = 0;
    for (int i = 0; i < count; i++) {
      nulls += Memory.bitAt(validity, from + i) ? 0 : 1;
    }
    Reference.reachabilityFence(memory);
    return nulls;
  }

  final void check(int from, int count) {
    if ((from | count) < 0 || from + count > rowCount()) {
      throw new IndexOutOfBoundsException(
          "rows " + from + " + " + count + " of a chunk of " + rowCount());
    }
  }

  private UnsupportedOperationException unsupported(String operation) {
    return new UnsupportedOperationException(operation + " of a " + kind + " " + encoding());
  }

  @Override
  public void decodeLongs(int from, int count, MemorySegment dst, long dstOffset) {
    throw unsupported("decodeLongs");
  }

  @Override
  public void decodeDoubles(int from, int count, MemorySegment dst, long dstOffset) {
    throw unsupported("decodeDoubles");
  }

  @Override
  public void decodeWide(int from, int count, MemorySegment dst, long dstOffset) {
    throw unsupported("decodeWide");
  }

  @Override
  public void decodeBools(int from, int count, MemorySegment dst, long dstBit) {
    throw unsupported("decodeBools");
  }

  @Override
  public long stringBytes(int from, int count) {
    throw unsupported("stringBytes");
  }

  @Override
  public int decodeStrings(
      int from,
      int count,
      MemorySegment offsets,
      long offsetsAt,
      MemorySegment bytes,
      int firstOffset) {
    throw unsupported("decodeStrings");
  }

  @Override
  public void decodeCodes(int from, int count, MemorySegment dst, long dstOffset) {
    throw unsupported("decodeCodes");
  }

  @Override
  public @Nullable StringDictionary dictionary() {
    return null;
  }

  @Override
  public @Nullable MemorySegment raw() {
    return null;
  }

  @Override
  public @Nullable StringDictionary rawStrings() {
    return null;
  }

  @Override
  public long longAt(int row) {
    throw unsupported("longAt");
  }

  @Override
  public double doubleAt(int row) {
    throw unsupported("doubleAt");
  }

  @Override
  public boolean boolAt(int row) {
    throw unsupported("boolAt");
  }

  @Override
  public MemorySegment bytesAt(int row) {
    throw unsupported("bytesAt");
  }

  @Override
  public long wideLowAt(int row) {
    throw unsupported("wideLowAt");
  }

  @Override
  public long wideHighAt(int row) {
    throw unsupported("wideHighAt");
  }
}
