package io.sabot.store;

import io.sabot.store.segment.ColumnBuilder;
import io.sabot.store.segment.Segment;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of a table as one snapshot sees them. A row address is `segment id << 20 | row` and
/// means the same row as long as the snapshot lives.
public interface TableReader {
  int tableId();

  /// Visible rows; O(1).
  long rowCount();

  List<Segment> segments();

  /// The segment that holds a row address of this snapshot.
  Segment segment(long segmentId);

  /// Whether the row is visible here.
  boolean isLive(long address);

  /// Appends one value a row address to `into`.
  void gather(int columnId, long[] addresses, int count, ColumnBuilder into);

  /// LONG and DOUBLE columns: writes 8 bytes a row address at byte `dstOffset`; with `validity`,
  /// one bit a row from bit 0 on. A null row gives 0; an address of -1 gives null.
  void gatherWords(
      int columnId,
      long[] addresses,
      int count,
      MemorySegment dst,
      long dstOffset,
      @Nullable MemorySegment validity);

  /// The index of the primary key.
  Optional<KeyIndex> primaryKey();

  /// The index of the unique key with this list of column ids (or the primary key's).
  Optional<KeyIndex> keyIndex(List<Integer> columnIds);

  /// The entries of the key with this list of column ids.
  Optional<IndexReader> keyEntries(List<Integer> columnIds);
}
