package io.sabot.exec.spill;

import com.github.luben.zstd.Zstd;
import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Physical;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// The bytes of a block of rows. Confined to one thread.
///
/// ```
/// block   := magic(4) rows(4) length(4) stored(4) crc32c-of-all-else(4) stored-bytes
/// column  := flags(1) [validity: a 64-bit word for each 64 rows] data
/// data    := BOOL: a byte a row
///          | LONG, DOUBLE, TERM: words
///          | DECIMAL: words, then the high words where it is wide
///          | STRING: the lengths as words, then all bytes
/// words   := least(8) width(1) (word - least) in `width` bytes (0, 1, 2, 4 or 8) a row
/// ```
///
/// All little-endian. The stored bytes are the columns, as zstd frame where that is shorter (then
/// `stored < length`).
public final class BlockCodec {
  /// Above this, a block of several rows is divided.
  static final long BYTES_MAX = 64L << 20;

  private static final int MAGIC = 0x31_4C_50_53;
  private static final int HEADER_BYTES = 20;
  private static final int CHECKSUM_AT = 16;
  private static final int ZSTD_LEVEL = 1;

  /// Fewer bytes are not worth a frame.
  private static final int COMPRESS_MIN = 512;

  private static final int NULLS = 1;
  private static final int WIDE = 2;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private byte[] plain = new byte[1 << 12];
  private MemorySegment columns = MemorySegment.ofArray(plain);
  private byte[] stored = new byte[1 << 12];
  private int at;
  private final CRC32C crc = new CRC32C();

  /// How much memory the rows take.
  public static long memoryBytes(Vector[] vectors, int from, int count) {
    long bytes = 0;
    for (Vector vector : vectors) {
      bytes +=
          switch (vector.kind()) {
            case BOOL -> count;
            case LONG, DOUBLE, TERM -> 8L * count;
            case DECIMAL -> vector.isWide() ? 16L * count : 8L * count;
            case STRING -> 8L * count + vector.stringBytes(from, count);
          };
      bytes += vector.hasNulls() ? count / 8 + 8 : 0;
    }
    return bytes;
  }

  // ---- writing

  /// The block; valid until the next call.
  ByteBuffer encode(Vector[] vectors, int from, int count) {
    at = 0;
    long bound = memoryBytes(vectors, from, count) + 32L * vectors.length;
    ensurePlain(Math.toIntExact(bound));
    for (Vector vector : vectors) {
      column(vector, from, count);
    }
    int length = at;
    int bytes = compress(length);
    MemorySegment header = MemorySegment.ofArray(stored);
    header.set(INT, 0, MAGIC);
    header.set(INT, 4, count);
    header.set(INT, 8, length);
    header.set(INT, 12, bytes);
    header.set(INT, CHECKSUM_AT, checksum(bytes));
    return ByteBuffer.wrap(stored, 0, HEADER_BYTES + bytes);
  }

  private void ensurePlain(int bytes) {
    if (plain.length < bytes) {
      plain = new byte[Math.max(bytes, (int) Math.min(2L * plain.length, 1 << 30))];
      columns = MemorySegment.ofArray(plain);
    }
  }

  private void ensureStored(int bytes) {
    if (stored.length < bytes) {
      stored = new byte[Math.max(bytes, (int) Math.min(2L * stored.length, 1 << 30))];
    }
  }

  /// Puts the columns behind the header, compressed if that helps; returns how many bytes they are.
  private int compress(int length) {
    if (length >= COMPRESS_MIN) {
      int bound = Math.toIntExact(Zstd.compressBound(length));
      ensureStored(HEADER_BYTES + bound);
      long packed =
          Zstd.compressByteArray(stored, HEADER_BYTES, bound, plain, 0, length, ZSTD_LEVEL);
      if (!Zstd.isError(packed) && packed < length - length / 8) {
        return (int) packed;
      }
    }
    ensureStored(HEADER_BYTES + length);
    System.arraycopy(plain, 0, stored, HEADER_BYTES, length);
    return length;
  }

  private int checksum(int bytes) {
    crc.reset();
    crc.update(stored, 0, CHECKSUM_AT);
    crc.update(stored, HEADER_BYTES, bytes);
    return (int) crc.getValue();
  }

  private void column(Vector vector, int from, int count) {
    boolean nulls = vector.hasNulls();
    boolean wide = vector.kind() == Physical.DECIMAL && vector.isWide();
    columns.set(Vector.BYTE, at++, (byte) ((nulls ? NULLS : 0) | (wide ? WIDE : 0)));
    if (nulls) {
      validity(vector, from, count);
    }
    switch (vector.kind()) {
      case BOOL -> {
        MemorySegment.copy(vector.data(), from, columns, at, count);
        at += count;
      }
      case LONG, DOUBLE, TERM -> words(vector, vector.data(), from, count);
      case DECIMAL -> {
        words(vector, vector.data(), from, count);
        if (wide) {
          words(vector, vector.high(), from, count);
        }
      }
      case STRING -> strings(vector, from, count);
    }
  }

  private void validity(Vector vector, int from, int count) {
    for (int start = 0; start < count; start += 64) {
      long word = 0;
      int rows = Math.min(64, count - start);
      for (int i = 0; i < rows; i++) {
        word |= vector.isNull(from + start + i) ? 0 : 1L << i;
      }
      columns.set(Vector.LONG, at, word);
      at += 8;
    }
  }

