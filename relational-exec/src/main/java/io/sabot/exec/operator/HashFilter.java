package io.sabot.exec.operator;

import io.sabot.exec.memory.QueryMemory;

/// A Bloom filter over hashes, two bits of one word each: says of a hash that was not added, nearly
/// always, that it was not. Filled by one thread, then asked by many.
final class HashFilter {
  private static final long BYTES_MIN = 8 << 10;
  private static final long BYTES_MAX = 32 << 20;

  /// Which part of the memory of a query it takes.
  private static final int PART = 32;

  private final QueryMemory memory;
  private final long[] words;

  HashFilter(QueryMemory memory) {
    long bytes = Math.clamp(memory.limitBytes() / PART, BYTES_MIN, BYTES_MAX);
    int length = (int) Long.highestOneBit(bytes / 8);
    memory.reserveHeap(8L * length);
    this.memory = memory;
    this.words = new long[length];
  }

  void add(long hash) {
    words[word(hash)] |= bits(hash);
  }

  boolean mayHave(long hash) {
    long bits = bits(hash);
    return (words[word(hash)] & bits) == bits;
  }

  /// Bits that {@link Partitions} uses only at its last levels.
  private int word(long hash) {
    return (int) (hash >>> 12) & (words.length - 1);
  }

  /// Two bits of a word.
  static long bits(long hash) {
    return 1L << hash | 1L << (hash >>> 6);
  }

  void release() {
    memory.reserveHeap(-8L * words.length);
  }
}
