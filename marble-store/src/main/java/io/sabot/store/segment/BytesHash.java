package io.sabot.store.segment;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A 64-bit hash of bytes. Part of stored formats (dictionary and key indexes): never change it.
public final class BytesHash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9FB21C651E98DF25L;

  private BytesHash() {}

  public static long of(byte[] bytes, int from, int length) {
    long hash = HyperLogLog.mix(length);
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      hash = step(hash, (long) LONGS.get(bytes, from + i));
    }
    long tail = 0;
    for (int shift = 0; i < length; i++, shift += 8) {
      tail |= (bytes[from + i] & 0xFFL) << shift;
    }
    return HyperLogLog.mix(step(hash, tail));
  }

  private static long step(long hash, long word) {
    long mixed = (hash ^ word) * MULTIPLIER;
    return mixed ^ (mixed >>> 29);
  }
}
