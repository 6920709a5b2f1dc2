package io.sabot.exec.run;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.operator.ColumnExport;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.catalog.GraphMapping.EdgeTable;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Expr.CastMode;
import io.sabot.plan.function.Casts;
import io.sabot.plan.function.Kinds;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.segment.ColumnData;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Changes to graph elements that are rows of tables: a new node is a new row, a property is a
/// column, a relationship is a foreign key or the row of a join table. What a row cannot carry is
/// refused.
public final class MappedWrites {
  private final QueryRun run;
  private final GraphMapping mapping;
  private final Map<Type, Vector> vectors = new HashMap<>();
  private final Map<List<String>, Optional<TableDef>> tables = new HashMap<>();

  public MappedWrites(QueryRun run) {
    this.run = run;
    this.mapping = new GraphMapping(run.snapshot().catalog());
  }

  /// The row behind an element.
  ///
  /// @param edge null for a node
  private record Found(@Nullable EdgeTable edge, TableDef table, List<Value> key) {}

  private @Nullable Found find(Value element) {
    return switch (element) {
      case Value.EdgeRef(long id) when TermId.template(id) != 0 ->
          mapping.edgeTables().stream()
              .filter(edge -> edge.template() == TermId.template(id))
              .findFirst()
              .map(edge ->
                  new Found(edge, edge.table(), List.of(Value.of(TermId.intOfKey(TermId.key(id))))))
              .orElse(null);
      case Value.Iri(String iri) -> {
        var edge = mapping.edge(iri).orElse(null);
        yield edge != null
            ? new Found(edge.edge(), edge.edge().table(), edge.key())
            : node(element);
      }
      default -> node(element);
    };
  }

  private @Nullable Found node(Value element) {
    return mapping.row(element).map(row -> new Found(null, row.table(), row.key())).orElse(null);
  }

  /// Whether an element is a row of a table.
  public boolean isRow(Value element) {
    return find(element) != null;
  }

  /// Whether an element that is a row is a relationship.
  public boolean isEdge(Value element) {
    return row(element).edge() != null;
  }

  /// The table that holds the nodes of these labels, null when the native graph does.
  public @Nullable TableDef table(List<String> labels) {
    return tables.computeIfAbsent(labels, l -> Optional.ofNullable(find(l))).orElse(null);
  }

  private @Nullable TableDef find(List<String> labels) {
    for (GraphMapping.NodeTable table : mapping.nodeTables()) {
      if (labels.contains(table.label())) {
        if (labels.size() > 1) {
          throw Errors.unsupported(
              null,
              "a node with the label '" + table.label() + "' of a table and other labels, which");
        }
        return table.table();
      }
    }
    return null;
  }

  // ---- nodes

  /// Inserts a row and returns its node.
  public Value create(TableDef table, Map<String, Value> properties) {
    insert(table, byColumn(table, properties));
    List<Value> key =
        table.primaryKey().stream()
            .map(id -> properties.getOrDefault(name(table, id, properties), Value.NULL))
            .toList();
    return mapping.node(table, key);
  }

  /// The spelling of a column among the properties, which may differ in case.
  private static String name(TableDef table, int column, Map<String, Value> properties) {
    String name = table.column(column).name();
    return properties.keySet().stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
  }

  private void insert(TableDef table, Map<Integer, Value> values) {
    ColumnData[] columns = new ColumnData[table.columns().size()];
    for (int c = 0; c < columns.length; c++) {
      ColumnDef column = table.columns().get(c);
      if (column.value() != null && (column.isGenerated() || !values.containsKey(column.id()))) {
        throw Errors.unsupported(
            null, "a new row without column '" + column.name() + "', which has a default, here");
      }
      columns[c] = data(column, values.getOrDefault(column.id(), Value.NULL));
    }
    run.transaction().table(table.id()).append(columns, 1);
    run.wrote();
  }

  private static Map<Integer, Value> byColumn(TableDef table, Map<String, Value> properties) {
    Map<Integer, Value> values = new HashMap<>();
    properties.forEach((key, value) -> values.put(column(table, key).id(), value));
    return values;
  }

  private static ColumnDef column(TableDef table, String key) {
    return table
        .column(key)
        .orElseThrow(() ->
            new QueryException(
                ErrorCode.UNKNOWN_COLUMN,
                null,
                "the table '" + table.name() + "' has no column for the property '" + key + "'",
                Errors.didYouMean(key, table.columns().stream().map(ColumnDef::name).toList())));
  }

