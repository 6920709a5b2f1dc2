package io.sabot.store;

import io.sabot.plan.catalog.TableDef;
import io.sabot.store.kv.KvBatch;
import io.sabot.store.segment.ChunkEncoder;
import io.sabot.store.segment.ChunkFormat;
import io.sabot.store.segment.ColumnBuilder;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.EncodedColumn;
import io.sabot.store.segment.Segment;
import io.sabot.store.segment.SegmentDescriptor;
import io.sabot.store.tuple.TupleLog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Merges small segments and drops deleted rows. Segments are merged eight of about the same size
/// at a time, so a row is rewritten about six times before it lies in a full segment. Under the
/// commit lock.
final class Compactor {
  private static final int FAN_IN = 8;

  /// A segment with more than this share of deleted rows is rewritten alone.
  private static final double DELETED_SHARE_MAX = 0.3;

  private static final int REWRITE_ROWS_MIN = 1024;

  private final MarbleStore store;

  Compactor(MarbleStore store) {
    this.store = store;
  }

  void compactIfDue(int tableId) {
    TableState table = store.head().table(tableId);
    List<SegmentState> victims = table == null ? List.of() : victims(table);
    if (table != null && !victims.isEmpty()) {
      merge(table, victims);
    }
  }

  /// Merges everything that is not a full segment.
  void compactFully(int tableId) {
    TableState table = store.head().table(tableId);
    if (table == null) {
      return;
    }
    List<SegmentState> group = new ArrayList<>();
    long rows = 0;
    for (SegmentState segment : table.segments()) {
      boolean isFull = segment.rows() == Segment.ROWS_MAX && segment.deletedCount() == 0;
      if (isFull) {
        continue;
      }
      if (rows + segment.liveCount() > Segment.ROWS_MAX) {
        mergeUnlessCompact(tableId, group);
        group.clear();
        rows = 0;
      }
      group.add(segment);
      rows += segment.liveCount();
    }
    mergeUnlessCompact(tableId, group);
  }

  private void mergeUnlessCompact(int tableId, List<SegmentState> group) {
    boolean isCompact = group.size() <= 1 && group.stream().allMatch(s -> s.deletedCount() == 0);
    TableState table = store.head().table(tableId);
    if (table != null && !isCompact) {
      merge(table, List.copyOf(group));
    }
  }

  private static int tier(SegmentState segment) {
    return (31 - Integer.numberOfLeadingZeros(Math.max(1, segment.liveCount()))) / 3;
  }

  private static List<SegmentState> victims(TableState table) {
    Map<Integer, List<SegmentState>> tiers = new TreeMap<>();
    for (SegmentState segment : table.segments()) {
      boolean isWasteful =
          segment.rows() >= REWRITE_ROWS_MIN
              && segment.deletedCount() > DELETED_SHARE_MAX * segment.rows();
      if (isWasteful) {
        return List.of(segment);
      }
      if (segment.rows() < Segment.ROWS_MAX / 2) {
        List<SegmentState> tier = tiers.computeIfAbsent(tier(segment), t -> new ArrayList<>());
        tier.add(segment);
        if (tier.size() == FAN_IN) {
          return tier;
        }
      }
    }
    return List.of();
  }

  private void merge(TableState table, List<SegmentState> victims) {
    Root head = store.head();
    BlobWriter blobs = new BlobWriter(store);
    try (KvBatch batch = store.kv().newBatch()) {
      Commit commit = new Commit(store, head, batch, blobs);
      Merged merged = new Merged(head, table, victims);
      List<SegmentState> added = new ArrayList<>();
      if (merged.rows > 0) {
        added.add(merged.write(blobs));
      }
      for (SegmentState victim : victims) {
        commit.dropSegment(table.tableId(), victim);
      }
      Set<Long> dropped = new TreeSet<>();
      victims.forEach(victim -> dropped.add(victim.id()));
      commit.changeTable(table.with(Map.of(), dropped, List.of()), added, new long[0]);
      merged.reindex(commit);
      Root root = store.finish(commit, blobs);
      merged.moves.forEach(
          (segment, rows) -> store.history().moved(root.version(), segment, merged.id, rows));
    }
  }

  /// The live rows of some segments, in one.
  private final class Merged {
    private final Root head;
    private final TableState table;
    private final long id = store.ids().block.getAndIncrement();
    private final TreeMap<Integer, ColumnBuilder> builders = new TreeMap<>();
    private final Map<Long, int[]> moves = new HashMap<>();
    private int rows;

