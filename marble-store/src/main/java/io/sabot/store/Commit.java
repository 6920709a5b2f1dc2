package io.sabot.store;

import io.sabot.store.kv.ByteWriter;
import io.sabot.store.kv.Family;
import io.sabot.store.kv.Key;
import io.sabot.store.kv.KvBatch;
import io.sabot.store.segment.Bits;
import io.sabot.store.segment.Segment;
import io.sabot.store.segment.SegmentDescriptor;
import io.sabot.store.tuple.BlockDirectory;
import io.sabot.store.tuple.BlockSink;
import io.sabot.store.tuple.TupleRun;
import io.sabot.store.tuple.TupleSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The next version in the making: one batch for the log and the database, and the state after it.
/// Used under the commit lock.
///
/// MANIFEST keys, numbers big-endian:
///
/// ```
/// 's' table(4) segment(8)   -> SegmentDescriptor
/// 'd' segment(8) list(8)    -> rows deleted: a count and their numbers, CRC32C
/// 'b' space(8) block(8)     -> bytes, tuples, first tuple, CRC32C
/// 'r' space(8) run(8)       -> TupleRun, ascending in the order of commits
/// ```
final class Commit {
  private static final int DELETE_LISTS_MAX = 32;

  /// A run of one commit with more tuples is folded at once.
  private static final int FOLD_NOW_TUPLES = 16_384;

  private static final int EFFECT_TUPLES_MAX = 1 << 16;

  private final MarbleStore store;
  private final Root head;
  private final KvBatch batch;
  private final BlobWriter blobs;
  private final Map<Integer, TableState> tables;
  private final Map<Long, TupleSet> spaces;
  private CatalogData catalog;
  private final Set<Integer> changedTables = new HashSet<>();
  private final Map<Long, TupleRun> effects = new HashMap<>();

  /// Sets with more changes than {@link #EFFECT_TUPLES_MAX}.
  private final Set<Long> largeEffects = new HashSet<>();

  Commit(MarbleStore store, Root head, KvBatch batch, BlobWriter blobs) {
    this.store = store;
    this.head = head;
    this.batch = batch;
    this.blobs = blobs;
    this.tables = new HashMap<>(head.tables());
    this.spaces = new HashMap<>(head.spaces());
    this.catalog = head.catalog();
  }

  KvBatch batch() {
    return batch;
  }

  Map<Integer, TableState> tables() {
    return tables;
  }

  Map<Long, TupleSet> spaces() {
    return spaces;
  }

  CatalogData catalog() {
    return catalog;
  }

  void catalog(CatalogData changed) {
    catalog = changed;
    batch.put(Family.META, MarbleStore.CATALOG, CatalogCodec.encode(changed));
  }

  TableState table(int tableId, TableState.ColumnKinds kinds) {
    TableState table = tables.get(tableId);
    return table == null ? TableState.empty(tableId, kinds) : table;
  }

  static byte[] segmentKey(int table, long segment) {
    return Key.of('s').add32(table).add64(segment).bytes();
  }

  private static byte[] deleteKey(long segment, long list) {
    return Key.of('d').add64(segment).add64(list).bytes();
  }

  private static byte[] blockKey(long space, long block) {
    return Key.of('b').add64(space).add64(block).bytes();
  }

  private static byte[] runKey(long space, long run) {
    return Key.of('r').add64(space).add64(run).bytes();
  }

  /// Adds and deletes rows of a table.
  ///
  /// @param added new segments, whose chunks are in the blob writer
  /// @param deleted addresses in the head, none of them deleted there
  void changeTable(TableState table, List<SegmentState> added, long[] deleted) {
    Map<Long, SegmentState> replaced = new HashMap<>();
    TreeMap<Long, List<Integer>> rows = new TreeMap<>();
    for (long address : deleted) {
      rows.computeIfAbsent(Segment.segmentId(address), id -> new ArrayList<>())
          .add(Segment.row(address));
    }
    List<Long> dead = new ArrayList<>();
    rows.forEach((id, list) -> {
      SegmentState segment = table.find(id);
      if (segment == null) {
        throw new IllegalStateException("no segment " + id);
      }
      if (segment.deletedCount() + list.size() == segment.rows()) {
        dropSegment(table.tableId(), segment);
        dead.add(id);
      } else {
        replaced.put(id, deleteRows(segment, list));
      }
    });
    List<SegmentState> kept = new ArrayList<>();
    for (SegmentState segment : added) {
      if (segment.liveCount() > 0) {
        kept.add(addSegment(table.tableId(), segment));
      } else {
        blobs.discard(segment.id(), batch);
      }
    }
    if (!kept.isEmpty() || !rows.isEmpty()) {
      changedTables.add(table.tableId());
    }
    tables.put(table.tableId(), table.with(replaced, dead, kept));
  }

  private SegmentState addSegment(int tableId, SegmentState segment) {
    SegmentDescriptor descriptor = blobs.descriptor(segment.id());
    batch.put(Family.MANIFEST, segmentKey(tableId, segment.id()), descriptor.encode());
    SegmentState stored = SegmentState.stored(descriptor);
    long[] deleted = segment.deleted();
    return deleted == null ? stored : deleteRows(stored, rowsOf(deleted, segment.rows()));
  }

