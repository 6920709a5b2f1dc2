package io.sabot.store;

import io.sabot.plan.catalog.TableDef;
import io.sabot.store.segment.Bits;
import io.sabot.store.segment.ColumnBuilder;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.Layouts;
import io.sabot.store.segment.Segment;
import io.sabot.store.segment.ZoneMap;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one table of a state. Safe for many threads.
final class StateTableReader implements TableReader {
  private final State state;
  private final TableState table;
  private final @Nullable ReadSet reads;

  StateTableReader(State state, TableState table) {
    this(state, table, null);
  }

  /// @param reads where to note what is read; null for nowhere
  StateTableReader(State state, TableState table, @Nullable ReadSet reads) {
    this.state = state;
    this.table = table;
    this.reads = reads;
  }

  private void noteTable() {
    if (reads != null) {
      reads.table(table.tableId());
    }
  }

  @Override
  public int tableId() {
    return table.tableId();
  }

  @Override
  public long rowCount() {
    noteTable();
    return table.rowCount();
  }

  @Override
  public List<Segment> segments() {
    noteTable();
    List<Segment> segments = new ArrayList<>();
    for (SegmentState segment : table.segments()) {
      if (segment.liveCount() > 0) {
        segments.add(new Bound(segment, table.kinds(), state.blobs()));
      }
    }
    return segments;
  }

  @Override
  public Segment segment(long segmentId) {
    return new Bound(find(segmentId), table.kinds(), state.blobs());
  }

  private SegmentState find(long segmentId) {
    SegmentState segment = table.find(segmentId);
    if (segment == null) {
      throw new IllegalArgumentException(
          "table " + table.tableId() + " has no segment " + segmentId + " in this snapshot");
    }
    return segment;
  }

  @Override
  public boolean isLive(long address) {
    return table.isLive(address);
  }

  ColumnChunk chunk(long segmentId, int columnId) {
    return find(segmentId).column(columnId, table.kinds().kind(columnId), state.blobs());
  }

  @Override
  public void gather(int columnId, long[] addresses, int count, ColumnBuilder into) {
    long segmentId = -1;
    ColumnChunk chunk = null;
    for (int i = 0; i < count; i++) {
      long address = addresses[i];
      if (address == -1) {
        into.appendNull();
        continue;
      }
      if (chunk == null || Segment.segmentId(address) != segmentId) {
        segmentId = Segment.segmentId(address);
        chunk = chunk(segmentId, columnId);
      }
      into.append(chunk, Segment.row(address));
    }
  }

  @Override
  public void gatherWords(
      int columnId,
      long[] addresses,
      int count,
      MemorySegment dst,
      long dstOffset,
      @Nullable MemorySegment validity) {
    boolean isDouble = table.kinds().kind(columnId) == ColumnKind.DOUBLE;
    long segmentId = -1;
    ColumnChunk chunk = null;
    if (validity != null) {
      Bits.fill(validity, 0, count, true);
    }
    for (int i = 0; i < count; i++) {
      long address = addresses[i];
      if (chunk == null || (address != -1 && Segment.segmentId(address) != segmentId)) {
        if (address == -1) {
          putNull(i, dst, dstOffset, validity);
          continue;
        }
        segmentId = Segment.segmentId(address);
        chunk = chunk(segmentId, columnId);
      }
      int row = Segment.row(address);
      if (address == -1 || chunk.isNull(row)) {
        putNull(i, dst, dstOffset, validity);
      } else {
        long word = isDouble ? Double.doubleToRawLongBits(chunk.doubleAt(row)) : chunk.longAt(row);
        dst.set(Layouts.LONG, dstOffset + 8L * i, word);
      }
    }
  }

  private static void putNull(
      int index, MemorySegment dst, long dstOffset, @Nullable MemorySegment validity) {
    dst.set(Layouts.LONG, dstOffset + 8L * index, 0L);
    if (validity != null) {
      Bits.clear(validity, index);
    }
  }

  @Override
  public Optional<KeyIndex> primaryKey() {
    TableDef definition = state.catalog().tables().get(table.tableId());
    return definition == null || !definition.hasPrimaryKey()
        ? Optional.empty()
        : keyIndex(definition.primaryKey());
  }

  @Override
  public Optional<KeyIndex> keyIndex(List<Integer> columnIds) {
    TableDef definition = state.catalog().tables().get(table.tableId());
    if (definition == null) {
      return Optional.empty();
    }
    int number = KeyCodec.keys(definition).indexOf(columnIds);
    return number < 0
        ? Optional.empty()
        : Optional.of(
            new StateKeyIndex(state, this, number, new KeyCodec(definition, columnIds), reads));
  }

  @Override
  public Optional<IndexReader> keyEntries(List<Integer> columnIds) {
    TableDef definition = state.catalog().tables().get(table.tableId());
    int number = definition == null ? -1 : KeyCodec.keys(definition).indexOf(columnIds);
    if (definition == null || number < 0) {
      return Optional.empty();
    }
    KeyCodec codec = new KeyCodec(definition, columnIds);
    long space = Spaces.key(definition.id(), number);
    return Optional.of(new StateIndexReader(state, space, codec, reads));
  }

  /// A segment that knows where to load its chunks from.
  private record Bound(SegmentState state, TableState.ColumnKinds kinds, Blobs blobs)
      implements Segment {
    @Override
    public long id() {
      return state.id();
    }

    @Override
    public int rowCount() {
      return state.rows();
    }

    @Override
    public long @Nullable [] deletedRows() {
      return state.deleted();
    }

    @Override
    public int deletedCount() {
      return state.deletedCount();
    }

    @Override
    public ColumnChunk column(int columnId) {
      return state.column(columnId, kinds.kind(columnId), blobs);
    }

    @Override
    public ZoneMap zone(int columnId) {
      return state.zone(columnId);
    }
  }
}
