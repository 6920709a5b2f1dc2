package io.sabot.store.dictionary;

import io.sabot.store.kv.ByteReader;
import io.sabot.store.kv.ByteWriter;

/// A sorted list of pairs (hash of a value, its number), in blocks that are loaded when needed.
///
/// @param number its identity, never given twice
/// @param pairs how many
/// @param firsts hash of the first pair of each block
/// @param bytes size of each block
record HashRun(long number, long pairs, long[] firsts, int[] bytes) {

  byte[] encode() {
    ByteWriter out = new ByteWriter().unsigned(pairs).unsigned(firsts.length);
    for (int i = 0; i < firsts.length; i++) {
      out.i64(firsts[i]).unsigned(bytes[i]);
    }
    return out.checked();
  }

  static HashRun decode(long number, byte[] stored) {
    ByteReader in = ByteReader.checked(stored, "a list of hashes of the dictionary");
    long pairs = in.unsigned();
    int blocks = in.intValue();
    long[] firsts = new long[blocks];
    int[] bytes = new int[blocks];
    for (int i = 0; i < blocks; i++) {
      firsts[i] = in.i64();
      bytes[i] = in.intValue();
    }
    return new HashRun(number, pairs, firsts, bytes);
  }

  /// The last block that can hold the first pair with a hash, or 0. Hashes are spread evenly, so
  /// the guess is near.
  int blockOf(long hash) {
    int low = 0;
    int high = firsts.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (firsts[middle] < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Math.max(0, low - 1);
  }
}
