package io.sabot.store;

import io.sabot.store.segment.ColumnData;
import io.sabot.store.tuple.TupleCursor;
import java.util.List;

/// Rows by key, for one snapshot.
public interface KeyIndex {
  List<Integer> columnIds();

  /// Probes `count` keys given as columns in key order; `addresses[i]` is the row, or -1. A key
  /// with a null in it matches nothing.
  void lookup(ColumnData[] keys, int count, long[] addresses);

  /// The row of a key whose columns are all of kind LONG, or -1.
  long lookup(long... key);

  /// Whether keys are kept in their own order: at most three columns, none of kind STRING or WIDE.
  boolean isOrdered();

  /// Ordered indexes only: rows whose first key column is in `[from, to]`; the tuples are the key
  /// columns followed by the row address.
  TupleCursor range(long from, long to);
}
