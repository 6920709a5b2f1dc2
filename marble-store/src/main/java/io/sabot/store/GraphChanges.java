package io.sabot.store;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.TermId;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.Segment;
import io.sabot.store.tuple.Probe;
import io.sabot.store.tuple.TupleCursor;
import io.sabot.store.tuple.TupleRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A transaction's changes to the native graph.
final class GraphChanges implements GraphWriter {
  private static final int[] EDGE_COLUMNS = {
    GraphReader.TARGET, GraphReader.SOURCE, GraphReader.ID
  };

  private final StoreTransaction transaction;
  private final Names names;
  private final GraphIndexes indexes;
  private final Locations nodeLocations = new Locations();
  private final Locations edgeLocations = new Locations();

  /// Where the entity of the last successful {@link #find} is.
  private long foundRow;

  private final long[] prefix = new long[1];
  private final List<@Nullable TableChanges> nodeTables = new ArrayList<>();
  private final List<@Nullable TableChanges> edgeTables = new ArrayList<>();
  private final List<@Nullable SpaceChanges> places = new ArrayList<>();
  private final List<@Nullable SpaceChanges> outgoing = new ArrayList<>();
  private final List<@Nullable SpaceChanges> incoming = new ArrayList<>();
  private int @Nullable [] lastLabels;
  private int lastPartition;
  private final Probe baseNodes;
  private final Probe baseEdges;
  private long[] deletedNodes = new long[8];
  private int deletedNodeCount;
  private int checkedNodes;

  /// How many entries of the places of nodes and edges {@link #checkRequired} has seen.
  private final int[] checkedPlaces = new int[2];

  GraphChanges(StoreTransaction transaction, Root base) {
    this.transaction = transaction;
    this.names = base.names();
    this.indexes = transaction.graphIndexes();
    this.baseNodes = new Probe(base.set(Spaces.NODES, StateGraphReader.INDEX_ARITY), base.blobs());
    this.baseEdges = new Probe(base.set(Spaces.EDGES, StateGraphReader.INDEX_ARITY), base.blobs());
  }

  @Override
  public int labelId(String name) {
    return names.intern(Names.Kind.LABEL, name);
  }

  @Override
  public int typeId(String name) {
    return names.intern(Names.Kind.TYPE, name);
  }

  @Override
  public int keyId(String name) {
    return names.intern(Names.Kind.KEY, name);
  }

  private static int[] sorted(int[] labels) {
    return IntStream.of(labels).sorted().distinct().toArray();
  }

  private int partition(int[] labels) {
    if (!Arrays.equals(labels, lastLabels)) {
      lastLabels = labels.clone();
      lastPartition = names.partition(sorted(labels));
    }
    return lastPartition;
  }

  private TableChanges nodes(int partition) {
    return cached(nodeTables, partition, () -> transaction.elements(Spaces.nodeTable(partition)));
  }

  private TableChanges edges(int type) {
    return cached(edgeTables, type, () -> transaction.elements(Spaces.edgeTable(type)));
  }

  private SpaceChanges index(int tag) {
    boolean isNode = tag == TermId.TAG_NODE;
    return cached(
        places,
        isNode ? 0 : 1,
        () ->
            transaction.space(isNode ? Spaces.NODES : Spaces.EDGES, StateGraphReader.INDEX_ARITY));
  }

  private SpaceChanges adjacency(int type, Direction direction) {
    return cached(
        direction == Direction.OUT ? outgoing : incoming,
        type,
        () ->
            transaction.space(Spaces.adjacency(type, direction), StateGraphReader.ADJACENCY_ARITY));
  }

  private static <T> T cached(List<@Nullable T> list, int index, Supplier<T> make) {
    while (list.size() <= index) {
      list.add(null);
    }
    T known = list.get(index);
    if (known == null) {
      known = make.get();
      list.set(index, known);
    }
    return known;
  }

  @Override
  public long createNode(int[] labels, int[] keys, long[] values) {
    transaction.checkActive();
    int partition = partition(labels);
    long id = TermId.node(0, transaction.store().ids().node.getAndIncrement());
    createAt(TermId.TAG_NODE, id, partition, row(id, keys, values));
    return id;
  }

