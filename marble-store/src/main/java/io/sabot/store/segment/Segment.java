package io.sabot.store.segment;

import org.jspecify.annotations.Nullable;

/// A run of at most {@link #ROWS_MAX} rows of one table, as one snapshot sees it.
public interface Segment {
  int ROWS_MAX = 131_072;

  /// Bits of a row address that number the row within its segment.
  int ROW_BITS = 20;

  long id();

  int rowCount();

  /// Rows that this snapshot does not see: one bit a row, or null when it sees all.
  long @Nullable [] deletedRows();

  int deletedCount();

  /// The values of a column. A column that this segment does not have is a CONST chunk of nulls.
  ColumnChunk column(int columnId);

  /// Bounds of a column without loading it.
  ZoneMap zone(int columnId);

  default int liveCount() {
    return rowCount() - deletedCount();
  }

  default boolean isLive(int row) {
    long[] deleted = deletedRows();
    return deleted == null || !Bits.test(deleted, row);
  }

  default long address(int row) {
    return id() << ROW_BITS | row;
  }

  static long segmentId(long address) {
    return address >>> ROW_BITS;
  }

  static int row(long address) {
    return (int) address & ((1 << ROW_BITS) - 1);
  }
}
