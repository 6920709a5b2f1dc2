package io.sabot.exec.run;

import io.sabot.exec.batch.Cells;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.catalog.GraphMapping.EdgeTable;
import io.sabot.plan.catalog.GraphMapping.End;
import io.sabot.plan.catalog.GraphMapping.NodeTable;
import io.sabot.plan.catalog.GraphMapping.PropertyColumns;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.function.GraphAccess;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.TermDictionary;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.Snapshot;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.Segment;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rows of mapped tables as graph elements, looked up one by one. For results and for values that
/// met no scan; queries over tables are unfolded and never come here.
final class MappedRows {
  private final Snapshot snapshot;
  private final TermDictionary dictionary;
  private final GraphMapping mapping;
  private final Map<KeyOf, Map<List<Value>, Row>> byKey = new ConcurrentHashMap<>();

  private record KeyOf(int tableId, List<Integer> columns) {}

  MappedRows(Snapshot snapshot, TermDictionary dictionary) {
    this.snapshot = snapshot;
    this.dictionary = dictionary;
    this.mapping = new GraphMapping(snapshot.catalog());
  }

  Snapshot snapshot() {
    return snapshot;
  }

  Value canonical(Value term) {
    return mapping.canonical(term);
  }

  record Row(TableDef table, long address) {}

  private @Nullable Row row(TableDef table, List<Integer> key, long entity) {
    long number = TermId.intOfKey(TermId.key(entity));
    if (!key.equals(table.primaryKey())) {
      return find(table, key, List.of(Value.of(number)));
    }
    long address =
        snapshot.table(table.id()).primaryKey().map(index -> index.lookup(number)).orElse(-1L);
    return address < 0 ? null : new Row(table, address);
  }

  /// The row with this key, whether or not it is the primary key.
  private @Nullable Row find(TableDef table, List<Integer> columns, List<Value> key) {
    return columns.equals(table.primaryKey())
        ? MappedKeys.find(snapshot, table, key)
        : byKey.computeIfAbsent(new KeyOf(table.id(), columns), _ -> rows(table, columns)).get(key);
  }

  /// All rows of a table by columns that no index is over.
  private Map<List<Value>, Row> rows(TableDef table, List<Integer> columns) {
    Map<List<Value>, Row> found = new HashMap<>();
    for (Segment segment : snapshot.table(table.id()).segments()) {
      for (int i = 0; i < segment.rowCount(); i++) {
        if (segment.isLive(i)) {
          Row row = new Row(table, segment.address(i));
          found.put(cells(row, columns), row);
        }
      }
    }
    return found;
  }

  private static boolean isEdge(long entity) {
    return TermId.tag(entity) == TermId.TAG_EDGE;
  }

  private @Nullable EdgeTable edgeTable(long entity) {
    return mapping.edgeTable(TermId.template(entity)).orElse(null);
  }

  private @Nullable NodeTable nodeTable(long entity) {
    return mapping.nodeTable(TermId.template(entity)).orElse(null);
  }

  private @Nullable Row find(long entity) {
    if (isEdge(entity)) {
      EdgeTable edge = edgeTable(entity);
      return edge == null ? null : row(edge.table(), edge.key(), entity);
    }
    NodeTable node = nodeTable(entity);
    return node == null ? null : row(node.table(), node.key(), entity);
  }

  boolean exists(long entity) {
    return find(entity) != null;
  }

  List<String> labels(long entity) {
    if (isEdge(entity)) {
      EdgeTable edge = edgeTable(entity);
      return edge == null ? List.of() : List.copyOf(edge.types());
    }
    NodeTable node = nodeTable(entity);
    return node == null ? List.of() : List.copyOf(node.labels());
  }

  private @Nullable PropertyColumns propertyColumns(long entity) {
    if (isEdge(entity)) {
      EdgeTable edge = edgeTable(entity);
      return edge == null ? null : edge.properties();
    }
    NodeTable node = nodeTable(entity);
    return node == null ? null : node.properties();
  }

  Value property(long entity, String key) {
    PropertyColumns columns = propertyColumns(entity);
    return columns == null || columns.none() ? Value.NULL : property(find(entity), columns, key);
  }

  Map<String, Value> properties(long entity) {
    PropertyColumns columns = propertyColumns(entity);
    Row row = columns == null || columns.none() ? null : find(entity);
    return row == null || columns == null ? Map.of() : cells(row, columns);
  }