  @Override
  public void createNodes(int[] labels, int[] keys, long[][] values, int count, long[] ids) {
    long[] one = new long[keys.length];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < keys.length; k++) {
        one[k] = values[k][i];
      }
      ids[i] = createNode(labels, keys, one);
    }
  }

  /// One row of an element table: column ids and term identifiers side by side.
  private record Row(int[] columns, long[] values) {
    long value(int column) {
      for (int i = 0; i < columns.length; i++) {
        if (columns[i] == column) {
          return values[i];
        }
      }
      return TermId.NULL;
    }
  }

  private static Row row(long id, int[] keys, long[] values) {
    int[] columns = Arrays.copyOf(keys, keys.length + 1);
    long[] row = Arrays.copyOf(values, keys.length + 1);
    columns[keys.length] = GraphReader.ID;
    row[keys.length] = id;
    return new Row(columns, row);
  }

  private long createAt(int tag, long id, int number, Row row) {
    TableChanges table = tag == TermId.TAG_NODE ? nodes(number) : edges(number);
    long address = table.append(row.columns(), row.values());
    index(tag).log().add(false, id, number, address);
    locations(id).created(id, number, address);
    indexes.changed(id, number, null, number, row::value);
    return address;
  }

  @Override
  public long createEdge(int type, long source, long target, int[] keys, long[] values) {
    transaction.checkActive();
    requireNode(source);
    requireNode(target);
    long id = TermId.edge(0, transaction.store().ids().edge.getAndIncrement());
    int length = keys.length;
    int[] columns = Arrays.copyOf(keys, length + EDGE_COLUMNS.length);
    System.arraycopy(EDGE_COLUMNS, 0, columns, length, EDGE_COLUMNS.length);
    long[] row = Arrays.copyOf(values, columns.length);
    row[length] = target;
    row[length + 1] = source;
    row[length + 2] = id;
    createAt(TermId.TAG_EDGE, id, type, new Row(columns, row));
    adjacency(type, Direction.OUT).log().add(false, source, target, id);
    adjacency(type, Direction.IN).log().add(false, target, source, id);
    return id;
  }

  @Override
  public void createEdges(
      int type,
      long[] sources,
      long[] targets,
      int[] keys,
      long[][] values,
      int count,
      long[] ids) {
    long[] one = new long[keys.length];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < keys.length; k++) {
        one[k] = values[k][i];
      }
      ids[i] = createEdge(type, sources[i], targets[i], keys, one);
    }
  }

  private void requireNode(long node) {
    if (TermId.tag(node) != TermId.TAG_NODE || find(node) < 0) {
      throw deletedEntity(node);
    }
  }

  private static QueryException deletedEntity(long entity) {
    return new QueryException(
        ErrorCode.DELETED_ENTITY,
        null,
        (TermId.tag(entity) == TermId.TAG_NODE ? "node " : "relationship ")
            + TermId.key(entity)
            + " does not exist or was deleted in this transaction",
        "",
        "DeletedEntityAccess",
        null);
  }

  private Locations locations(long entity) {
    return TermId.tag(entity) == TermId.TAG_NODE ? nodeLocations : edgeLocations;
  }

  /// The partition or type of an entity, its address in `foundRow`; -1 when it does not exist.
  private int find(long entity) {
    Locations locations = locations(entity);
    int number = locations.find(entity);
    if (number != Locations.UNKNOWN) {
      foundRow = locations.row;
      return foundRow == Locations.DELETED ? -1 : number;
    }
    if (TermId.template(entity) != 0) {
      return -1;
    }
    prefix[0] = entity;
    Probe probe = TermId.tag(entity) == TermId.TAG_NODE ? baseNodes : baseEdges;
    long[] found = probe.first(prefix, 1);
    if (found == null) {
      return -1;
    }
    foundRow = found[2];
    return (int) found[1];
  }

  private TableChanges tableOf(long entity, int number) {
    return TermId.tag(entity) == TermId.TAG_NODE ? nodes(number) : edges(number);
  }

  /// All columns of an existing element that are not null, by ascending id.
  private TreeMap<Integer, Long> columnsOf(long entity, int number, long address) {
    TreeMap<Integer, Long> columns = new TreeMap<>();
    TableChanges table = tableOf(entity, number);
    SegmentState segment = table.segment(Segment.segmentId(address));
    if (segment == null) {
      throw new IllegalStateException("no segment of " + TermId.toString(entity));
    }
    int[] ids =
        switch (segment.columns()) {
          case SegmentState.Stored(var descriptor) -> descriptor.columnIds();
          case SegmentState.Buffered(int[] columnIds, ColumnChunk[] _) -> columnIds;
        };
    for (int id : ids) {
      ColumnChunk chunk =
          segment.column(id, TableState.ColumnKinds.TERMS.kind(id), transaction.source());
      long value = chunk.longAt(Segment.row(address));
      if (value != 0) {
        columns.put(id, value);
      }
    }
    return columns;
  }

  private static long value(TreeMap<Integer, Long> columns, int key) {
    return columns.getOrDefault(key, TermId.NULL);
  }

  /// Replaces the row of an element, perhaps in another table.
  private void rewrite(
      long entity,
      int number,
      long address,
      TreeMap<Integer, Long> before,
      int newNumber,
      TreeMap<Integer, Long> columns) {
    indexes.changed(
        entity, number, key -> value(before, key), newNumber, key -> value(columns, key));
    tableOf(entity, number).delete(address);
    int[] ids = new int[columns.size()];
    long[] values = new long[columns.size()];
    int i = 0;
    for (var column : columns.entrySet()) {
      ids[i] = column.getKey();
      values[i++] = column.getValue();
    }
    long moved = tableOf(entity, newNumber).append(ids, values);
    SpaceChanges index = index(TermId.tag(entity));
    index.log().add(true, entity, number, address);
    index.log().add(false, entity, newNumber, moved);
    locations(entity).moved(entity, newNumber, moved);
  }

  @Override
  public boolean setProperty(long entity, int key, long value) {
    transaction.checkActive();
    int number = find(entity);
    if (number < 0) {
      throw deletedEntity(entity);
    }
    long address = foundRow;
    TreeMap<Integer, Long> before = columnsOf(entity, number, address);
    if (before.getOrDefault(key, 0L) == value) {
      return false;
    }
    TreeMap<Integer, Long> columns = new TreeMap<>(before);
    put(columns, key, value);
    rewrite(entity, number, address, before, number, columns);
    return true;
  }

  private static void put(TreeMap<Integer, Long> columns, int key, long value) {
    if (value == 0) {
      columns.remove(key);
    } else {
      columns.put(key, value);
    }
  }

  @Override
  public void setProperties(long entity, int[] keys, long[] values, boolean replace) {
    transaction.checkActive();
    int number = find(entity);
    if (number < 0) {
      throw deletedEntity(entity);
    }
    long address = foundRow;
    TreeMap<Integer, Long> before = columnsOf(entity, number, address);
    TreeMap<Integer, Long> columns = new TreeMap<>(before);
    if (replace) {
      columns.keySet().removeIf(id -> id > GraphReader.ID);
    }
    for (int i = 0; i < keys.length; i++) {
      put(columns, keys[i], values[i]);
    }
    if (!columns.equals(before)) {
      rewrite(entity, number, address, before, number, columns);
    }
  }

  @Override
  public boolean addLabel(long node, int label) {
    return relabel(node, label, true);
  }

  @Override
  public boolean removeLabel(long node, int label) {
    return relabel(node, label, false);
  }

  private boolean relabel(long node, int label, boolean add) {
    transaction.checkActive();
    int number = TermId.tag(node) == TermId.TAG_NODE ? find(node) : -1;
    if (number < 0) {
      throw deletedEntity(node);
    }
    long address = foundRow;
    int[] labels = names.labels(number);
    boolean has = Arrays.binarySearch(labels, label) >= 0;
    if (has == add) {
      return false;
    }
    int[] changed =
        add
            ? sorted(IntStream.concat(IntStream.of(labels), IntStream.of(label)).toArray())
            : IntStream.of(labels).filter(other -> other != label).toArray();
    TreeMap<Integer, Long> columns = columnsOf(node, number, address);
    rewrite(node, number, address, columns, names.partition(changed), columns);
    return true;
  }

  @Override
  public boolean deleteEdge(long edge) {
    transaction.checkActive();
    int type = find(edge);
    if (type < 0) {
      return false;
    }
    long address = foundRow;
    TreeMap<Integer, Long> columns = columnsOf(edge, type, address);
    long source = columns.getOrDefault(GraphReader.SOURCE, 0L);
    long target = columns.getOrDefault(GraphReader.TARGET, 0L);
    remove(edge, type, address, columns);
    adjacency(type, Direction.OUT).log().add(true, source, target, edge);
    adjacency(type, Direction.IN).log().add(true, target, source, edge);
    return true;
  }

  private void remove(long entity, int number, long address, TreeMap<Integer, Long> columns) {
    indexes.changed(entity, number, key -> value(columns, key), number, null);
    tableOf(entity, number).delete(address);
    index(TermId.tag(entity)).log().add(true, entity, number, address);
    locations(entity).moved(entity, number, Locations.DELETED);
  }

  @Override
  public long deleteNode(long node, boolean detach) {
    transaction.checkActive();
    int partition = find(node);
    if (partition < 0) {
      return -1;
    }
    long address = foundRow;
    long edges = detach ? detach(node) : 0;
    remove(
        node,
        partition,
        address,
        indexes.sets().isEmpty() ? new TreeMap<>() : columnsOf(node, partition, address));
    if (deletedNodeCount == deletedNodes.length) {
      deletedNodes = Arrays.copyOf(deletedNodes, 2 * deletedNodeCount);
    }
    deletedNodes[deletedNodeCount++] = node;
    return edges;
  }

  private long detach(long node) {
    long deleted = 0;
    for (int type = 0; type < names.names(Names.Kind.TYPE).size(); type++) {
      for (Direction direction : Direction.values()) {
        long space = Spaces.adjacency(type, direction);
        TupleCursor cursor =
            transaction
                .currentSpace(space, StateGraphReader.ADJACENCY_ARITY)
                .reader(transaction.source())
                .scan(node);
        long[][] columns = {null, null, new long[256]};
        for (int count; (count = cursor.next(columns, 256)) > 0; ) {
          for (int i = 0; i < count; i++) {
            deleted += deleteEdge(columns[2][i]) ? 1 : 0;
          }
        }
      }
    }
    return deleted;
  }

  @Override
  public boolean isDeleted(long entity) {
    Locations locations = locations(entity);
    return locations.find(entity) != Locations.UNKNOWN && locations.row == Locations.DELETED;
  }

  /// A point to go back to.
  record Mark(Locations.Mark nodes, Locations.Mark edges, int deletedNodes) {}

  Mark mark() {
    return new Mark(nodeLocations.mark(), edgeLocations.mark(), deletedNodeCount);
  }

  /// @param target null for the start of the transaction
  void rollbackTo(@Nullable Mark target) {
    nodeLocations.rollbackTo(target == null ? Locations.Mark.START : target.nodes);
    edgeLocations.rollbackTo(target == null ? Locations.Mark.START : target.edges);
    deletedNodeCount = target == null ? 0 : target.deletedNodes;
    checkedNodes = Math.min(checkedNodes, deletedNodeCount);
    Arrays.fill(checkedPlaces, 0);
  }

  /// Fails when something created or changed since the last check lacks a property that a
  /// constraint demands.
  void checkRequired() {
    for (int tag : new int[] {TermId.TAG_NODE, TermId.TAG_EDGE}) {
      int place = tag == TermId.TAG_NODE ? 0 : 1;
      SpaceChanges changes = transaction.spaceIfChanged(place == 0 ? Spaces.NODES : Spaces.EDGES);
      if (changes == null || changes.log().count() == checkedPlaces[place]) {
        continue;
      }
      if (indexes.hasRequired()) {
        TupleRun run = changes.log().run(checkedPlaces[place]);
        for (int i = 0; i < run.count(); i++) {
          if (!run.isRemoved(i)) {
            long entity = run.component(i, 0);
            int number = (int) run.component(i, 1);
            TreeMap<Integer, Long> columns = columnsOf(entity, number, run.component(i, 2));
            indexes.checkRequired(entity, number, key -> value(columns, key));
          }
        }
      }
      checkedPlaces[place] = changes.log().count();
    }
  }

  boolean isCreated(long entity) {
    return locations(entity).isCreated(entity);
  }

  long[] deletedNodes() {
    return Arrays.copyOf(deletedNodes, deletedNodeCount);
  }

  /// Fails when a node deleted since the last check still has edges in the transaction's view.
  void checkDangling() {
    for (; checkedNodes < deletedNodeCount; checkedNodes++) {
      long node = deletedNodes[checkedNodes];
      for (int type = 0; type < names.names(Names.Kind.TYPE).size(); type++) {
        for (Direction direction : Direction.values()) {
          long count =
              transaction
                  .currentSpace(Spaces.adjacency(type, direction), StateGraphReader.ADJACENCY_ARITY)
                  .reader(transaction.source())
                  .count(node);
          if (count > 0) {
            throw stillConnected(node, names.name(Names.Kind.TYPE, type));
          }
        }
      }
    }
  }

  private static QueryException stillConnected(long node, String type) {
    return new QueryException(
        ErrorCode.STILL_CONNECTED,
        null,
        "node " + TermId.key(node) + " still has relationships of type '" + type + "'",
        "delete them first, or use DETACH DELETE",
        "DeleteConnectedNode",
        null);
  }
}
