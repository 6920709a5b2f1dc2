package io.sabot.store.dictionary;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.Value;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The values of 256 consecutive numbers, little-endian:
///
/// ```
///    0 u8 version (1)   1 three zeros   4 i32 CRC32C of byte 8 and on
///    8 257 x i32: where each value starts, and the end, counted from byte 1036
/// 1036 the values, as in ValueCodec; one of length 0 is not in this block
/// ```
///
/// A block is its bytes: an object around them would be one more wait for memory.
final class TermBlock {
  static final int SIZE = 256;
  private static final int VERSION = 1;
  private static final int STARTS_AT = 8;
  private static final int VALUES_AT = STARTS_AT + 4 * (SIZE + 1);

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private TermBlock() {}

  /// Throws unless these bytes are a whole block.
  static byte[] checked(byte[] stored) {
    boolean isWhole =
        stored.length >= VALUES_AT
            && stored[0] == VERSION
            && (int) INTS.get(stored, 4) == crc(stored)
            && start(stored, SIZE) == stored.length;
    if (!isWhole) {
      throw new QueryException(
          ErrorCode.CORRUPTION,
          null,
          "a block of " + stored.length + " bytes of the dictionary fails its checksum",
          "restore the store from a backup");
    }
    return stored;
  }

  private static int crc(byte[] stored) {
    CRC32C crc = new CRC32C();
    crc.update(stored, STARTS_AT, stored.length - STARTS_AT);
    return (int) crc.getValue();
  }

  /// @param terms of one block, by ascending number
  static byte[] encode(List<PendingTerms.Pending> terms, long firstId, IdOf idOf) {
    int size = terms.stream().mapToInt(t -> t.bytes.length).sum();
    byte[] out = new byte[VALUES_AT + size];
    out[0] = VERSION;
    ByteBuffer buffer = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    int next = 0;
    for (int i = 0; i < SIZE; i++) {
      buffer.putInt(STARTS_AT + 4 * i, at);
      if (next < terms.size() && idOf.id(terms.get(next)) == firstId + i) {
        byte[] bytes = terms.get(next++).bytes;
        System.arraycopy(bytes, 0, out, VALUES_AT + at, bytes.length);
        at += bytes.length;
      }
    }
    buffer.putInt(STARTS_AT + 4 * SIZE, at);
    buffer.putInt(4, crc(out));
    return out;
  }

  /// The number of a term in the dictionary.
  interface IdOf {
    long id(PendingTerms.Pending term);
  }

  private static int start(byte[] stored, int index) {
    return VALUES_AT + (int) INTS.get(stored, STARTS_AT + 4 * index);
  }

  /// The value at an index, or null when it is not in this block.
  static @Nullable Value value(byte[] stored, int index) {
    int from = start(stored, index);
    int to = start(stored, index + 1);
    return from == to ? null : ValueCodec.decode(stored, from, to);
  }

  /// The encoded value at an index, or null when it is not in this block.
  static byte @Nullable [] bytes(byte[] stored, int index) {
    int from = start(stored, index);
    int to = start(stored, index + 1);
    return from == to ? null : Arrays.copyOfRange(stored, from, to);
  }

  static boolean has(byte[] stored, int index, byte[] bytes) {
    return Arrays.equals(
        stored, start(stored, index), start(stored, index + 1), bytes, 0, bytes.length);
  }
}
