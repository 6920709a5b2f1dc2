package io.sabot.store;

import io.sabot.plan.catalog.TableDef;
import io.sabot.store.segment.Bits;
import io.sabot.store.segment.ChunkEncoder;
import io.sabot.store.segment.ChunkFormat;
import io.sabot.store.segment.ColumnBuilder;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.EncodedColumn;
import io.sabot.store.segment.Segment;
import io.sabot.store.segment.SegmentDescriptor;
import io.sabot.store.tuple.TupleLog;
import io.sabot.store.tuple.TupleRun;
import io.sabot.store.tuple.TupleSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Merges small segments, drops deleted rows and folds runs of changes into blocks, beside the
/// commits: it takes what to do from the head, works without the commit lock, and takes the lock
/// again to lay the result over what was committed meanwhile. When that does not fit any more, the
/// result is thrown away.
///
/// Segments are merged eight of about the same size at a time, so a row is rewritten about six
/// times before it lies in a full segment. Callers hold the maintenance lock.
final class Compactor {
  private static final int FAN_IN = 8;

  /// A segment with more than this share of deleted rows is rewritten alone.
  private static final double DELETED_SHARE_MAX = 0.3;

  private static final int REWRITE_ROWS_MIN = 1024;

  private final MarbleStore store;

  Compactor(MarbleStore store) {
    this.store = store;
  }

  static boolean isDue(@Nullable TableState table) {
    return table != null && !victims(table).isEmpty();
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

  private void merge(TableState seen, List<SegmentState> victims) {
    Root root = store.retainedHead();
    BlobWriter blobs = new BlobWriter(store);
    boolean isDone = false;
    try {
      TableState table = root.table(seen.tableId());
      if (table == null || !hasAll(table, victims)) {
        return;
      }
      Merged merged = new Merged(root, table, victims);
      SegmentState added = merged.rows > 0 ? merged.write(blobs) : null;
      merged.index();
      store.throttle(blobs.bytes());
      blobs.prepare();
      isDone = store.maintain(blobs, new Replacement(merged, added));
    } finally {
      root.kv().release();
      if (!isDone) {
        blobs.abandon();
      }
    }
  }

  /// Puts a merged segment in the place of its victims.
  private record Replacement(Merged merged, @Nullable SegmentState added)
      implements MarbleStore.Maintenance {
    @Override
    public boolean apply(Root head, Commit commit) {
      return merged.apply(head, commit, added);
    }

    @Override
    public void done(long version) {
      merged.remember(version);
    }
  }

  private static boolean hasAll(TableState table, List<SegmentState> victims) {
    return victims.stream().allMatch(victim -> table.find(victim.id()) != null);
  }

  /// Folds the runs of a tuple set into its blocks when there are enough of them.
  void foldIfDue(long space) {
    fold(space, set -> set.wantsFold(0));
  }

  /// Folds whatever there is.
  void foldFully(long space) {
    fold(space, TupleSet::hasRuns);
  }

  private void fold(long space, Predicate<TupleSet> isWanted) {
    Root root = store.retainedHead();
    BlobWriter blobs = new BlobWriter(store);
    boolean isDone = false;
    try {
      TupleSet set = root.space(space);
      if (set == null || !isWanted.test(set)) {
        return;
      }
      long boundary = store.beginFold(space, set);
      if (boundary < 0) {
        return;
      }
      FoldedBlocks folded = new FoldedBlocks(store, blobs);
      TupleSet blocks = set.fold(TupleRun.none(set.arity()), root.blobs(), folded);
      store.throttle(blobs.bytes());
      blobs.prepare();
      isDone =
          store.maintain(
              blobs,
              (head, commit) -> {
                TupleSet now = head.space(space);
                if (now == null || !now.continues(set)) {
                  return false;
                }
                commit.folded(space, now.onto(blocks, set), folded, boundary);
                return true;
              });
    } finally {
      store.endFold(space);
      root.kv().release();
      if (!isDone) {
        blobs.abandon();
      }
    }
  }

  /// The live rows of some segments, in one.
  private final class Merged {
    private final Root head;
    private final TableState table;
    private final long id = store.ids().block.getAndIncrement();
    private final TreeMap<Integer, ColumnBuilder> builders = new TreeMap<>();
    private final Map<Long, int[]> moves = new HashMap<>();
    private final Map<Long, TupleLog> logs = new HashMap<>();
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

    /// Prepares the replacement of old row addresses by new ones in the indexes of the table.
    void index() {
      int tableId = table.tableId();
      if (Spaces.isNodeTable(tableId)) {
        indexElements(Spaces.NODES, Spaces.partitionOf(tableId));
      } else if (Spaces.isEdgeTable(tableId)) {
        indexElements(Spaces.EDGES, Spaces.typeOf(tableId));
      } else {
        TableDef definition = head.catalog().tables().get(tableId);
        if (definition != null) {
          RowSet.of(definition, head.catalog()).forEach(s -> indexRows(s.space(), s.codec()));
        }
      }
    }

    private void indexElements(long space, int number) {
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
      logs.put(space, log);
    }

    private void indexRows(long space, RowCodec codec) {
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
      logs.put(space, log);
      log.run(0);
    }

    /// Replaces the victims in `now`; false when the table is not what it was.
    boolean apply(Root now, Commit commit, @Nullable SegmentState added) {
      TableState current = now.table(table.tableId());
      if (current == null || now.catalog() != head.catalog()) {
        return false;
      }
      Set<Long> gone = deletedMeanwhile(current);
      Set<Long> dropped = new TreeSet<>();
      for (long victim : moves.keySet()) {
        SegmentState segment = current.find(victim);
        if (segment != null) {
          commit.dropSegment(current.tableId(), segment);
          dropped.add(victim);
        }
      }
      List<SegmentState> fresh = added == null ? List.of() : List.of(withDeleted(added, gone));
      commit.changeTable(current.with(Map.of(), dropped, List.of()), fresh, new long[0]);
      logs.forEach((space, log) -> {
        TupleRun run = gone.isEmpty() ? log.run(0) : log.runWithout(gone);
        commit.applyEffective(space, now.set(space, log.arity()), run);
      });
      return true;
    }

    /// Tells open transactions where the rows are now.
    void remember(long version) {
      moves.forEach((segment, moved) -> store.history().moved(version, segment, id, moved));
    }

    /// Old and new addresses of rows that were deleted since the work began.
    private Set<Long> deletedMeanwhile(TableState current) {
      Set<Long> gone = new HashSet<>();
      moves.forEach((segment, moved) -> {
        for (int row = 0; row < moved.length; row++) {
          long address = segment << Segment.ROW_BITS | row;
          if (moved[row] >= 0 && !current.isLive(address)) {
            gone.add(address);
            gone.add(id << Segment.ROW_BITS | moved[row]);
          }
        }
      });
      return gone;
    }

    private SegmentState withDeleted(SegmentState added, Set<Long> gone) {
      if (gone.isEmpty()) {
        return added;
      }
      long[] bits = new long[Bits.words(rows)];
      int count = 0;
      for (int row = 0; row < rows; row++) {
        if (gone.contains(id << Segment.ROW_BITS | row)) {
          bits[row >>> 6] |= 1L << row;
          count++;
        }
      }
      return added.withDeleted(bits, count, 0);
    }
  }
}