  /// What lies under nulls is undefined, and would only make the words wider.
  private void words(Vector vector, MemorySegment source, int from, int count) {
    boolean nulls = vector.hasNulls();
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int row = from; row < from + count; row++) {
      if (!nulls || !vector.isNull(row)) {
        long word = source.get(Vector.LONG, 8L * row);
        least = Math.min(least, word);
        most = Math.max(most, word);
      }
    }
    if (least > most) {
      least = 0;
      most = 0;
    }
    int width = width(most - least);
    columns.set(Vector.LONG, at, least);
    columns.set(Vector.BYTE, at + 8L, (byte) width);
    at += 9;
    for (int row = from; width > 0 && row < from + count; row++) {
      put(nulls && vector.isNull(row) ? 0 : source.get(Vector.LONG, 8L * row) - least, width);
    }
  }

  /// How many bytes hold an unsigned word.
  private static int width(long word) {
    int bytes = (64 - Long.numberOfLeadingZeros(word) + 7) / 8;
    return bytes <= 2 ? bytes : bytes <= 4 ? 4 : 8;
  }

  private void put(long word, int width) {
    switch (width) {
      case 1 -> columns.set(Vector.BYTE, at, (byte) word);
      case 2 -> columns.set(SHORT, at, (short) word);
      case 4 -> columns.set(INT, at, (int) word);
      default -> columns.set(Vector.LONG, at, word);
    }
    at += width;
  }

  private void strings(Vector vector, int from, int count) {
    int longest = 0;
    for (int row = from; row < from + count; row++) {
      longest = Math.max(longest, length(vector, row));
    }
    int width = width(longest);
    columns.set(Vector.LONG, at, 0L);
    columns.set(Vector.BYTE, at + 8L, (byte) width);
    at += 9;
    for (int row = from; width > 0 && row < from + count; row++) {
      put(length(vector, row), width);
    }
    for (int row = from; row < from + count; row++) {
      int length = length(vector, row);
      MemorySegment.copy(vector.bytes(), vector.stringOffset(row), columns, at, length);
      at += length;
    }
  }

  private static int length(Vector vector, int row) {
    return vector.isNull(row) ? 0 : vector.stringLength(row);
  }

  // ---- reading

  /// Reads the block at `position` of a file into a batch; returns where the next one starts.
  long read(SpillFile file, long position, Batch batch) {
    long left = file.length() - position;
    if (left < HEADER_BYTES) {
      throw Errors.spillDamaged(file.name());
    }
    file.read(stored, HEADER_BYTES, position);
    MemorySegment header = MemorySegment.ofArray(stored);
    int rows = header.get(INT, 4);
    int length = header.get(INT, 8);
    int bytes = header.get(INT, 12);
    int expected = header.get(INT, CHECKSUM_AT);
    boolean sound =
        header.get(INT, 0) == MAGIC
            && rows > 0
            && bytes >= 0
            && bytes <= length
            && bytes <= left - HEADER_BYTES;
    if (!sound) {
      throw Errors.spillDamaged(file.name());
    }
    ensureStored(HEADER_BYTES + bytes);
    file.read(stored, HEADER_BYTES + bytes, position);
    if (checksum(bytes) != expected) {
      throw Errors.spillDamaged(file.name());
    }
    decompress(bytes, length, file);
    at = 0;
    for (int c = 0; c < batch.columnCount(); c++) {
      column(batch.vector(c), rows);
    }
    batch.all(rows);
    return position + HEADER_BYTES + bytes;
  }

  private void decompress(int bytes, int length, SpillFile file) {
    ensurePlain(length);
    if (bytes == length) {
      System.arraycopy(stored, HEADER_BYTES, plain, 0, length);
      return;
    }
    long got = Zstd.decompressByteArray(plain, 0, length, stored, HEADER_BYTES, bytes);
    if (got != length) {
      throw Errors.spillDamaged(file.name());
    }
  }

  private void column(Vector vector, int rows) {
    vector.reset(rows);
    int flags = columns.get(Vector.BYTE, at++);
    if ((flags & NULLS) != 0) {
      int bytes = (rows + 63) / 64 * 8;
      MemorySegment.copy(columns, at, vector.validityForWrite(rows), 0, bytes);
      at += bytes;
    }
    switch (vector.kind()) {
      case BOOL -> {
        MemorySegment.copy(columns, at, vector.data(), 0, rows);
        at += rows;
      }
      case LONG, DOUBLE, TERM -> words(vector.data(), rows);
      case DECIMAL -> {
        words(vector.data(), rows);
        if ((flags & WIDE) != 0) {
          vector.widen(rows, 0);
          words(vector.high(), rows);
        }
      }
      case STRING -> strings(vector, rows);
    }
  }

  private void words(MemorySegment target, int rows) {
    long least = columns.get(Vector.LONG, at);
    int width = columns.get(Vector.BYTE, at + 8L);
    at += 9;
    for (int row = 0; row < rows; row++) {
      target.set(Vector.LONG, 8L * row, least + word(width));
      at += width;
    }
  }

  private long word(int width) {
    return switch (width) {
      case 0 -> 0;
      case 1 -> columns.get(Vector.BYTE, at) & 0xFFL;
      case 2 -> columns.get(SHORT, at) & 0xFFFFL;
      case 4 -> columns.get(INT, at) & 0xFFFF_FFFFL;
      default -> columns.get(Vector.LONG, at);
    };
  }

  private void strings(Vector vector, int rows) {
    int width = columns.get(Vector.BYTE, at + 8L);
    at += 9;
    long offset = 0;
    for (int row = 0; row < rows; row++) {
      int length = (int) word(width);
      at += width;
      vector.setView(row, offset, length);
      offset += length;
    }
    vector.reserveBytes(offset);
    MemorySegment.copy(columns, at, vector.bytes(), 0, offset);
    at += (int) offset;
  }
}
