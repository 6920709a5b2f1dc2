package io.sabot.store.dictionary;

import io.sabot.store.kv.ByteReader;
import io.sabot.store.kv.ByteWriter;
import io.sabot.store.kv.MemoryCache;
import io.sabot.store.tuple.TupleBlock;

/// A sorted list of pairs (hash of a value, its number), in blocks that are loaded when needed.
final class HashRun {
  private final long number;
  private final long pairs;
  private final long[] firsts;
  private final int[] bytes;
  private final MemoryCache.Shelf<long[]> loaded;

  /// By which the distance of a hash from the first one of its block becomes a place in its table.
  private final long[] scales;

  /// @param number its identity, never given twice
  /// @param pairs how many
  /// @param firsts hash of the first pair of each block
  /// @param bytes size of each block
  HashRun(long number, long pairs, long[] firsts, int[] bytes, MemoryCache cache) {
    this.number = number;
    this.pairs = pairs;
    this.firsts = firsts;
    this.bytes = bytes;
    this.loaded = cache.shelf();
    this.scales = new long[firsts.length];
    for (int b = 0; b < firsts.length; b++) {
      long end = b + 1 < firsts.length ? firsts[b + 1] : Long.MAX_VALUE;
      scales[b] = HashTable.scale(end - firsts[b], count(b));
    }
  }

  private int count(int block) {
    long before = (long) block * TupleBlock.TUPLES_MAX;
    return (int) Math.min(TupleBlock.TUPLES_MAX, pairs - before);
  }

  byte[] encode() {
    ByteWriter out = new ByteWriter().unsigned(pairs).unsigned(firsts.length);
    for (int i = 0; i < firsts.length; i++) {
      out.i64(firsts[i]).unsigned(bytes[i]);
    }
    return out.checked();
  }

  static HashRun decode(long number, byte[] stored, MemoryCache cache) {
    ByteReader in = ByteReader.checked(stored, "a list of hashes of the dictionary");
    long pairs = in.unsigned();
    int blocks = in.intValue();
    long[] firsts = new long[blocks];
    int[] bytes = new int[blocks];
    for (int i = 0; i < blocks; i++) {
      firsts[i] = in.i64();
      bytes[i] = in.intValue();
    }
    return new HashRun(number, pairs, firsts, bytes, cache);
  }

  long number() {
    return number;
  }

  long pairs() {
    return pairs;
  }

  int blocks() {
    return firsts.length;
  }

  /// Size in bytes of a stored block.
  int bytes(int block) {
    return bytes[block];
  }

  long first(int block) {
    return firsts[block];
  }

  long scale(int block) {
    return scales[block];
  }

  /// The {@link HashTable}s of blocks that somebody has read, as long as the cache keeps them.
  MemoryCache.Shelf<long[]> loaded() {
    return loaded;
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
