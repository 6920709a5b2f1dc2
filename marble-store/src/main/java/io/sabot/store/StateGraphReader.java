package io.sabot.store;

import io.sabot.plan.value.TermId;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.Layouts;
import io.sabot.store.segment.Segment;
import io.sabot.store.segment.SegmentDescriptor;
import io.sabot.store.tuple.Probe;
import io.sabot.store.tuple.TupleReader;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the native graph of one state. Safe for many threads.
///
/// NODES and EDGES hold tuples `(entity, partition or type, row address)`.
final class StateGraphReader implements GraphReader {
  static final int INDEX_ARITY = 3;
  static final int ADJACENCY_ARITY = 3;

  private final State state;
  private final List<NodePartition> partitions;
  private final @Nullable ReadSet reads;

  /// @param reads where to note what is read; null for nowhere
  StateGraphReader(State state, @Nullable ReadSet reads) {
    this.state = state;
    this.reads = reads;
    this.partitions = partitions(state, reads);
  }

  private void noteEntity(long entity) {
    if (reads != null) {
      long space = TermId.tag(entity) == TermId.TAG_NODE ? Spaces.NODES : Spaces.EDGES;
      reads.prefix(space, INDEX_ARITY, new long[] {entity}, 1);
    }
  }

  private List<NodePartition> listed() {
    if (reads != null) {
      reads.nodeTables();
    }
    return partitions;
  }

  private record Partition(int[] labels, TableReader table) implements NodePartition {}

  private static List<NodePartition> partitions(State state, @Nullable ReadSet reads) {
    TreeMap<Integer, NodePartition> found = new TreeMap<>();
    for (int tableId : state.tableIds()) {
      TableState table = state.table(tableId);
      if (Spaces.isNodeTable(tableId) && table != null && table.rowCount() > 0) {
        int partition = Spaces.partitionOf(tableId);
        int[] labels = state.names().labels(partition);
        found.put(partition, new Partition(labels, new StateTableReader(state, table, reads)));
      }
    }
    return List.copyOf(found.values());
  }

  @Override
  public int labelId(String name) {
    int label = state.names().find(Names.Kind.LABEL, name);
    if (label < 0) {
      listed();
    }
    return label;
  }

  @Override
  public int typeId(String name) {
    int type = state.names().find(Names.Kind.TYPE, name);
    if (type < 0) {
      noteEdgeTables();
    }
    return type;
  }

  @Override
  public int keyId(String name) {
    return state.names().find(Names.Kind.KEY, name);
  }

  @Override
  public String labelName(int label) {
    return state.names().name(Names.Kind.LABEL, label);
  }

  @Override
  public String typeName(int type) {
    return state.names().name(Names.Kind.TYPE, type);
  }

  @Override
  public String keyName(int key) {
    return state.names().name(Names.Kind.KEY, key);
  }

  @Override
  public List<NodePartition> nodePartitions() {
    return listed();
  }

  @Override
  public List<NodePartition> nodePartitions(int... labels) {
    List<NodePartition> matching = new ArrayList<>();
    for (NodePartition partition : listed()) {
      if (Arrays.stream(labels).allMatch(partition::hasLabel)) {
        matching.add(partition);
      }
    }
    return matching;
  }

  @Override
  public int[] edgeTypes() {
    noteEdgeTables();
    return state.tableIds().stream()
        .filter(Spaces::isEdgeTable)
        .filter(id -> rows(id) > 0)
        .mapToInt(Spaces::typeOf)
        .sorted()
        .toArray();
  }

  private void noteEdgeTables() {
    if (reads != null) {
      reads.edgeTables();
    }
  }

  private long rows(int tableId) {
    if (reads != null) {
      reads.table(tableId);
    }
    TableState table = state.table(tableId);
    return table == null ? 0 : table.rowCount();
  }

  @Override
  public Optional<TableReader> edges(int type) {
    TableState table = state.table(Spaces.edgeTable(type));
    if (table == null || table.rowCount() == 0) {
      rows(Spaces.edgeTable(type));
      return Optional.empty();
    }
    return Optional.of(new StateTableReader(state, table, reads));
  }

  /// (entity, partition or type, row address), or null.
  private long @Nullable [] locate(long entity) {
    noteEntity(entity);
    return isNative(entity) ? probe(TermId.tag(entity)).first(new long[] {entity}, 1) : null;
  }

  private static boolean isNative(long entity) {
    return TermId.isEntity(entity) && TermId.template(entity) == 0;
  }

  private Probe probe(int tag) {
    long space = tag == TermId.TAG_NODE ? Spaces.NODES : Spaces.EDGES;
    return new Probe(state.set(space, INDEX_ARITY), state.blobs());
  }

  private static int tableOf(int tag, long number) {
    return tag == TermId.TAG_NODE ? Spaces.nodeTable((int) number) : Spaces.edgeTable((int) number);
  }

  @Override
  public boolean nodeExists(long node) {
    return TermId.tag(node) == TermId.TAG_NODE && locate(node) != null;
  }

  @Override
  public boolean edgeExists(long edge) {
    return TermId.tag(edge) == TermId.TAG_EDGE && locate(edge) != null;
  }

