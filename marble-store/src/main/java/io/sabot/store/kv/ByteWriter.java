package io.sabot.store.kv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// Builds small stored records: variable-length numbers, text, and a checksum at the end.
public final class ByteWriter {
  private byte[] bytes = new byte[64];
  private int size;

  public ByteWriter u8(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /// An unsigned number in groups of 7 bits, least significant first.
  public ByteWriter unsigned(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /// A signed number, zig-zag.
  public ByteWriter signed(long value) {
    return unsigned((value << 1) ^ (value >> 63));
  }

  public ByteWriter i64(long value) {
    reserve(8);
    for (int shift = 0; shift < 64; shift += 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  public ByteWriter raw(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  public ByteWriter block(byte[] value) {
    return unsigned(value.length).raw(value);
  }

  /// Text: UTF-8, or UTF-16 where unpaired surrogates have no UTF-8 form.
  public ByteWriter text(String value) {
    if (isWellFormed(value)) {
      return u8(0).block(value.getBytes(StandardCharsets.UTF_8));
    }
    u8(1).unsigned(value.length());
    for (int i = 0; i < value.length(); i++) {
      u8(value.charAt(i)).u8(value.charAt(i) >>> 8);
    }
    return this;
  }

  /// The same as `new ByteWriter().u8(kind).text(value).bytes()`, without copies where the text is
  /// ASCII, as most are.
  public static byte[] kindAndText(int kind, String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    if (text.length != value.length() || (hasQuestionMark(text) && !isWellFormed(value))) {
      return new ByteWriter().u8(kind).text(value).bytes();
    }
    int header = 3 + (31 - Integer.numberOfLeadingZeros(text.length | 1)) / 7;
    byte[] out = new byte[header + text.length];
    out[0] = (byte) kind;
    int at = 2;
    int rest = text.length;
    for (; rest > 0x7F; rest >>>= 7) {
      out[at++] = (byte) (rest | 0x80);
    }
    out[at] = (byte) rest;
    System.arraycopy(text, 0, out, header, text.length);
    return out;
  }

  /// Half a surrogate pair is encoded as one, so that a text of as many bytes as characters is
  /// ASCII when it has none.
  private static boolean hasQuestionMark(byte[] text) {
    for (byte b : text) {
      if (b == '?') {
        return true;
      }
    }
    return false;
  }

  private static boolean isWellFormed(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))) {
        if (value.codePointAt(i) < 0x10000) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  public byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  /// The record followed by its CRC32C.
  public byte[] checked() {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, size);
    int value = (int) crc.getValue();
    for (int shift = 0; shift < 32; shift += 8) {
      u8(value >>> shift);
    }
    return bytes();
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }
}
