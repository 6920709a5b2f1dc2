package io.sabot.store;

import io.sabot.plan.catalog.Statistics;
import io.sabot.store.segment.Bits;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The segments of one table at one version, by ascending id. Immutable.
final class TableState {
  private final int tableId;
  private final ColumnKinds kinds;
  private final SegmentState[] segments;
  private final long rowCount;
  private final Map<Integer, Statistics.ColumnStatistics> statistics = new ConcurrentHashMap<>();

  /// The physical form of a table's columns.
  @FunctionalInterface
  interface ColumnKinds {
    ColumnKind kind(int columnId);

    /// Node and edge tables hold nothing but term identifiers.
    ColumnKinds TERMS = columnId -> ColumnKind.LONG;
  }

  TableState(int tableId, ColumnKinds kinds, Collection<SegmentState> segments) {
    this.tableId = tableId;
    this.kinds = kinds;
    this.segments = segments.toArray(SegmentState[]::new);
    Arrays.sort(this.segments, Comparator.comparingLong(SegmentState::id));
    long rows = 0;
    for (SegmentState segment : this.segments) {
      rows += segment.liveCount();
    }
    this.rowCount = rows;
  }

  static TableState empty(int tableId, ColumnKinds kinds) {
    return new TableState(tableId, kinds, List.of());
  }

  int tableId() {
    return tableId;
  }

  ColumnKinds kinds() {
    return kinds;
  }

  long rowCount() {
    return rowCount;
  }

  /// Statistics of a column, computed once for this version.
  Statistics.ColumnStatistics statistics(
      int columnId, Supplier<Statistics.ColumnStatistics> compute) {
    return statistics.computeIfAbsent(columnId, id -> compute.get());
  }

  List<SegmentState> segments() {
    return Arrays.asList(segments);
  }

  @Nullable SegmentState find(long segmentId) {
    int low = 0;
    int high = segments.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long id = segments[middle].id();
      if (id == segmentId) {
        return segments[middle];
      }
      if (id < segmentId) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  boolean isLive(long address) {
    SegmentState segment = find(Segment.segmentId(address));
    int row = Segment.row(address);
    if (segment == null || row >= segment.rows()) {
      return false;
    }
    long[] deleted = segment.deleted();
    return deleted == null || !Bits.test(deleted, row);
  }

  TableState withKinds(ColumnKinds changed) {
    return new TableState(tableId, changed, segments());
  }

  /// With some segments replaced by id, some removed, and some added.
  TableState with(
      Map<Long, SegmentState> replaced, Collection<Long> removed, List<SegmentState> added) {
    List<SegmentState> result = new ArrayList<>(segments.length + added.size());
    for (SegmentState segment : segments) {
      if (!removed.contains(segment.id())) {
        result.add(replaced.getOrDefault(segment.id(), segment));
      }
    }
    result.addAll(added);
    return new TableState(tableId, kinds, result);
  }
}