  @Override
  public int[] labels(long node) {
    long[] found = TermId.tag(node) == TermId.TAG_NODE ? locate(node) : null;
    return found == null ? new int[0] : state.names().labels((int) found[1]);
  }

  @Override
  public int type(long edge) {
    long[] found = TermId.tag(edge) == TermId.TAG_EDGE ? locate(edge) : null;
    return found == null ? -1 : (int) found[1];
  }

  @Override
  public long source(long edge) {
    return TermId.tag(edge) == TermId.TAG_EDGE ? property(edge, SOURCE) : 0;
  }

  @Override
  public long target(long edge) {
    return TermId.tag(edge) == TermId.TAG_EDGE ? property(edge, TARGET) : 0;
  }

  @Override
  public long property(long entity, int key) {
    long[] found = locate(entity);
    if (found == null) {
      return 0;
    }
    ColumnChunk chunk = chunk(tableOf(TermId.tag(entity), found[1]), found[2], key);
    return chunk.longAt(Segment.row(found[2]));
  }

  private SegmentState segment(int tableId, long address) {
    TableState table = state.table(tableId);
    SegmentState segment = table == null ? null : table.find(Segment.segmentId(address));
    if (segment == null) {
      throw new IllegalStateException("the index names a row that is not there: " + address);
    }
    return segment;
  }

  private ColumnChunk chunk(int tableId, long address, int key) {
    return segment(tableId, address)
        .column(key, TableState.ColumnKinds.TERMS.kind(key), state.blobs());
  }

  @Override
  public void properties(long[] entities, int count, int key, MemorySegment dst, long dstOffset) {
    ElementCursor cursor = new ElementCursor(state, reads, key);
    for (int i = 0; i < count; i++) {
      long value = cursor.seek(entities[i]) ? cursor.value(0) : 0;
      dst.set(Layouts.LONG, dstOffset + 8L * i, value);
    }
  }

  @Override
  public void partitions(long[] nodes, int count, int[] partitions) {
    ElementCursor cursor = new ElementCursor(state, reads);
    for (int i = 0; i < count; i++) {
      boolean isThere = TermId.tag(nodes[i]) == TermId.TAG_NODE && cursor.seek(nodes[i]);
      partitions[i] = isThere ? cursor.group() : -1;
    }
  }

  @Override
  public int[] partitionLabels(int partition) {
    return state.names().labels(partition);
  }

  @Override
  public void ends(long[] edges, int count, long[] sources, long[] targets) {
    ElementCursor cursor = new ElementCursor(state, reads, SOURCE, TARGET);
    for (int i = 0; i < count; i++) {
      boolean isThere = TermId.tag(edges[i]) == TermId.TAG_EDGE && cursor.seek(edges[i]);
      sources[i] = isThere ? cursor.value(0) : 0;
      targets[i] = isThere ? cursor.value(1) : 0;
    }
  }

  @Override
  public void eachProperty(long entity, PropertySink sink) {
    long[] found = locate(entity);
    if (found == null) {
      return;
    }
    int tableId = tableOf(TermId.tag(entity), found[1]);
    long address = found[2];
    for (int key : columnIds(segment(tableId, address))) {
      if (key > ID) {
        long value = chunk(tableId, address, key).longAt(Segment.row(address));
        if (value != 0) {
          sink.accept(key, value);
        }
      }
    }
  }

  private static int[] columnIds(SegmentState segment) {
    return switch (segment.columns()) {
      case SegmentState.Stored(SegmentDescriptor descriptor) -> descriptor.columnIds();
      case SegmentState.Buffered(int[] ids, ColumnChunk[] _) -> ids;
    };
  }

  @Override
  public TupleReader adjacency(int type, Direction direction) {
    long space = Spaces.adjacency(type, direction);
    TupleReader tuples = state.reader(space, ADJACENCY_ARITY);
    return reads == null ? tuples : new RecordedTuples(tuples, space, reads);
  }

  @Override
  public ExpandCursor expand(int type, Direction direction, long[] nodes, int count) {
    long space = Spaces.adjacency(type, direction);
    for (int i = 0; reads != null && i < count; i++) {
      reads.prefix(space, ADJACENCY_ARITY, new long[] {nodes[i]}, 1);
    }
    return new SetExpandCursor(state.set(space, ADJACENCY_ARITY), state.blobs(), nodes, count);
  }

  @Override
  public long degree(int type, Direction direction, long node) {
    return adjacency(type, direction).count(node);
  }

  @Override
  public long nodeCount() {
    return listed().stream().mapToLong(p -> p.table().rowCount()).sum();
  }

  @Override
  public long nodeCount(int label) {
    return listed().stream()
        .filter(p -> p.hasLabel(label))
        .mapToLong(p -> p.table().rowCount())
        .sum();
  }

  @Override
  public long edgeCount() {
    noteEdgeTables();
    return state.tableIds().stream()
        .filter(Spaces::isEdgeTable)
        .sorted(Comparator.naturalOrder())
        .mapToLong(this::rows)
        .sum();
  }

  @Override
  public long edgeCount(int type) {
    return rows(Spaces.edgeTable(type));
  }
}