  Value cell(Row row, ColumnDef column) {
    Segment segment = snapshot.table(row.table().id()).segment(Segment.segmentId(row.address()));
    ColumnChunk chunk = segment.column(column.id());
    int at = Segment.row(row.address());
    if (chunk.isNull(at)) {
      return Value.NULL;
    }
    Type type = column.type();
    return switch (type.physical()) {
      case BOOL -> Value.of(chunk.boolAt(at));
      case LONG -> Cells.ofLong(chunk.longAt(at), type);
      case DOUBLE -> Value.of(chunk.doubleAt(at));
      case STRING ->
          Value.of(
              new String(
                  chunk.bytesAt(at).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE),
                  StandardCharsets.UTF_8));
      case TERM -> dictionary.decode(chunk.longAt(at));
      case DECIMAL -> Value.of(new BigDecimal(unscaled(chunk, at), Cells.scale(type)));
    };
  }

  private static BigInteger unscaled(ColumnChunk chunk, int at) {
    if (chunk.kind() != ColumnKind.WIDE) {
      return BigInteger.valueOf(chunk.longAt(at));
    }
    return BigInteger.valueOf(chunk.wideHighAt(at))
        .shiftLeft(Long.SIZE)
        .add(new BigInteger(Long.toUnsignedString(chunk.wideLowAt(at))));
  }

  long source(long entity) {
    return end(entity, EdgeTable::from);
  }

  long target(long entity) {
    return end(entity, EdgeTable::to);
  }

  private long end(long entity, Function<EdgeTable, End> which) {
    EdgeTable edge = edgeTable(entity);
    Row row = edge == null ? null : row(edge.table(), edge.key(), entity);
    if (edge == null || row == null) {
      return TermId.NULL;
    }
    Value node = end(row, which.apply(edge));
    return node.isNull() ? TermId.NULL : dictionary.encode(node);
  }

  /// The row whose form in the graph is an IRI, null when the IRI names no row that exists.
  GraphAccess.@Nullable MappedElement element(String iri) {
    GraphMapping.EdgeKey edge = mapping.edge(iri).orElse(null);
    if (edge != null) {
      return edge(edge.edge(), find(edge.edge().table(), edge.edge().key(), edge.key()));
    }
    GraphMapping.NodeKey node = node(iri);
    return node == null
        ? null
        : node(node.node(), find(node.node().table(), node.node().key(), node.key()));
  }

  Value property(String iri, String key) {
    GraphMapping.EdgeKey edge = mapping.edge(iri).orElse(null);
    if (edge != null) {
      EdgeTable table = edge.edge();
      return property(find(table.table(), table.key(), edge.key()), table.properties(), key);
    }
    GraphMapping.NodeKey node = node(iri);
    if (node == null) {
      return Value.NULL;
    }
    NodeTable table = node.node();
    return property(find(table.table(), table.key(), node.key()), table.properties(), key);
  }

  private Value property(@Nullable Row row, PropertyColumns columns, String key) {
    return row == null
        ? Value.NULL
        : columns.column(row.table(), key).map(c -> cell(row, c)).orElse(Value.NULL);
  }

  private GraphMapping.@Nullable NodeKey node(String iri) {
    GraphMapping.NodeKey named = mapping.namedNode(iri).orElse(null);
    if (named != null) {
      return named;
    }
    GraphMapping.RowKey row = mapping.row(iri).orElse(null);
    return row == null || mapping.isJoinTable(row.table())
        ? null
        : new GraphMapping.NodeKey(mapping.nodeTable(row.table()), row.key());
  }

  private GraphAccess.@Nullable MappedElement node(NodeTable table, @Nullable Row row) {
    return row == null
        ? null
        : new GraphAccess.MappedElement(
            false,
            List.copyOf(table.labels()),
            cells(row, table.properties()),
            Value.NULL,
            Value.NULL);
  }

  private GraphAccess.@Nullable MappedElement edge(EdgeTable edge, @Nullable Row row) {
    return row == null
        ? null
        : new GraphAccess.MappedElement(
            true,
            List.copyOf(edge.types()),
            cells(row, edge.properties()),
            end(row, edge.from()),
            end(row, edge.to()));
  }

  /// The node at an end of an edge, null where its columns are.
  Value end(Row row, End end) {
    List<Value> key = cells(row, end.columns());
    return key.contains(Value.NULL) ? Value.NULL : mapping.node(end.node(), key);
  }

  /// Whether there is a row at an end of an edge.
  boolean hasRow(Row row, End end) {
    return find(end.node().table(), end.node().key(), cells(row, end.columns())) != null;
  }

  List<Value> cells(Row row, List<Integer> columns) {
    return columns.stream().map(id -> cell(row, row.table().column(id))).toList();
  }

  /// The node that a foreign key of the row names, null where it names none.
  Value reference(Row row, ForeignKeyDef key) {
    List<Value> cells =
        key.columns().stream().map(id -> cell(row, row.table().column(id))).toList();
    return cells.contains(Value.NULL) ? Value.NULL : mapping.node(mapping.target(key), cells);
  }

  private Map<String, Value> cells(Row row, PropertyColumns columns) {
    Map<String, Value> cells = new TreeMap<>();
    columns
        .all(row.table())
        .forEach((name, column) -> {
          Value value = cell(row, column);
          if (!value.isNull()) {
            cells.put(name, value);
          }
        });
    return cells;
  }

  static boolean isMapped(long entity) {
    return TermId.template(entity) != 0;
  }
}
