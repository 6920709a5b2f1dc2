package io.sabot.store.tuple;

import java.util.List;

/// A sorted set of tuples of signed 64-bit components, as one snapshot sees it.
public interface TupleReader {
  int arity();

  /// All tuples that start with `prefix`, in order.
  TupleCursor scan(long... prefix);

  /// As {@link #scan}, in at most `parts` cursors over one stretch each, in order.
  List<TupleCursor> scanParts(int parts, long... prefix);

  /// All tuples that start with `prefix` and whose next component is in `[from, to]`.
  TupleCursor scanRange(long[] prefix, long from, long to);

  /// All tuples from `low` to `high`, whole tuples, both included.
  TupleCursor scanBetween(long[] low, long[] high);

  /// How many tuples {@link #scanBetween} would give, at the same cost as {@link #count}.
  long countBetween(long[] low, long[] high);

  /// How many tuples {@link #scan} would give: exact, at the cost of at most two block reads.
  long count(long... prefix);

  /// All tuples; O(1).
  long size();

  boolean contains(long... tuple);
}
