package io.sabot.store;

import io.sabot.store.segment.Bits;
import io.sabot.store.segment.ChunkEncoder;
import io.sabot.store.segment.ColumnBuilder;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnData;
import io.sabot.store.segment.EncodedColumn;
import io.sabot.store.segment.Segment;
import io.sabot.store.segment.SegmentDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A transaction's changes to the rows of one table: segments it adds, and rows it deletes.
final class TableChanges {
  private final StoreTransaction transaction;
  private final int tableId;
  private final TableState base;
  private final TableState.ColumnKinds kinds;
  private final List<SegmentState> sealed = new ArrayList<>();
  private final List<Appended> appended = new ArrayList<>();
  private final Map<Long, Deleted> deleted = new HashMap<>();
  private final TreeMap<Integer, ColumnBuilder> builders = new TreeMap<>();
  private long openId = -1;
  private int openRows;
  private @Nullable TableState state;

  /// Deleted rows of one segment, the base's and ours.
  static final class Deleted {
    final long[] bits;
    final @Nullable SegmentState base;
    int count;
    boolean shared;

    Deleted(int rows, @Nullable SegmentState base) {
      this.base = base;
      long[] inherited = base == null ? null : base.deleted();
      this.bits = inherited == null ? new long[Bits.words(rows)] : inherited.clone();
      this.count = base == null ? 0 : base.deletedCount();
    }

    private Deleted(Deleted other) {
      this.base = other.base;
      this.bits = other.bits.clone();
      this.count = other.count;
    }
  }

  TableChanges(
      StoreTransaction transaction,
      int tableId,
      @Nullable TableState base,
      TableState.ColumnKinds kinds) {
    this.transaction = transaction;
    this.tableId = tableId;
    this.kinds = kinds;
    this.base = base == null ? TableState.empty(tableId, kinds) : base.withKinds(kinds);
  }

  int tableId() {
    return tableId;
  }

  TableState base() {
    return base;
  }

  /// Appends rows of all given columns and returns the address of the first; `rows` must fit in the
  /// open segment ({@link #room}).
  long append(int[] columnIds, ColumnData[] columns, int from, int rows) {
    open();
    long address = openId << Segment.ROW_BITS | openRows;
    for (int i = 0; i < columnIds.length; i++) {
      builder(columnIds[i]).append(columns[i], from, rows);
    }
    appended.add(new Appended(address, rows));
    finishRows(rows);
    return address;
  }

  /// Appends one row of term identifiers; 0 is null.
  long append(int[] columnIds, long[] values) {
    open();
    long address = openId << Segment.ROW_BITS | openRows;
    for (int i = 0; i < columnIds.length; i++) {
      if (values[i] != 0) {
        builder(columnIds[i]).appendLong(values[i]);
      }
    }
    finishRows(1);
    return address;
  }

  /// Rows that still fit in the open segment.
  int room() {
    return Segment.ROWS_MAX - openRows;
  }

  private void open() {
    if (openId < 0) {
      openId = transaction.newBlockId();
    }
    state = null;
  }

  private ColumnBuilder builder(int columnId) {
    ColumnBuilder known = builders.get(columnId);
    if (known != null) {
      return known;
    }
    ColumnBuilder fresh = new ColumnBuilder(kinds.kind(columnId));
    fresh.appendNulls(openRows);
    builders.put(columnId, fresh);
    return fresh;
  }

  private void finishRows(int rows) {
    openRows += rows;
    for (ColumnBuilder builder : builders.values()) {
      if (builder.rows() < openRows) {
        builder.appendNulls(openRows - builder.rows());
      }
    }
    if (openRows >= Segment.ROWS_MAX) {
      seal();
    }
  }

  /// Encodes the open segment and starts another.
  private void seal() {
    SegmentState buffered = openState();
    if (buffered == null) {
      return;
    }
    SegmentDescriptor descriptor = encodeOpen();
    sealed.add(buffered);
    transaction.blobs().sealed(descriptor, this::stored);
    openId = -1;
    openRows = 0;
    builders.clear();
  }

  /// The chunks of a sealed segment can be read from the database from now on.
  private void stored(SegmentDescriptor descriptor) {
    sealed.replaceAll(s -> s.id() == descriptor.id() ? SegmentState.stored(descriptor) : s);
    state = null;
  }

  private SegmentDescriptor encodeOpen() {
    int[] ids = builders.keySet().stream().mapToInt(Integer::intValue).toArray();
    EncodedColumn[] columns = new EncodedColumn[ids.length];
    int bytes = 0;
    for (int i = 0; i < ids.length; i++) {
      ColumnBuilder builder = builders.get(ids[i]);
      if (builder == null) {
        throw new IllegalStateException("no builder for column " + ids[i]);
      }
      columns[i] = ChunkEncoder.encode(builder.data(), 0, openRows);
      bytes += columns[i].bytes().length;
    }
    boolean packed = bytes <= BlobWriter.PACKED_BYTES_MAX;
    SegmentDescriptor descriptor = SegmentDescriptor.of(openId, openRows, packed, ids, columns);
    transaction.blobs().addSegment(descriptor, columns);
    return descriptor;
  }

  private @Nullable SegmentState openState() {
    if (openRows == 0) {
      return null;
    }
    int[] ids = builders.keySet().stream().mapToInt(Integer::intValue).toArray();
    ColumnChunk[] chunks =
        builders.values().stream().map(ColumnBuilder::chunk).toArray(ColumnChunk[]::new);
    return new SegmentState(openId, openRows, new SegmentState.Buffered(ids, chunks), null, 0, 0);
  }

