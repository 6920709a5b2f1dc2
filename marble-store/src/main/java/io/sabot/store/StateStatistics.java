package io.sabot.store;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.IndexRef;
import io.sabot.plan.catalog.Statistics;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.value.Value;
import io.sabot.store.segment.ChunkFormat;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.HyperLogLog;
import io.sabot.store.segment.KeyHash;
import io.sabot.store.segment.SegmentDescriptor;
import io.sabot.store.segment.ZoneMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Statistics of one state, merged from zone maps and sketches when asked for.
final class StateStatistics implements Statistics {
  private final State state;
  private final PredicateCounts predicates;
  private final StoreSnapshot snapshot;

  StateStatistics(State state, PredicateCounts predicates, StoreSnapshot snapshot) {
    this.state = state;
    this.predicates = predicates;
    this.snapshot = snapshot;
  }

  @Override
  public long tableRows(int tableId) {
    TableState table = state.table(tableId);
    return table == null ? 0 : table.rowCount();
  }

  @Override
  public Optional<ColumnStatistics> column(int tableId, int columnId) {
    TableDef definition = state.catalog().tables().get(tableId);
    TableState table = state.table(tableId);
    if (definition == null || table == null) {
      return Optional.empty();
    }
    return definition.columns().stream()
        .filter(c -> c.id() == columnId)
        .findFirst()
        .map(column -> column(table, column));
  }

  private ColumnStatistics column(TableState table, ColumnDef column) {
    TableFigures figures = predicates.figures(table.tableId(), table.rowCount());
    TableFigures.Figures counted = figures == null ? null : figures.columns().get(column.id());
    if (counted == null) {
      return table.statistics(column.id(), () -> compute(table, column));
    }
    ColumnKind kind = ColumnKind.of(column.type());
    List<Value> bounds =
        counted.bounds().stream().map(word -> ColumnText.value(column.type(), kind, word)).toList();
    if (bounds.isEmpty()) {
      ColumnStatistics about = table.statistics(column.id(), () -> compute(table, column));
      return new ColumnStatistics(
          counted.distinct(), counted.nullFraction(), about.min(), about.max());
    }
    return new ColumnStatistics(
        counted.distinct(), counted.nullFraction(), bounds.getFirst(), bounds.getLast(), bounds);
  }

  private ColumnStatistics compute(TableState table, ColumnDef column) {
    ColumnKind kind = ColumnKind.of(column.type());
    HyperLogLog sketch = new HyperLogLog();
    Bounds bounds = new Bounds(kind);
    long rows = 0;
    long nulls = 0;
    for (SegmentState segment : table.segments()) {
      ZoneMap zone = segment.zone(column.id());
      rows += zone.rows();
      nulls += zone.nulls();
      if (!zone.isAllNull()) {
        bounds.add(zone);
        add(segment, column.id(), kind, sketch);
      }
    }
    double distinct = Math.max(1, Math.min(Math.max(1, rows - nulls), sketch.estimate()));
    double nullFraction = rows == 0 ? 0 : (double) nulls / rows;
    return new ColumnStatistics(distinct, nullFraction, bounds.min(column), bounds.max(column));
  }

  private void add(SegmentState segment, int columnId, ColumnKind kind, HyperLogLog sketch) {
    if (segment.columns() instanceof SegmentState.Stored(SegmentDescriptor descriptor)) {
      int ordinal = descriptor.ordinal(columnId);
      HyperLogLog stored = ordinal < 0 ? null : descriptor.sketches()[ordinal];
      if (stored != null) {
        sketch.merge(stored);
        return;
      }
      if (ordinal < 0) {
        return;
      }
    }
    ColumnChunk chunk = segment.column(columnId, kind, state.blobs());
    for (int row = 0; row < chunk.rowCount(); row++) {
      if (!chunk.isNull(row)) {
        sketch.addHash(KeyHash.of(chunk, row));
      }
    }
  }

  /// The widest bounds over segments; unknown as soon as one is unknown.
  private static final class Bounds {
    private final ColumnKind kind;
    private boolean known = true;
    private boolean any;
    private long min;
    private long max;
    private byte[] minBytes = {};
    private byte[] maxBytes = {};

