package io.sabot.exec.run;

import io.sabot.exec.batch.Cells;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.GraphMapping;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Rows of mapped tables as graph elements, looked up one by one. For results and for values that
/// met no scan; queries over tables are unfolded and never come here.
final class MappedRows {
  private final Snapshot snapshot;
  private final TermDictionary dictionary;
  private final GraphMapping mapping;

  MappedRows(Snapshot snapshot, TermDictionary dictionary) {
    this.snapshot = snapshot;
    this.dictionary = dictionary;
    this.mapping = new GraphMapping(snapshot.catalog());
  }

  record Row(TableDef table, long address) {}

  private @Nullable Row row(TableDef table, long entity) {
    long key = TermId.intOfKey(TermId.key(entity));
    long address =
        snapshot.table(table.id()).primaryKey().map(index -> index.lookup(key)).orElse(-1L);
    return address < 0 ? null : new Row(table, address);
  }

  private GraphMapping.@Nullable EdgeTable edgeTable(long entity) {
    return mapping.edgeTables().stream()
        .filter(edge -> edge.template() == TermId.template(entity))
        .findFirst()
        .orElse(null);
  }

  private @Nullable Row find(long entity) {
    if (TermId.tag(entity) == TermId.TAG_EDGE) {
      GraphMapping.EdgeTable edge = edgeTable(entity);
      return edge == null ? null : row(edge.table(), entity);
    }
    return snapshot
        .catalog()
        .table(TermId.template(entity))
        .map(table -> row(table, entity))
        .orElse(null);
  }

  boolean exists(long entity) {
    return find(entity) != null;
  }

  List<String> labels(long entity) {
    if (TermId.tag(entity) == TermId.TAG_EDGE) {
      GraphMapping.EdgeTable edge = edgeTable(entity);
      return edge == null ? List.of() : List.of(edge.type());
    }
    return snapshot
        .catalog()
        .table(TermId.template(entity))
        .map(table -> List.of(table.name()))
        .orElse(List.of());
  }

  /// The edge of a foreign key has no properties; a row has its columns.
  private static boolean hasProperties(long entity, GraphMapping.@Nullable EdgeTable edge) {
    return TermId.tag(entity) == TermId.TAG_NODE || edge != null && edge.source() != null;
  }

  Value property(long entity, String key) {
    return properties(entity).getOrDefault(key, Value.NULL);
  }

  Map<String, Value> properties(long entity) {
    GraphMapping.EdgeTable edge = TermId.tag(entity) == TermId.TAG_EDGE ? edgeTable(entity) : null;
    Row row = hasProperties(entity, edge) ? find(entity) : null;
    return row == null ? Map.of() : cells(row);
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
    return end(entity, GraphMapping.EdgeTable::source);
  }

  long target(long entity) {
    return end(entity, GraphMapping.EdgeTable::target);
  }

  private long end(
      long entity, Function<GraphMapping.EdgeTable, @Nullable ForeignKeyDef> whichKey) {
    GraphMapping.EdgeTable edge = edgeTable(entity);
    Row row = edge == null ? null : row(edge.table(), entity);
    if (edge == null || row == null) {
      return TermId.NULL;
    }
    ForeignKeyDef key = whichKey.apply(edge);
    if (key == null) {
      return TermId.node(edge.table().id(), TermId.key(entity));
    }
    List<Value> cells =
        key.columns().stream().map(id -> cell(row, row.table().column(id))).toList();
    return mapping.node(mapping.target(key), cells) instanceof Value.NodeRef(long node)
        ? node
        : TermId.NULL;
  }

  /// The row whose form in the graph is an IRI, null when the IRI names no row that exists.
  GraphAccess.@Nullable MappedElement element(String iri) {
    var edge = mapping.edge(iri).orElse(null);
    if (edge != null) {
      return edge(edge);
    }
    var row = mapping.row(iri).orElse(null);
    if (row == null || mapping.isJoinTable(row.table())) {
      return null;
    }
    Row found = MappedKeys.find(snapshot, row.table(), row.key());
    return found == null
        ? null
        : new GraphAccess.MappedElement(
            false, row.table().name(), cells(found), Value.NULL, Value.NULL);
  }

  private GraphAccess.@Nullable MappedElement edge(GraphMapping.EdgeKey key) {
    GraphMapping.EdgeTable edge = key.edge();
    Row row = MappedKeys.find(snapshot, edge.table(), key.key());
    if (row == null) {
      return null;
    }
    Value own = mapping.node(edge.table(), key.key());
    Value source = edge.source() == null ? own : reference(row, edge.source());
    Map<String, Value> properties = edge.source() == null ? Map.of() : cells(row);
    return new GraphAccess.MappedElement(
        true, edge.type(), properties, source, reference(row, edge.target()));
  }

  /// The node that a foreign key of the row names, null where it names none.
  Value reference(Row row, ForeignKeyDef key) {
    List<Value> cells =
        key.columns().stream().map(id -> cell(row, row.table().column(id))).toList();
    return cells.contains(Value.NULL) ? Value.NULL : mapping.node(mapping.target(key), cells);
  }

  private Map<String, Value> cells(Row row) {
    Map<String, Value> cells = new TreeMap<>();
    for (ColumnDef column : row.table().columns()) {
      Value value = cell(row, column);
      if (!value.isNull()) {
        cells.put(column.name(), value);
      }
    }
    return cells;
  }

  static boolean isMapped(long entity) {
    return TermId.template(entity) != 0;
  }
}
