package io.sabot.store.dictionary;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.Value;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The values of 256 consecutive numbers in 16 groups, little-endian; places count from byte 0:
///
/// ```
///  0 u8 version (2)   1 three zeros   4 i32 CRC32C of byte 8 and on
///  8 16 x i32: where each group is
///    each group: 17 x i32 where its values start, and the end; the values, as in ValueCodec
/// ```
///
/// A value of length 0 is not in this block. What a lookup reads of a group lies together: that is
/// one page, and often one wait for memory. A block is its bytes, for the same reason: no object is
/// around them.
///
/// Version 1 had one list of starts for all values; it is brought into this form when it is read.
final class TermBlock {
  static final int SIZE = 256;
  private static final int VERSION = 2;
  private static final int GROUP = 16;
  private static final int GROUPS_AT = 8;
  private static final int VALUES_AT = GROUPS_AT + 4 * (SIZE / GROUP);
  private static final int STARTS_BYTES = 4 * (GROUP + 1);
  private static final int SIZE_MIN = VALUES_AT + SIZE / GROUP * STARTS_BYTES;

  // Of version 1.
  private static final int FIRST_VERSION = 1;
  private static final int FIRST_VALUES_AT = 8 + 4 * (SIZE + 1);

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private TermBlock() {}

  /// The block of these stored bytes, mostly themselves. Throws unless they are a whole one.
  static byte[] checked(byte[] stored) {
    boolean isWhole =
        stored.length >= Math.min(SIZE_MIN, FIRST_VALUES_AT)
            && (int) INTS.get(stored, 4) == crc(stored);
    if (isWhole && stored[0] == VERSION && end(stored) == stored.length) {
      return stored;
    }
    if (isWhole && stored[0] == FIRST_VERSION && stored.length >= FIRST_VALUES_AT) {
      return ofFirstVersion(stored);
    }
    throw new QueryException(
        ErrorCode.CORRUPTION,
        null,
        "a block of " + stored.length + " bytes of the dictionary fails its checksum",
        "restore the store from a backup");
  }

  private static byte[] ofFirstVersion(byte[] stored) {
    byte[][] values = new byte[SIZE][];
    for (int i = 0; i < SIZE; i++) {
      int from = FIRST_VALUES_AT + (int) INTS.get(stored, 8 + 4 * i);
      int to = FIRST_VALUES_AT + (int) INTS.get(stored, 8 + 4 * (i + 1));
      values[i] = Arrays.copyOfRange(stored, from, to);
    }
    return encode(values);
  }

  private static int crc(byte[] stored) {
    CRC32C crc = new CRC32C();
    crc.update(stored, GROUPS_AT, stored.length - GROUPS_AT);
    return (int) crc.getValue();
  }

  /// @param terms of one block, by ascending number
  static byte[] encode(List<PendingTerms.Pending> terms, long firstId, IdOf idOf) {
    byte[][] values = new byte[SIZE][];
    for (PendingTerms.Pending term : terms) {
      values[(int) (idOf.id(term) - firstId)] = term.bytes;
    }
    return encode(values);
  }

  /// @param values by index; null or empty where there is none
  private static byte[] encode(byte[] @Nullable [] values) {
    int size = SIZE_MIN;
    for (byte[] value : values) {
      size += value == null ? 0 : value.length;
    }
    byte[] out = new byte[size];
    out[0] = VERSION;
    int at = VALUES_AT;
    for (int first = 0; first < SIZE; first += GROUP) {
      INTS.set(out, GROUPS_AT + 4 * (first / GROUP), at);
      int starts = at;
      at += STARTS_BYTES;
      for (int i = 0; i < GROUP; i++) {
        INTS.set(out, starts + 4 * i, at);
        byte[] value = values[first + i];
        if (value != null) {
          System.arraycopy(value, 0, out, at, value.length);
          at += value.length;
        }
      }
      INTS.set(out, starts + 4 * GROUP, at);
    }
    INTS.set(out, 4, crc(out));
    return out;
  }

  /// The number of a term in the dictionary.
  interface IdOf {
    long id(PendingTerms.Pending term);
  }

  /// Where the start of the value at an index stands; its end stands behind it.
  private static int startAt(byte[] stored, int index) {
    return (int) INTS.get(stored, GROUPS_AT + 4 * (index / GROUP)) + 4 * (index % GROUP);
  }

  private static int end(byte[] stored) {
    int last = startAt(stored, SIZE - 1) + 4;
    return last >= VALUES_AT && last <= stored.length - 4 ? (int) INTS.get(stored, last) : -1;
  }

  /// The value at an index, or null when it is not in this block.
  static @Nullable Value value(byte[] stored, int index) {
    int at = startAt(stored, index);
    int from = (int) INTS.get(stored, at);
    int to = (int) INTS.get(stored, at + 4);
    return from == to ? null : ValueCodec.decode(stored, from, to);
  }

  /// The encoded value at an index, or null when it is not in this block.
  static byte @Nullable [] bytes(byte[] stored, int index) {
    int at = startAt(stored, index);
    int from = (int) INTS.get(stored, at);
    int to = (int) INTS.get(stored, at + 4);
    return from == to ? null : Arrays.copyOfRange(stored, from, to);
  }

  static boolean has(byte[] stored, int index, byte[] bytes) {
    int at = startAt(stored, index);
    int from = (int) INTS.get(stored, at);
    return Arrays.equals(stored, from, (int) INTS.get(stored, at + 4), bytes, 0, bytes.length);
  }
}