    Bounds(ColumnKind kind) {
      this.kind = kind;
    }

    void add(ZoneMap zone) {
      byte[] zoneMin = zone.minBytes();
      byte[] zoneMax = zone.maxBytes();
      if (kind == ColumnKind.STRING && zoneMin != null && zoneMax != null) {
        minBytes = !any || ChunkFormat.compare(zoneMin, minBytes) < 0 ? zoneMin : minBytes;
        maxBytes = !any || ChunkFormat.compare(zoneMax, maxBytes) > 0 ? zoneMax : maxBytes;
      } else if (zone.hasBounds()) {
        min = !any || less(zone.min(), min) ? zone.min() : min;
        max = !any || less(max, zone.max()) ? zone.max() : max;
      } else {
        known = false;
      }
      any = true;
    }

    private boolean less(long left, long right) {
      return kind == ColumnKind.DOUBLE
          ? Double.longBitsToDouble(left) < Double.longBitsToDouble(right)
          : left < right;
    }

    Value min(ColumnDef column) {
      return value(column, min, minBytes);
    }

    Value max(ColumnDef column) {
      return value(column, max, maxBytes);
    }

    private Value value(ColumnDef column, long word, byte[] bytes) {
      if (!known || !any) {
        return Value.NULL;
      }
      return kind == ColumnKind.STRING
          ? new Value.Str(new String(bytes, StandardCharsets.UTF_8))
          : ColumnText.value(column.type(), kind, word);
    }
  }

  @Override
  public long nodes() {
    return snapshot.graph().nodeCount();
  }

  @Override
  public long nodesWithLabel(String label) {
    int id = snapshot.graph().labelId(label);
    return id < 0 ? 0 : snapshot.graph().nodeCount(id);
  }

  @Override
  public long edges() {
    return snapshot.graph().edgeCount();
  }

  @Override
  public long edgesOfType(String type) {
    int id = snapshot.graph().typeId(type);
    return id < 0 ? 0 : snapshot.graph().edgeCount(id);
  }

  @Override
  public EdgeStatistics edgeType(String type) {
    int id = snapshot.graph().typeId(type);
    return id < 0 ? new EdgeStatistics(0, 0, 0) : predicates.ofType(id, snapshot.graph());
  }

  @Override
  public long quads() {
    return snapshot.quads().size();
  }

  @Override
  public Statistics.PredicateStatistics predicate(Value predicate) {
    long id = state.terms().lookup(predicate);
    return id == 0
        ? new Statistics.PredicateStatistics(0, 0, 0)
        : predicates.of(id, snapshot.quads());
  }

  private @Nullable StateIndexReader reader(IndexRef ref) {
    IndexReader reader =
        switch (ref) {
          case IndexRef.Secondary(int id, _, _) ->
              state.catalog().indexes().containsKey(id) ? snapshot.index(id) : null;
          case IndexRef.Key(int tableId, var columnIds, _) ->
              state.catalog().tables().containsKey(tableId)
                  ? snapshot.table(tableId).keyEntries(columnIds).orElse(null)
                  : null;
        };
    return reader instanceof StateIndexReader known ? known : null;
  }

  @Override
  public OptionalDouble entries(
      IndexRef index, List<Value> equal, @Nullable Value low, @Nullable Value high) {
    StateIndexReader reader = reader(index);
    if (reader == null) {
      return OptionalDouble.empty();
    }
    IndexReader.Span span = reader.span(equal, low, high);
    return OptionalDouble.of(span == null ? 0 : reader.count(span));
  }

  @Override
  public OptionalDouble entriesEach(IndexRef index, int columns) {
    StateIndexReader reader = reader(index);
    return reader == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(predicates.each(index, reader, columns));
  }

  @Override
  public long namedGraphs() {
    long count = 0;
    for (long graph : snapshot.quads().graphs()) {
      count += graph == QuadReader.DEFAULT_GRAPH ? 0 : 1;
    }
    return count;
  }
}
