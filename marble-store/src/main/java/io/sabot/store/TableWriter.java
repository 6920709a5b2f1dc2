package io.sabot.store;

import io.sabot.store.segment.ColumnData;

/// Changes the rows of one table within a transaction. Confined to the thread of the transaction.
public interface TableWriter {
  /// Appends `rows` rows; `columns` are in the order of the table's definition. NOT NULL is checked
  /// now, keys by {@link Transaction#checkConstraints} and at commit.
  void append(ColumnData[] columns, int rows);

  /// Deletes visible rows by address; an address that is deleted already counts as not deleted.
  /// Returns how many rows it deleted.
  int delete(long[] addresses, int count);

  /// Replaces the values of some columns: deletes the rows and appends changed copies. Row `i` of
  /// each of `columns` belongs to `addresses[i]`. Addresses must be visible and distinct.
  void update(long[] addresses, int count, int[] columnIds, ColumnData[] columns);

  /// Deletes every row.
  void truncate();
}