    Merged(Root head, TableState table, List<SegmentState> victims) {
      this.head = head;
      this.table = table;
      for (SegmentState victim : victims) {
        if (victim.columns() instanceof SegmentState.Stored(SegmentDescriptor descriptor)) {
          for (int columnId : descriptor.columnIds()) {
            if (isKept(columnId)) {
              builders.computeIfAbsent(columnId, c -> new ColumnBuilder(table.kinds().kind(c)));
            }
          }
        }
      }
      victims.stream().sorted(Comparator.comparingLong(SegmentState::id)).forEach(this::add);
    }

    /// Columns that an ALTER TABLE dropped go now.
    private boolean isKept(int columnId) {
      TableDef definition = head.catalog().tables().get(table.tableId());
      return definition == null || definition.columns().stream().anyMatch(c -> c.id() == columnId);
    }

    private void add(SegmentState segment) {
      int[] moved = new int[segment.rows()];
      long[] deleted = segment.deleted();
      int next = rows;
      for (int row = 0; row < moved.length; row++) {
        boolean isDead = deleted != null && (deleted[row >>> 6] >>> row & 1) != 0;
        moved[row] = isDead ? -1 : next++;
      }
      builders.forEach((columnId, builder) -> {
        ColumnKind kind = table.kinds().kind(columnId);
        ColumnChunk chunk = segment.column(columnId, kind, head.blobs());
        for (int row = 0; row < moved.length; row++) {
          if (moved[row] >= 0) {
            builder.append(chunk, row);
          }
        }
      });
      rows = next;
      moves.put(segment.id(), moved);
    }

    SegmentState write(BlobWriter blobs) {
      int[] ids = builders.keySet().stream().mapToInt(Integer::intValue).toArray();
      EncodedColumn[] columns = new EncodedColumn[ids.length];
      int bytes = 0;
      int i = 0;
      for (ColumnBuilder builder : builders.values()) {
        columns[i] = ChunkEncoder.encode(builder.data(), 0, rows);
        bytes += columns[i++].bytes().length;
      }
      boolean packed = bytes <= BlobWriter.PACKED_BYTES_MAX;
      SegmentDescriptor descriptor = SegmentDescriptor.of(id, rows, packed, ids, columns);
      blobs.addSegment(descriptor, columns);
      return SegmentState.stored(descriptor);
    }

    private ColumnChunk[] chunks(List<Integer> columnIds) {
      ColumnChunk[] chunks = new ColumnChunk[columnIds.size()];
      for (int i = 0; i < chunks.length; i++) {
        ColumnBuilder builder = builders.get(columnIds.get(i));
        chunks[i] =
            builder == null
                ? ChunkFormat.allNull(table.kinds().kind(columnIds.get(i)), rows)
                : builder.chunk();
      }
      return chunks;
    }

    /// Replaces old row addresses by new ones in the indexes of the table.
    void reindex(Commit commit) {
      int tableId = table.tableId();
      if (Spaces.isNodeTable(tableId)) {
        reindexElements(commit, Spaces.NODES, Spaces.partitionOf(tableId));
      } else if (Spaces.isEdgeTable(tableId)) {
        reindexElements(commit, Spaces.EDGES, Spaces.typeOf(tableId));
      } else {
        TableDef definition = head.catalog().tables().get(tableId);
        List<List<Integer>> keys = definition == null ? List.of() : KeyCodec.keys(definition);
        for (int k = 0; definition != null && k < keys.size(); k++) {
          reindexKey(commit, Spaces.key(tableId, k), new KeyCodec(definition, keys.get(k)));
        }
      }
    }

    private void reindexElements(Commit commit, long space, int number) {
      TupleLog log = new TupleLog(StateGraphReader.INDEX_ARITY);
      ColumnChunk entities = chunks(List.of(GraphReader.ID))[0];
      moves.forEach((segment, moved) -> {
        for (int row = 0; row < moved.length; row++) {
          if (moved[row] >= 0) {
            long entity = entities.longAt(moved[row]);
            log.add(true, entity, number, segment << Segment.ROW_BITS | row);
            log.add(false, entity, number, id << Segment.ROW_BITS | moved[row]);
          }
        }
      });
      commit.changeSpace(space, StateGraphReader.INDEX_ARITY, log.run(0));
    }

    private void reindexKey(Commit commit, long space, KeyCodec codec) {
      TupleLog log = new TupleLog(codec.arity());
      ColumnChunk[] chunks = chunks(codec.columnIds());
      long[] tuple = new long[codec.arity()];
      int last = codec.length();
      moves.forEach((segment, moved) -> {
        for (int row = 0; row < moved.length; row++) {
          if (moved[row] >= 0 && codec.components(chunks, moved[row], tuple)) {
            tuple[last] = segment << Segment.ROW_BITS | row;
            log.add(true, tuple);
            tuple[last] = id << Segment.ROW_BITS | moved[row];
            log.add(false, tuple);
          }
        }
      });
      commit.changeSpace(space, codec.arity(), log.run(0));
    }
  }
}
