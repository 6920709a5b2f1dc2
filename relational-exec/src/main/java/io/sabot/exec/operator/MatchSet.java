package io.sabot.exec.operator;

import java.util.concurrent.atomic.AtomicLongArray;

/// Which stored rows of a join had a match. Set by many threads at once, read when they are done.
final class MatchSet {
  private AtomicLongArray words = new AtomicLongArray(0);

  /// Forgets all and makes room for this many rows. By one thread, before others set.
  void reset(int rows) {
    words = new AtomicLongArray((rows + 63) >>> 6);
  }

  void set(int row) {
    int word = row >>> 6;
    long bit = 1L << row;
    long seen = words.getOpaque(word);
    while ((seen & bit) == 0) {
      long found = words.compareAndExchange(word, seen, seen | bit);
      if (found == seen) {
        return;
      }
      seen = found;
    }
  }

  boolean get(int row) {
    return (words.getOpaque(row >>> 6) & 1L << row) != 0;
  }

  /// The first row from `from` on that is set, or that is not; `rows` when there is none before it.
  int next(int from, int rows, boolean isSet) {
    int row = from;
    while (row < rows) {
      long word = words.get(row >>> 6);
      long candidates = (isSet ? word : ~word) >>> row;
      if (candidates != 0) {
        return Math.min(rows, row + Long.numberOfTrailingZeros(candidates));
      }
      row = (row | 63) + 1;
    }
    return rows;
  }
}
