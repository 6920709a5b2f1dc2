package io.sabot.store.tuple;

/// Reads a sorted range of tuples in batches. Confined to one thread; holds nothing to close.
public interface TupleCursor {
  /// Copies at most `max` tuples; component `c` of tuple `i` goes to `columns[c][i]`. A null column
  /// is skipped. Returns how many, 0 at the end.
  int next(long[][] columns, int max);

  /// Moves forward to the first tuple whose leading components are not before `key`; never moves
  /// back.
  void seek(long... key);
}
