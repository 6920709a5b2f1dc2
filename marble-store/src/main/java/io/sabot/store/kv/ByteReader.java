package io.sabot.store.kv;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// Reads what a {@link ByteWriter} wrote.
public final class ByteReader {
  private final byte[] bytes;
  private final int end;
  private int at;

  public ByteReader(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /// A reader of `bytes[from..to)`.
  public ByteReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /// A reader of a record whose checksum holds.
  public static ByteReader checked(byte[] stored, String what) {
    CRC32C crc = new CRC32C();
    int size = stored.length - 4;
    if (size >= 0) {
      crc.update(stored, 0, size);
    }
    int value = 0;
    for (int i = 0; size >= 0 && i < 4; i++) {
      value |= (stored[size + i] & 0xFF) << (8 * i);
    }
    if (size < 0 || value != (int) crc.getValue()) {
      throw new QueryException(
          ErrorCode.CORRUPTION,
          null,
          what + " fails its checksum",
          "restore the store from a backup");
    }
    return new ByteReader(Arrays.copyOf(stored, size));
  }

  public boolean atEnd() {
    return at == end;
  }

  public int u8() {
    return bytes[at++] & 0xFF;
  }

  public long unsigned() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  public int intValue() {
    return Math.toIntExact(unsigned());
  }

  public long signed() {
    long value = unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  public long i64() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 8) {
      value |= (bytes[at++] & 0xFFL) << shift;
    }
    return value;
  }

  public byte[] raw(int length) {
    byte[] value = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return value;
  }

  public byte[] block() {
    return raw(intValue());
  }

  /// As {@link #text}, but the same object for a text that is read time and again.
  ///
  /// @param utf8 the bytes of `usual`
  public String text(byte[] utf8, String usual) {
    int before = at;
    if (u8() == 0) {
      int length = intValue();
      if (Arrays.equals(bytes, at, at + length, utf8, 0, utf8.length)) {
        at += length;
        return usual;
      }
    }
    at = before;
    return text();
  }

  public String text() {
    if (u8() == 0) {
      int length = intValue();
      at += length;
      return new String(bytes, at - length, length, StandardCharsets.UTF_8);
    }
    char[] chars = new char[intValue()];
    for (int i = 0; i < chars.length; i++) {
      int low = u8();
      chars[i] = (char) (low | u8() << 8);
    }
    return new String(chars);
  }
}
