package io.sabot.exec.hash;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import java.lang.foreign.MemorySegment;

/// Hashes of key vectors, column by column. Decimals hash by their low word, so that narrow and
/// wide forms of one number agree.
public final class Hashing {
  private static final long M = 0x9E3779B97F4A7C15L;
  private static final long NULL_HASH = 0x5DEECE66DL;

  private Hashing() {}

  /// Writes the hash of the `i`-th selected row to `hashes[i]`.
  public static void hash(Vector[] keys, Batch batch, long[] hashes) {
    for (int k = 0; k < keys.length; k++) {
      column(keys[k], batch, hashes, k == 0);
    }
    if (keys.length == 0) {
      java.util.Arrays.fill(hashes, 0, batch.count(), NULL_HASH);
    }
  }

  private static void column(Vector key, Batch batch, long[] hashes, boolean first) {
    for (int i = 0; i < batch.count(); i++) {
      long hash = cell(key, batch.row(i));
      hashes[i] = first ? mix(hash) : mix(hashes[i] * 31 + hash);
    }
  }

  private static long cell(Vector key, int row) {
    if (key.isNull(row)) {
      return NULL_HASH;
    }
    return switch (key.kind()) {
      case BOOL -> key.getBool(row) ? 1 : 2;
      case LONG, DOUBLE, DECIMAL, TERM -> key.getLong(row);
      case STRING -> string(key, row);
    };
  }

  private static long string(Vector key, int row) {
    MemorySegment bytes = key.bytes();
    long at = key.stringOffset(row);
    int length = key.stringLength(row);
    long hash = length;
    int i = 0;
    for (; i + 8 <= length; i += 8) {
      hash = mix(hash ^ bytes.get(Vector.LONG, at + i));
    }
    long tail = 0;
    for (; i < length; i++) {
      tail = tail << 8 | (bytes.get(Vector.BYTE, at + i) & 0xFF);
    }
    return hash * 31 + tail;
  }

  public static long mix(long value) {
    long hash = value * M;
    hash ^= hash >>> 32;
    return hash * M ^ (hash >>> 29);
  }
}