  /// Sets columns of an element's row.
  ///
  /// @param replace whether all columns that are not named, but for those of the key, become null
  public void set(Value element, Map<String, Value> properties, boolean replace) {
    Found found = row(element);
    TableDef table = found.table();
    if (found.edge() != null && found.edge().source() == null) {
      throw Errors.unsupported(
          null, "a property of the relationship ':" + found.edge().type() + "', a foreign key,");
    }
    Map<Integer, Value> values = byColumn(table, properties);
    if (replace) {
      for (ColumnDef column : table.columns()) {
        if (!table.primaryKey().contains(column.id())) {
          values.putIfAbsent(column.id(), Value.NULL);
        }
      }
    }
    for (int i = 0; i < table.primaryKey().size(); i++) {
      Value given = values.remove(table.primaryKey().get(i));
      if (given != null && !given.equals(found.key().get(i))) {
        throw Errors.unsupported(
            null,
            "changing the key column '"
                + table.column(table.primaryKey().get(i)).name()
                + "' of a row by SET, which");
      }
    }
    update(found, values);
  }

  private Found row(Value element) {
    Found found = find(element);
    if (found == null) {
      throw new IllegalStateException("not a row: " + element);
    }
    return found;
  }

  private void update(Found found, Map<Integer, Value> values) {
    MappedRows.Row row = MappedKeys.find(run.snapshot(), found.table(), found.key());
    if (row == null) {
      throw new QueryException(
          ErrorCode.DELETED_ENTITY,
          null,
          "the row of '" + found.table().name() + "' to change is gone",
          "");
    }
    if (!values.isEmpty()) {
      update(found.table(), row.address(), values);
    }
  }

  private void update(TableDef table, long address, Map<Integer, Value> values) {
    int[] ids = values.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
    ColumnData[] columns = new ColumnData[ids.length];
    for (int c = 0; c < ids.length; c++) {
      ColumnDef column = table.column(ids[c]);
      Value value = values.getOrDefault(ids[c], Value.NULL);
      boolean required = !column.nullable();
      if (value.isNull() && required) {
        throw new QueryException(
            ErrorCode.NOT_NULL_VIOLATION,
            null,
            "column '" + column.name() + "' of '" + table.name() + "' cannot be null",
            "");
      }
      columns[c] = data(column, value);
    }
    run.transaction().table(table.id()).update(new long[] {address}, 1, ids, columns);
    run.wrote();
  }

  /// Deletes the row of an element; of a foreign key, clears it. Returns whether it was there.
  ///
  /// @param detach whether what refers to the row is cleared or deleted first
  public boolean delete(Value element, boolean detach) {
    Found found = row(element);
    MappedRows.Row row = MappedKeys.find(run.snapshot(), found.table(), found.key());
    if (row == null) {
      return false;
    }
    EdgeTable edge = found.edge();
    if (edge != null && edge.source() == null) {
      update(found.table(), row.address(), nulls(edge.target()));
      return true;
    }
    if (edge == null && detach) {
      detach(found);
    }
    return delete(found.table(), row.address());
  }

  private boolean delete(TableDef table, long address) {
    boolean deleted = run.transaction().table(table.id()).delete(new long[] {address}, 1) > 0;
    run.wrote();
    return deleted;
  }

  private static Map<Integer, Value> nulls(ForeignKeyDef key) {
    Map<Integer, Value> values = new HashMap<>();
    key.columns().forEach(column -> values.put(column, Value.NULL));
    return values;
  }

  /// Takes away what refers to a row: rows of join tables, and foreign keys.
  private void detach(Found node) {
    for (EdgeTable edge : mapping.edgeTables()) {
      List<ForeignKeyDef> keys = new ArrayList<>();
      if (mapping.target(edge.target()).id() == node.table().id()) {
        keys.add(edge.target());
      }
      ForeignKeyDef source = edge.source();
      if (source != null && mapping.target(source).id() == node.table().id()) {
        keys.add(source);
      }
      for (ForeignKeyDef key : keys) {
        for (long address : referring(edge.table(), key, node.key())) {
          run.check();
          if (source == null) {
            update(edge.table(), address, nulls(key));
            run.counts().edgesDeleted.incrementAndGet();
          } else if (delete(edge.table(), address)) {
            run.counts().edgesDeleted.incrementAndGet();
          }
        }
      }
    }
  }

  private List<Long> referring(TableDef table, ForeignKeyDef key, List<Value> target) {
    MappedRows rows = new MappedRows(run.snapshot(), run.dictionary());
    List<Long> found = new ArrayList<>();
    for (Segment segment : run.snapshot().table(table.id()).segments()) {
      run.check();
      for (int i = 0; i < segment.rowCount(); i++) {
        if (!segment.isLive(i)) {
          continue;
        }
        MappedRows.Row row = new MappedRows.Row(table, segment.address(i));
        List<Value> cells =
            key.columns().stream().map(id -> rows.cell(row, table.column(id))).toList();
        if (cells.equals(target)) {
          found.add(row.address());
        }
      }
    }
    return found;
  }

