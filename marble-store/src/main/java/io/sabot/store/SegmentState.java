package io.sabot.store;

import io.sabot.store.segment.ChunkFormat;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.SegmentDescriptor;
import io.sabot.store.segment.ZoneMap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A segment with the rows that are deleted in it, at one version. Immutable.
///
/// @param deleted one bit a row, or null
/// @param deleteLists how many stored lists the bits come from; folded into one now and then
record SegmentState(
    long id,
    int rows,
    Columns columns,
    long @Nullable [] deleted,
    int deletedCount,
    int deleteLists) {

  /// Where the values are.
  sealed interface Columns permits Stored, Buffered {}

  /// In the database.
  record Stored(SegmentDescriptor descriptor) implements Columns {}

  /// In memory, of an open transaction. Ids are ascending.
  record Buffered(int[] columnIds, ColumnChunk[] chunks) implements Columns {}

  static SegmentState stored(SegmentDescriptor descriptor) {
    return new SegmentState(descriptor.id(), descriptor.rows(), new Stored(descriptor), null, 0, 0);
  }

  int liveCount() {
    return rows - deletedCount;
  }

  SegmentState withDeleted(long @Nullable [] bits, int count, int lists) {
    return new SegmentState(id, rows, columns, bits, count, lists);
  }

  ColumnChunk column(int columnId, ColumnKind kind, Blobs blobs) {
    return switch (columns) {
      case Stored(SegmentDescriptor descriptor) -> {
        int ordinal = descriptor.ordinal(columnId);
        yield ordinal < 0 ? ChunkFormat.allNull(kind, rows) : blobs.chunk(descriptor, ordinal);
      }
      case Buffered(int[] ids, ColumnChunk[] chunks) -> {
        int ordinal = Arrays.binarySearch(ids, columnId);
        yield ordinal < 0 ? ChunkFormat.allNull(kind, rows) : chunks[ordinal];
      }
    };
  }

  ZoneMap zone(int columnId) {
    return switch (columns) {
      case Stored(SegmentDescriptor descriptor) -> {
        int ordinal = descriptor.ordinal(columnId);
        yield ordinal < 0 ? ZoneMap.allNull(rows) : descriptor.zones()[ordinal];
      }
      case Buffered(int[] ids, ColumnChunk[] chunks) -> {
        int ordinal = Arrays.binarySearch(ids, columnId);
        yield ordinal < 0 ? ZoneMap.allNull(rows) : chunks[ordinal].zone();
      }
    };
  }
}
