package io.sabot.store.segment;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The stored form of a column chunk, little-endian:
///
/// ```
///  0 u8  version (1)
///  1 u8  kind (ordinal of ColumnKind)
///  2 u8  encoding (ordinal of Encoding)
///  3 u8  flags: 1 validity bits, 2 bounds, 4 string bounds
///  4 i32 rows
///  8 i32 nulls
/// 12 i32 CRC32C of everything from byte 16 on
/// 16 i64 min        24 i64 max
/// 32 i64 FOR: base; CONST: value, low word or byte count; DICTIONARY: dictionary size
/// 40 i32 FOR, DICTIONARY: bytes a code; CONST WIDE: unused
/// 44 u16 bytes of the lower string bound   46 u16 bytes of the upper one (0xFFFF: none)
/// 48 string bounds, padded to 8
///    validity bits, padded to 8
///    RAW numbers | RAW bits | RAW offsets (rows + 1), padded, then bytes | FOR codes |
///    DICTIONARY codes, padded, offsets (size + 1), padded, bytes | CONST bytes or high word
///    8 bytes of zeros, so that 8-byte loads never leave the chunk
/// ```
public final class ChunkFormat {
  static final byte VERSION = 1;
  static final int HEADER = 48;
  static final int SLACK = 8;
  static final int CRC_AT = 12;
  static final int CRC_FROM = 16;
  static final int NO_BOUND = 0xFFFF;
  static final int VALIDITY = 1;
  static final int BOUNDS = 2;
  static final int STRING_BOUNDS = 4;

  private static final ColumnKind[] KINDS = ColumnKind.values();
  private static final Encoding[] ENCODINGS = Encoding.values();

  private ChunkFormat() {}

  static int crc(MemorySegment chunk) {
    CRC32C crc = new CRC32C();
    crc.update(chunk.asSlice(CRC_FROM).asByteBuffer());
    return (int) crc.getValue();
  }

  /// Opens a chunk in native memory after checking its version and checksum.
  public static ColumnChunk open(MemorySegment memory) {
    if (memory.byteSize() < HEADER + SLACK
        || memory.get(Layouts.BYTE, 0) != VERSION
        || memory.get(Layouts.INT, CRC_AT) != crc(memory)) {
      throw new QueryException(
          ErrorCode.CORRUPTION,
          null,
          "a column chunk of " + memory.byteSize() + " bytes fails its checksum",
          "restore the store from a backup");
    }
    ColumnKind kind = KINDS[memory.get(Layouts.BYTE, 1)];
    Encoding encoding = ENCODINGS[memory.get(Layouts.BYTE, 2)];
    int flags = memory.get(Layouts.BYTE, 3);
    ZoneMap zone = zone(memory, flags);
    long at = memory.address() + payloadOffset(memory);
    long validity = 0;
    if ((flags & VALIDITY) != 0) {
      validity = at;
      at += Memory.pad8(Bits.bytes(zone.rows()));
    }
    long base = memory.get(Layouts.LONG, 32);
    int width = memory.get(Layouts.INT, 40);
    return switch (encoding) {
      case RAW -> raw(kind, zone, memory, validity, at);
      case CONST -> constant(kind, zone, memory, validity, base, at);
      case FOR -> new ForChunk(zone, memory, validity, base, width, at);
      case DICTIONARY -> dictionary(zone, memory, validity, base, width, at);
    };
  }

  private static int boundLength(MemorySegment memory, int at) {
    int length = memory.get(Layouts.SHORT, at) & 0xFFFF;
    return length == NO_BOUND ? 0 : length;
  }

  private static long payloadOffset(MemorySegment memory) {
    return Memory.pad8(HEADER + boundLength(memory, 44) + boundLength(memory, 46));
  }

  private static ZoneMap zone(MemorySegment memory, int flags) {
    byte[] minBytes = null;
    byte[] maxBytes = null;
    if ((flags & STRING_BOUNDS) != 0) {
      int minLength = boundLength(memory, 44);
      minBytes = bytes(memory, HEADER, minLength);
      if ((memory.get(Layouts.SHORT, 46) & 0xFFFF) != NO_BOUND) {
        maxBytes = bytes(memory, HEADER + minLength, boundLength(memory, 46));
      }
    }
    return new ZoneMap(
        memory.get(Layouts.INT, 4),
        memory.get(Layouts.INT, 8),
        (flags & BOUNDS) != 0,
        memory.get(Layouts.LONG, 16),
        memory.get(Layouts.LONG, 24),
        minBytes,
        maxBytes);
  }

  private static byte[] bytes(MemorySegment memory, long from, int length) {
    byte[] bytes = new byte[length];
    MemorySegment.copy(memory, Layouts.BYTE, from, bytes, 0, length);
    return bytes;
  }

  private static ColumnChunk raw(
      ColumnKind kind, ZoneMap zone, MemorySegment memory, long validity, long at) {
    if (kind != ColumnKind.STRING) {
      return new RawChunk(kind, zone, memory, validity, at, 0);
    }
    long bytes = at + Memory.pad8(4L * (zone.rows() + 1));
    return new RawChunk(kind, zone, memory, validity, bytes, at);
  }

  private static ColumnChunk constant(
      ColumnKind kind, ZoneMap zone, MemorySegment memory, long validity, long base, long at) {
    long offset = at - memory.address();
    MemorySegment bytes = kind == ColumnKind.STRING ? memory.asSlice(offset, base) : null;
    long high = kind == ColumnKind.WIDE ? Memory.longAt(at) : 0;
    return new ConstChunk(kind, zone, memory, validity, base, high, bytes);
  }

  private static ColumnChunk dictionary(
      ZoneMap zone, MemorySegment memory, long validity, long size, int width, long codes) {
    long offsets = codes + Memory.pad8((long) width * zone.rows()) - memory.address();
    long bytes = offsets + Memory.pad8(4 * (size + 1));
    StringDictionary dictionary =
        new StringDictionary(
            (int) size, memory.asSlice(offsets, 4 * (size + 1)), memory.asSlice(bytes));
    return new DictionaryChunk(zone, memory, validity, width, codes, dictionary);
  }

  /// A chunk of nulls, for a column that a segment does not have.
  public static ColumnChunk allNull(ColumnKind kind, int rows) {
    return ConstChunk.allNull(kind, rows);
  }

  /// Total order of bytes as unsigned numbers.
  public static int compare(byte @Nullable [] left, byte @Nullable [] right) {
    return Arrays.compareUnsigned(left, right);
  }
}
