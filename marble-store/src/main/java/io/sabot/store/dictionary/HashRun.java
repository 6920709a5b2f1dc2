package io.sabot.store.dictionary;

import io.sabot.store.kv.ByteReader;
import io.sabot.store.kv.ByteWriter;
import io.sabot.store.kv.MemoryCache.Place;
import io.sabot.store.tuple.TupleBlock;
import org.jspecify.annotations.Nullable;

/// A sorted list of pairs (hash of a value, its number), in blocks that are loaded when needed.
///
/// @param number its identity, never given twice
/// @param pairs how many
/// @param firsts hash of the first pair of each block
/// @param bytes size of each block
/// @param loaded where blocks are that somebody has read, as long as the cache keeps them
record HashRun(
    long number, long pairs, long[] firsts, int[] bytes, @Nullable Place<TupleBlock>[] loaded) {

  @SuppressWarnings("unchecked") // no generic arrays
  static HashRun of(long number, long pairs, long[] firsts, int[] bytes) {
    return new HashRun(number, pairs, firsts, bytes, new Place[firsts.length]);
  }

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
    return of(number, pairs, firsts, bytes);
  }

  /// The last block that can hold the first pair with a hash, or 0. Hashes are spread evenly, so
  /// the guess is near.
  int blockOf(long hash) {
    int last = firsts.length - 1;
    if (last <= 0 || hash <= firsts[0]) {
      return 0;
    }
    double share = ((double) hash - firsts[0]) / ((double) firsts[last] - firsts[0]);
    int block = (int) Math.min(last, share * last);
    while (block < last && firsts[block + 1] < hash) {
      block++;
    }
    while (block > 0 && firsts[block] >= hash) {
      block--;
    }
    return block;
  }
}
