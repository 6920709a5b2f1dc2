package io.sabot.store.kv;

import java.nio.ByteBuffer;

/// Builds keys: big-endian, so that byte order is unsigned number order.
public final class Key {
  private final ByteBuffer bytes = ByteBuffer.allocate(48);

  public static Key of(int prefix) {
    Key key = new Key();
    key.bytes.put((byte) prefix);
    return key;
  }

  public static Key empty() {
    return new Key();
  }

  public Key add8(int value) {
    bytes.put((byte) value);
    return this;
  }

  public Key add16(int value) {
    bytes.putShort((short) value);
    return this;
  }

  public Key add32(int value) {
    bytes.putInt(value);
    return this;
  }

  public Key add64(long value) {
    bytes.putLong(value);
    return this;
  }

  public byte[] bytes() {
    byte[] out = new byte[bytes.position()];
    bytes.get(0, out);
    return out;
  }
}