  private static List<Integer> rowsOf(long[] bits, int rows) {
    List<Integer> list = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      if (Bits.test(bits, row)) {
        list.add(row);
      }
    }
    return list;
  }

  private SegmentState deleteRows(SegmentState segment, List<Integer> rows) {
    long[] old = segment.deleted();
    long[] bits = old == null ? new long[Bits.words(segment.rows())] : old.clone();
    for (int row : rows) {
      bits[row >>> 6] |= 1L << row;
    }
    int lists = segment.deleteLists() + 1;
    List<Integer> stored = rows;
    if (lists > DELETE_LISTS_MAX) {
      batch.deleteRange(
          Family.MANIFEST, deleteKey(segment.id(), 0), deleteKey(segment.id(), Long.MAX_VALUE));
      stored = rowsOf(bits, segment.rows());
      lists = 1;
    }
    ByteWriter list = new ByteWriter().unsigned(stored.size());
    stored.forEach(list::unsigned);
    long number = store.ids().block.getAndIncrement();
    batch.put(Family.MANIFEST, deleteKey(segment.id(), number), list.checked());
    return segment.withDeleted(bits, segment.deletedCount() + rows.size(), lists);
  }

  /// Removes a segment with its chunks and delete lists.
  void dropSegment(int tableId, SegmentState segment) {
    batch.delete(Family.MANIFEST, segmentKey(tableId, segment.id()));
    if (segment.deleteLists() > 0) {
      batch.deleteRange(
          Family.MANIFEST, deleteKey(segment.id(), 0), deleteKey(segment.id(), Long.MAX_VALUE));
    }
    if (segment.columns() instanceof SegmentState.Stored(SegmentDescriptor descriptor)) {
      if (descriptor.packed()) {
        batch.delete(Family.DATA, Blobs.key(segment.id(), Blobs.PACKED));
      }
      for (int i = 0; !descriptor.packed() && i < descriptor.columnIds().length; i++) {
        batch.delete(Family.DATA, Blobs.key(segment.id(), i));
      }
    }
  }

  void dropTable(int tableId) {
    changedTables.add(tableId);
    batch.delete(Family.META, TableFigures.key(tableId));
    TableState table = tables.remove(tableId);
    if (table != null) {
      table.segments().forEach(segment -> dropSegment(tableId, segment));
    }
    for (long space : List.copyOf(spaces.keySet())) {
      if (Spaces.isKeyOf(space, tableId)) {
        dropSpace(space);
      }
    }
  }

  void dropSpace(long space) {
    largeEffects.add(space);
    TupleSet set = spaces.remove(space);
    if (set == null) {
      return;
    }
    Sink sink = new Sink(space);
    for (long id : set.blockIds()) {
      sink.dropped(id);
    }
    deleteRuns(space);
  }

  private void deleteRuns(long space) {
    batch.deleteRange(Family.MANIFEST, runKey(space, 0), runKey(space, Long.MAX_VALUE));
  }

  /// Changes a tuple set; returns what took effect.
  TupleRun changeSpace(long space, int arity, TupleRun run) {
    TupleSet set = spaces.getOrDefault(space, TupleSet.empty(arity));
    TupleRun effective = set.effective(run, head.blobs(), Spaces.addsAreNew(space));
    applyEffective(space, set, effective);
    return effective;
  }

  /// Changes a tuple set by changes that are known to take effect.
  void applyEffective(long space, TupleSet set, TupleRun effective) {
    if (effective.count() == 0) {
      return;
    }
    noteEffect(space, effective);
    // Bulk does not go through the log, and who writes faster than the background folds waits.
    boolean isBulk = effective.count() > FOLD_NOW_TUPLES && set.wantsFold(effective.count());
    if (isBulk || set.mustFold(effective.count())) {
      if (set.hasRuns()) {
        deleteRuns(space);
      }
      spaces.put(space, set.fold(effective, head.blobs(), new Sink(space)));
      return;
    }
    long number = store.ids().block.getAndIncrement();
    batch.put(Family.MANIFEST, runKey(space, number), effective.encode());
    spaces.put(space, set.with(effective, store.frozenRuns(space)));
  }

  /// Takes the result of a fold in the background.
  ///
  /// @param boundary runs with smaller numbers are in the blocks now
  void folded(long space, TupleSet set, FoldedBlocks blocks, long boundary) {
    Sink sink = new Sink(space);
    blocks.listed().forEach(sink::listed);
    blocks.dropped().forEach(sink::dropped);
    batch.deleteRange(Family.MANIFEST, runKey(space, 0), runKey(space, boundary));
    spaces.put(space, set);
  }

  /// Sets that this commit changed and that have enough changes to fold.
  List<Long> foldsDue() {
    List<Long> due = new ArrayList<>();
    spaces.forEach((space, set) -> {
      if (set != head.spaces().get(space) && set.wantsFold(0)) {
        due.add(space);
      }
    });
    return due;
  }

  private void noteEffect(long space, TupleRun effective) {
    boolean isLarge = effective.count() > EFFECT_TUPLES_MAX;
    if (isLarge && space != Spaces.quads(QuadReader.Order.SPOG)) {
      largeEffects.add(space);
    } else {
      effects.put(space, effective);
    }
  }

  /// What this commit changes, for the transactions that are open meanwhile.
  History.Committed changed(long version) {
    return new History.Committed(version, changedTables, effects, largeEffects);
  }

  /// Stores the blocks of a set.
  private final class Sink implements BlockSink {
    private final long space;

    Sink(long space) {
      this.space = space;
    }

    @Override
    public long add(byte[] block) {
      long id = store.ids().block.getAndIncrement();
      blobs.addBlock(id, block);
      return id;
    }

    @Override
    public void listed(BlockDirectory.Entry entry) {
      ByteWriter out = new ByteWriter().unsigned(entry.bytes()).unsigned(entry.count());
      for (long component : entry.first()) {
        out.i64(component);
      }
      batch.put(Family.MANIFEST, blockKey(space, entry.id()), out.checked());
    }

    @Override
    public void dropped(long id) {
      batch.delete(Family.MANIFEST, blockKey(space, id));
      batch.delete(Family.DATA, Blobs.key(id, 0));
    }
  }
}