  /// Deletes a row that the transaction sees; false when it does not see it.
  boolean delete(long address) {
    long segmentId = Segment.segmentId(address);
    int row = Segment.row(address);
    Deleted target = deleted.get(segmentId);
    if (target == null || target.shared) {
      target = target == null ? newDeleted(segmentId) : new Deleted(target);
      if (target == null) {
        return false;
      }
      deleted.put(segmentId, target);
    }
    if (row >= rows(segmentId) || Bits.test(target.bits, row)) {
      return false;
    }
    target.bits[row >>> 6] |= 1L << row;
    target.count++;
    state = null;
    return true;
  }

  private @Nullable Deleted newDeleted(long segmentId) {
    SegmentState segment = base.find(segmentId);
    if (segment != null) {
      return new Deleted(segment.rows(), segment);
    }
    int rows = rows(segmentId);
    return rows < 0 ? null : new Deleted(Segment.ROWS_MAX, null);
  }

  private int rows(long segmentId) {
    if (segmentId == openId) {
      return openRows;
    }
    SegmentState segment = base.find(segmentId);
    for (int i = 0; segment == null && i < sealed.size(); i++) {
      segment = sealed.get(i).id() == segmentId ? sealed.get(i) : null;
    }
    return segment == null ? -1 : segment.rows();
  }

  /// A segment that the transaction sees, without regard to deleted rows.
  @Nullable SegmentState segment(long segmentId) {
    if (segmentId == openId) {
      return openState();
    }
    for (SegmentState segment : sealed) {
      if (segment.id() == segmentId) {
        return segment;
      }
    }
    return base.find(segmentId);
  }

  /// Runs of rows appended so far, as first addresses and counts.
  List<Appended> appended() {
    return appended;
  }

  /// Rows appended one after the other.
  record Appended(long address, int rows) {}

  /// The table as the transaction sees it now.
  TableState state() {
    TableState known = state;
    if (known != null) {
      return known;
    }
    List<SegmentState> added = new ArrayList<>(sealed);
    SegmentState open = openState();
    if (open != null) {
      added.add(open);
    }
    added.replaceAll(this::withDeleted);
    Map<Long, SegmentState> replaced = new HashMap<>();
    for (Map.Entry<Long, Deleted> entry : deleted.entrySet()) {
      SegmentState original = entry.getValue().base;
      if (original != null) {
        replaced.put(entry.getKey(), withDeleted(original));
      }
    }
    TableState fresh = base.with(replaced, Set.of(), added);
    state = fresh;
    return fresh;
  }

  private SegmentState withDeleted(SegmentState segment) {
    Deleted mine = deleted.get(segment.id());
    if (mine == null) {
      return segment;
    }
    // Later deletes must not show in a view taken now: they copy the bits.
    mine.shared = true;
    return segment.withDeleted(mine.bits, mine.count, segment.deleteLists());
  }

  /// Encodes what is open; afterwards {@link #addedSegments} has everything.
  void finish() {
    if (openRows > 0) {
      seal();
    }
  }

  /// Segments added by the transaction, with the rows it deleted in them again.
  List<SegmentState> addedSegments() {
    List<SegmentState> added = new ArrayList<>();
    for (SegmentState segment : sealed) {
      added.add(withDeleted(segment));
    }
    return added;
  }

  /// Addresses of rows of the base that the transaction deleted, ascending.
  long[] deletedAddresses() {
    long[] addresses = new long[16];
    int count = 0;
    for (long segmentId : deleted.keySet().stream().sorted().toList()) {
      Deleted mine = deleted.get(segmentId);
      if (mine == null || mine.base == null) {
        continue;
      }
      long[] before = mine.base.deleted();
      for (int word = 0; word < mine.bits.length; word++) {
        long fresh = mine.bits[word] & ~(before == null ? 0 : before[word]);
        for (; fresh != 0; fresh &= fresh - 1) {
          int row = word * 64 + Long.numberOfTrailingZeros(fresh);
          if (count == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * count);
          }
          addresses[count++] = segmentId << Segment.ROW_BITS | row;
        }
      }
    }
    return Arrays.copyOf(addresses, count);
  }

  /// A point to go back to.
  ///
  /// @param sealed how many segments were full
  /// @param deleted shared with the transaction, so never changed in place
  record Mark(int sealed, int openRows, int appended, Map<Long, Deleted> deleted) {
    static final Mark START = new Mark(0, 0, 0, Map.of());
  }

  Mark mark() {
    return new Mark(sealed.size(), openRows, appended.size(), sharedDeletes());
  }

  private Map<Long, Deleted> sharedDeletes() {
    deleted.values().forEach(d -> d.shared = true);
    return Map.copyOf(deleted);
  }

  /// Undoes everything since a mark. Rows cannot be taken out of a column that somebody may be
  /// reading, so they stay, deleted.
  ///
  /// @param target null for the start of the transaction
  void rollbackTo(@Nullable Mark target) {
    Mark mark = target == null ? Mark.START : target;
    deleted.clear();
    deleted.putAll(mark.deleted);
    appended.subList(mark.appended, appended.size()).clear();
    int from = mark.openRows;
    for (SegmentState segment : List.copyOf(sealed.subList(mark.sealed, sealed.size()))) {
      deleteRows(segment.id(), from, segment.rows());
      from = 0;
    }
    if (openId >= 0) {
      deleteRows(openId, from, openRows);
    }
    state = null;
  }

  private void deleteRows(long segmentId, int from, int to) {
    for (int row = from; row < to; row++) {
      delete(segmentId << Segment.ROW_BITS | row);
    }
  }

  boolean isEmpty() {
    return sealed.isEmpty() && openRows == 0 && deleted.isEmpty();
  }
}
