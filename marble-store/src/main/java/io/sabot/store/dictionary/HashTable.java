package io.sabot.store.dictionary;

import io.sabot.store.tuple.TupleBlock;

/// The pairs (hash, number) of a block as lookups want them: open addressing in the order of the
/// hashes. A pair stands where the share of its hash in the block's range says, or behind the pairs
/// that stand there, so that a lookup mostly waits once for memory.
///
/// A table is its pairs, one a word: 16 bits of the hash, which tell nearly all others apart, and
/// 48 of the number, where 0 is an empty place. Immutable.
final class HashTable {
  /// Of the places for one pair in three nothing is stored.
  private static final int PLACES_FOR_TWO = 3;

  private static final int NUMBER_BITS = 48;
  private static final long NUMBER_MAX = (1L << NUMBER_BITS) - 1;
  private static final long OBJECT_BYTES = 100;

  private HashTable() {}

  /// The factor that spreads hashes over the places of a table.
  ///
  /// @param span from the first hash of the block to the first one behind it, unsigned
  /// @param count of pairs
  static long scale(long span, int count) {
    // Of one place the share of the widest span would be one more than a word holds.
    long places = Math.max(2, (long) count * PLACES_FOR_TWO / 2);
    return Long.divideUnsigned(-1L, Long.divideUnsigned(span, places) + 1);
  }

  private static int place(long hash, long first, long scale) {
    return (int) Math.unsignedMultiplyHigh(hash - first, scale);
  }

  /// @param first hash of the block
  static long[] of(TupleBlock block, long first, long scale) {
    int count = block.count();
    int[] places = new int[count];
    int next = 0;
    for (int row = 0; row < count; row++) {
      places[row] = Math.max(next, place(block.get(row, 0), first, scale));
      next = places[row] + 1;
    }
    // One more that is empty ends every search.
    long[] table = new long[next + 1];
    for (int row = 0; row < count; row++) {
      long number = block.get(row, 1);
      if (number < 1 || number > NUMBER_MAX) {
        throw new IllegalStateException("term number " + number);
      }
      table[places[row]] = block.get(row, 0) << NUMBER_BITS | number;
    }
    return table;
  }

  static long sizeInBytes(long[] table) {
    return 8L * table.length + OBJECT_BYTES;
  }

  /// The number that matches among those with a hash, and maybe a few others; or 0.
  static long find(long[] table, long hash, long first, long scale, TermFiles.Match match) {
    long mark = hash << NUMBER_BITS;
    int at = Math.min(place(hash, first, scale), table.length - 1);
    for (long pair; (pair = table[at]) != 0; at++) {
      long number = pair & NUMBER_MAX;
      if ((pair ^ mark) == number && match.is(number)) {
        return number;
      }
    }
    return 0;
  }
}
