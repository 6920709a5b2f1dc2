package io.sabot.store.segment;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// The values of one column in one segment; immutable and safe to read from many threads.
///
/// Null rows decode to 0, false or the empty string. Calls that do not fit {@link #kind} throw
/// `UnsupportedOperationException`. Ranges are not checked beyond what memory access checks.
public interface ColumnChunk {
  ColumnKind kind();

  Encoding encoding();

  int rowCount();

  int nullCount();

  ZoneMap zone();

  /// Approximate bytes held in memory.
  long sizeInBytes();

  boolean isNull(int row);

  /// LONG: writes `count` 8-byte values at `dstOffset` (a byte offset).
  void decodeLongs(int from, int count, MemorySegment dst, long dstOffset);

  /// DOUBLE: writes `count` 8-byte values.
  void decodeDoubles(int from, int count, MemorySegment dst, long dstOffset);

  /// WIDE: writes `count` pairs of 8 bytes, low word first.
  void decodeWide(int from, int count, MemorySegment dst, long dstOffset);

  /// BOOL: writes `count` bits from bit `dstBit` on.
  void decodeBools(int from, int count, MemorySegment dst, long dstBit);

  /// STRING: the bytes that {@link #decodeStrings} will write.
  long stringBytes(int from, int count);

  /// STRING: writes `count + 1` 32-bit offsets at byte `offsetsAt` of `offsets`, the first being
  /// `firstOffset`, and the bytes into `bytes` from `firstOffset` on. Returns the last offset.
  int decodeStrings(
      int from,
      int count,
      MemorySegment offsets,
      long offsetsAt,
      MemorySegment bytes,
      int firstOffset);

  /// STRING with {@link #dictionary}: writes `count` 32-bit codes; null rows have any code.
  void decodeCodes(int from, int count, MemorySegment dst, long dstOffset);

  /// STRING: the dictionary, or null when the chunk has none. A CONST chunk has one entry.
  @Nullable StringDictionary dictionary();

  /// Writes `count` validity bits (1 = not null) from bit `dstBit` on; returns the number of nulls.
  int copyValidity(int from, int count, MemorySegment dst, long dstBit);

  /// The values in Arrow layout when the encoding is RAW (LONG, DOUBLE, WIDE, BOOL), otherwise
  /// null. May be heap memory for rows of an open transaction: check `isNative()`.
  @Nullable MemorySegment raw();

  /// STRING with encoding RAW: the values by row number instead of code, in native memory;
  /// otherwise null. The bytes of a null row are empty.
  @Nullable StringDictionary rawStrings();

  long longAt(int row);

  double doubleAt(int row);

  boolean boolAt(int row);

  /// STRING: the UTF-8 bytes of a row, without copying.
  MemorySegment bytesAt(int row);

  long wideLowAt(int row);

  long wideHighAt(int row);
}