  // ---- relationships

  /// Makes a relationship between two nodes of which one at least is a row.
  public Value createEdge(String type, Value source, Value target, Map<String, Value> properties) {
    Found from = find(source);
    Found to = find(target);
    for (EdgeTable edge : mapping.edgeTables()) {
      if (from != null && to != null && edge.type().equals(type) && fits(edge, from, to)) {
        return edge.source() == null
            ? refer(edge, from, to, properties)
            : join(edge, edge.source(), from, to, properties);
      }
    }
    throw Errors.unsupported(
        null,
        "a relationship ':"
            + type
            + "' at a row of a mapped table, where no foreign key or join"
            + " table between the two carries it,");
  }

  private boolean fits(EdgeTable edge, Found from, Found to) {
    TableDef source = edge.source() == null ? edge.table() : mapping.target(edge.source());
    return source.id() == from.table().id()
        && mapping.target(edge.target()).id() == to.table().id();
  }

  private Value refer(EdgeTable edge, Found from, Found to, Map<String, Value> properties) {
    if (!properties.isEmpty()) {
      throw Errors.unsupported(
          null, "a property of the relationship ':" + edge.type() + "', a foreign key,");
    }
    MappedRows.Row row = MappedKeys.find(run.snapshot(), from.table(), from.key());
    MappedRows rows = new MappedRows(run.snapshot(), run.dictionary());
    if (row != null && !rows.reference(row, edge.target()).isNull()) {
      throw new QueryException(
          ErrorCode.UNIQUE_VIOLATION,
          null,
          "the row of '"
              + from.table().name()
              + "' has a relationship ':"
              + edge.type()
              + "' already, and a foreign key holds one",
          "delete it first");
    }
    update(from, keyValues(edge.target(), to));
    return GraphMapping.entity(edge.template(), mapping.edgePrefix(edge), from.key(), true);
  }

  private Value join(
      EdgeTable edge, ForeignKeyDef source, Found from, Found to, Map<String, Value> properties) {
    TableDef table = edge.table();
    Map<Integer, Value> values = byColumn(table, properties);
    values.putAll(keyValues(source, from));
    values.putAll(keyValues(edge.target(), to));
    insert(table, values);
    List<Value> key =
        table.primaryKey().stream().map(id -> values.getOrDefault(id, Value.NULL)).toList();
    return GraphMapping.entity(edge.template(), mapping.edgePrefix(edge), key, true);
  }

  private static Map<Integer, Value> keyValues(ForeignKeyDef key, Found row) {
    Map<Integer, Value> values = new HashMap<>();
    for (int i = 0; i < key.columns().size(); i++) {
      values.put(key.columns().get(i), row.key().get(i));
    }
    return values;
  }

  // ---- cells

  private ColumnData data(ColumnDef column, Value value) {
    Type type = column.type();
    ColumnKind kind = ColumnKind.of(type);
    if (value.isNull()) {
      return ColumnExport.nulls(kind, 1);
    }
    if (!fits(value, type)) {
      throw Errors.typeMismatch(
          Kinds.name(value),
          "a value of type " + type.toString().toLowerCase(Locale.ROOT),
          "the column '" + column.name() + "'");
    }
    Vector vector = vectors.computeIfAbsent(type, t -> new Vector(t.physical(), run.memory()));
    vector.reset(1);
    Value cast = Casts.cast(value, type, CastMode.SQL);
    Cells.set(vector, 0, cast, type, run.dictionary(), 1);
    Batch one = new Batch(new Vector[] {vector});
    one.all(1);
    return ColumnExport.of(vector, one, kind, run);
  }

  /// Whether a column takes a value without its meaning being guessed: a text is no number.
  private static boolean fits(Value value, Type type) {
    return switch (type) {
      case Type.Int _, Type.Floating _, Type.Decimal _ -> Numbers.isNumber(value);
      case Type.ListOf _ -> value instanceof Value.ListValue;
      case Type.Simple simple ->
          switch (simple) {
            case BOOL -> value instanceof Value.Bool;
            case STRING -> value instanceof Value.Str;
            case DATE -> value instanceof Value.Date;
            case TIME -> value instanceof Value.Time;
            case TIMESTAMP -> value instanceof Value.DateTime;
            case TIMESTAMPTZ -> value instanceof Value.ZonedDateTime;
            case INTERVAL -> value instanceof Value.Duration;
            case BYTES -> value instanceof Value.Bytes;
            case UUID, JSON, JSONB -> value instanceof Value.Str;
            case NODE, EDGE, PATH -> false;
            case IRI, MAP, ANY -> true;
          };
    };
  }
}
