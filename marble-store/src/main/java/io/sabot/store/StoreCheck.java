package io.sabot.store;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.GraphConstraint;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.TermId;
import io.sabot.store.kv.Kv;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.HyperLogLog;
import io.sabot.store.segment.Segment;
import io.sabot.store.tuple.TupleCursor;
import io.sabot.store.tuple.TupleSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads everything in one version of a store and compares what must agree.
///
/// Indexes are compared with their rows by count and by the sum of a hash over the tuples, so a
/// pass over each is enough.
final class StoreCheck {
  private static final int BATCH = 4096;

  /// After so many problems the rest is not told.
  private static final int PROBLEMS_MAX = 100;

  private final Root root;
  private final Kv kv;
  private final Blobs blobs;
  private final Consumer<String> progress;
  private final @Nullable RowChecker checker;
  private final List<String> problems = new ArrayList<>();
  private final Set<Long> terms = new HashSet<>();

  /// @param checker tests CHECK constraints; null when nobody can
  StoreCheck(Root root, Kv kv, @Nullable RowChecker checker, Consumer<String> progress) {
    this.checker = checker;
    this.root = root;
    this.kv = kv;
    this.progress = progress;
    // A cache that holds nothing: what is checked is what is stored.
    this.blobs = root.blobs().uncached();
  }

  List<String> run() {
    step("files of the database", kv::verify);
    new TreeMap<>(root.tables())
        .forEach((id, table) -> step(StoreStats.tableName(root, id), () -> checkTable(table)));
    new TreeMap<>(root.spaces())
        .forEach((space, set) ->
            step(
                Spaces.describe(root, space), () -> checkOrder(Spaces.describe(root, space), set)));
    for (TableDef table : root.catalog().tables().values()) {
      step("keys of " + table.name(), () -> checkKeys(table));
      step("checks of " + table.name(), () -> checkRows(table));
    }
    for (IndexDef index : root.catalog().graphIndexes()) {
      step("index " + index.name(), () -> checkGraphIndex(index));
    }
    for (GraphConstraint constraint : root.catalog().constraints().values()) {
      step("constraint " + constraint.name(), () -> checkRequired(constraint));
    }
    step("graph", this::checkGraph);
    step("quads", this::checkQuads);
    step("dictionary", this::checkTerms);
    return problems;
  }

  private void step(String name, Runnable work) {
    progress.accept(name);
    try {
      work.run();
    } catch (QueryException damaged) {
      problem(name + ": " + damaged.message());
    }
  }

  private void problem(String text) {
    if (problems.size() < PROBLEMS_MAX) {
      problems.add(text);
    }
  }

  // ---- Tables

  private void checkTable(TableState table) {
    TableDef definition = root.catalog().tables().get(table.tableId());
    for (SegmentState segment : table.segments()) {
      if (segment.columns() instanceof SegmentState.Stored(var descriptor)) {
        for (int columnId : descriptor.columnIds()) {
          checkColumn(table, segment, columnId);
        }
      }
      if (definition != null) {
        checkNulls(definition, table, segment);
      }
    }
  }

  private void checkColumn(TableState table, SegmentState segment, int columnId) {
    ColumnKind kind = table.kinds().kind(columnId);
    ColumnChunk chunk = segment.column(columnId, kind, blobs);
    String where = "segment " + segment.id() + ", column " + columnId;
    if (chunk.rowCount() != segment.rows() || chunk.kind() != kind) {
      problem(where + " has " + chunk.rowCount() + " rows of " + chunk.kind());
    } else if (table.tableId() < 0) {
      for (int row = 0; row < segment.rows(); row++) {
        noteTerm(chunk.longAt(row));
      }
    }
    if (segment.zone(columnId).nulls() != chunk.nullCount()) {
      problem(where + " has another number of nulls than its description");
    }
  }

  private void noteTerm(long term) {
    if (TermId.isInDictionary(term)) {
      terms.add(term);
    }
  }

  private void checkNulls(TableDef definition, TableState table, SegmentState segment) {
    for (ColumnDef column : definition.columns()) {
      boolean isRequired = !column.nullable() || definition.primaryKey().contains(column.id());
      if (isRequired && segment.zone(column.id()).nulls() > 0) {
        ColumnChunk chunk = segment.column(column.id(), table.kinds().kind(column.id()), blobs);
        for (int row = 0; row < segment.rows(); row++) {
          if (chunk.isNull(row) && isLive(segment, row)) {
            problem("table " + definition.name() + ": " + column.name() + " is null in a row");
          }
        }
      }
    }
  }

  private static boolean isLive(SegmentState segment, int row) {
    long[] deleted = segment.deleted();
    return deleted == null || (deleted[row >>> 6] >>> row & 1) == 0;
  }

  // ---- Tuple sets

  /// Receives tuples.
  private interface Visitor {
    void tuple(long[] tuple);
  }

  private void each(TupleSet set, Visitor visitor) {
    TupleCursor cursor = set.reader(blobs).scan();
    long[][] columns = new long[set.arity()][BATCH];
    long[] tuple = new long[set.arity()];
    for (int count; (count = cursor.next(columns, BATCH)) > 0; ) {
      for (int i = 0; i < count; i++) {
        for (int c = 0; c < tuple.length; c++) {
          tuple[c] = columns[c][i];
        }
        visitor.tuple(tuple);
      }
    }
  }

  private void checkOrder(String name, TupleSet set) {
    long[] previous = new long[set.arity()];
    long[] count = new long[1];
    each(
        set,
        tuple -> {
          if (count[0]++ > 0 && java.util.Arrays.compare(previous, tuple) >= 0) {
            problem(name + ": tuples are out of order");
          }
          System.arraycopy(tuple, 0, previous, 0, tuple.length);
        });
    if (count[0] != set.size()) {
      problem(name + " has " + count[0] + " tuples, expected " + set.size());
    }
  }

  /// How many tuples, and the sum of their hashes.
  private static final class Sum {
    long count;
    long hash;

    void add(long... tuple) {
      long mixed = 0;
      for (long component : tuple) {
        mixed = HyperLogLog.mix(mixed * 31 + component);
      }
      hash += mixed;
      count++;
    }

    boolean isSame(Sum other) {
      return count == other.count && hash == other.hash;
    }
  }

  private Sum sum(TupleSet set) {
    Sum sum = new Sum();
    each(set, sum::add);
    return sum;
  }

  private void checkKeys(TableDef table) {
    TableState state = root.table(table.id());
    if (state == null) {
      return;
    }
    StateTableReader rows = new StateTableReader(root, state);
    for (RowSet kept : RowSet.of(table, root.catalog())) {
      TupleSet set = root.set(kept.space(), kept.codec().arity());
      if (!sum(set).isSame(keysOf(rows, kept.codec()))) {
        problem("table " + table.name() + ": " + kept.name() + " does not agree with the rows");
      }
      if (kept.unique()) {
        checkUnique(table, kept, set, rows);
      }
    }
    for (ForeignKeyDef key : table.foreignKeys()) {
      checkParents(table, key, rows);
    }
  }

  private static Sum keysOf(StateTableReader rows, RowCodec codec) {
    Sum sum = new Sum();
    long[] tuple = new long[codec.arity()];
    for (Segment segment : rows.segments()) {
      ColumnChunk[] chunks = new ColumnChunk[codec.columnIds().size()];
      for (int i = 0; i < chunks.length; i++) {
        chunks[i] = segment.column(codec.columnIds().get(i));
      }
      for (int row = 0; row < segment.rowCount(); row++) {
        if (segment.isLive(row) && codec.components(chunks, row, tuple)) {
          tuple[codec.length()] = segment.address(row);
          sum.add(tuple);
        }
      }
    }
    return sum;
  }

  private void checkUnique(TableDef table, RowSet kept, TupleSet set, StateTableReader rows) {
    RowCodec codec = kept.codec();
    long[] previous = new long[codec.arity()];
    boolean[] any = new boolean[1];
    each(
        set,
        tuple -> {
          boolean isSame = any[0];
          for (int c = 0; c < codec.length(); c++) {
            isSame &= previous[c] == tuple[c];
          }
          int last = codec.length();
          if (isSame
              && (codec.isExact()
                  || codec.sameKey(
                      TableTarget.chunks(rows, codec, previous[last]),
                      Segment.row(previous[last]),
                      TableTarget.chunks(rows, codec, tuple[last]),
                      Segment.row(tuple[last])))) {
            problem("table " + table.name() + ": two rows have one " + kept.name());
          }
          System.arraycopy(tuple, 0, previous, 0, tuple.length);
          any[0] = true;
        });
  }

  /// What breaks a CHECK constraint; nothing when nobody says how to test them.
  private void checkRows(TableDef table) {
    RowChecker known = checker;
    TableState state = root.table(table.id());
    if (known == null || state == null || table.checks().isEmpty()) {
      return;
    }
    Snapshot view = new StoreSnapshot(root, new PredicateCounts(), null, null);
    for (Segment segment : new StateTableReader(root, state).segments()) {
      known.check(view, table, segment, 0, segment.rowCount());
    }
  }

  private void checkParents(TableDef table, ForeignKeyDef key, StateTableReader rows) {
    long missing = ForeignKeys.countWithoutParent(root, table, key, rows);
    if (missing > 0) {
      problem("table " + table.name() + ": " + missing + " rows break foreign key " + key.name());
    }
  }

  // ---- Graph

  private void checkGraphIndex(IndexDef index) {
    int arity = new PropertyCodec(index.target().width()).arity();
    TupleSet set = root.set(Spaces.index(index), arity);
    Sum expected = new Sum();
    GraphIndexes.entriesOf(root, index, expected::add);
    if (!sum(set).isSame(expected)) {
      problem("index " + index.name() + " does not agree with the graph");
    }
    if (index.unique()) {
      long[] previous = new long[arity];
      each(
          set,
          tuple -> {
            if (GraphIndexes.isTwice(root, index, previous, tuple)) {
              problem("index " + index.name() + ": two elements have the same values");
            }
            System.arraycopy(tuple, 0, previous, 0, arity);
          });
    }
  }

  private void checkRequired(GraphConstraint constraint) {
    long missing = constraint.kind().isRequired() ? GraphIndexes.countMissing(root, constraint) : 0;
    if (missing > 0) {
      problem("constraint " + constraint.name() + ": " + missing + " values are missing");
    }
  }

  private void checkGraph() {
    Sum nodes = new Sum();
    Sum edges = new Sum();
    for (TableState table : root.tables().values()) {
      if (Spaces.isNodeTable(table.tableId())) {
        checkElements(table, Spaces.partitionOf(table.tableId()), nodes);
      } else if (Spaces.isEdgeTable(table.tableId())) {
        checkElements(table, Spaces.typeOf(table.tableId()), edges);
        checkAdjacency(table);
      }
    }
    if (!nodes.isSame(sum(root.set(Spaces.NODES, StateGraphReader.INDEX_ARITY)))) {
      problem("the index of nodes does not agree with the nodes");
    }
    if (!edges.isSame(sum(root.set(Spaces.EDGES, StateGraphReader.INDEX_ARITY)))) {
      problem("the index of relationships does not agree with the relationships");
    }
  }

  private void checkElements(TableState table, int number, Sum sum) {
    for (Segment segment : new StateTableReader(root, table).segments()) {
      ColumnChunk ids = segment.column(GraphReader.ID);
      for (int row = 0; row < segment.rowCount(); row++) {
        if (segment.isLive(row)) {
          sum.add(ids.longAt(row), number, segment.address(row));
        }
      }
    }
  }

  private void checkAdjacency(TableState table) {
    int type = Spaces.typeOf(table.tableId());
    Sum outgoing = new Sum();
    Sum incoming = new Sum();
    StateGraphReader graph = new StateGraphReader(root, null);
    for (Segment segment : new StateTableReader(root, table).segments()) {
      ColumnChunk ids = segment.column(GraphReader.ID);
      ColumnChunk sources = segment.column(GraphReader.SOURCE);
      ColumnChunk targets = segment.column(GraphReader.TARGET);
      for (int row = 0; row < segment.rowCount(); row++) {
        if (segment.isLive(row)) {
          long source = sources.longAt(row);
          long target = targets.longAt(row);
          outgoing.add(source, target, ids.longAt(row));
          incoming.add(target, source, ids.longAt(row));
          if (!graph.nodeExists(source) || !graph.nodeExists(target)) {
            problem("relationship " + TermId.key(ids.longAt(row)) + " lacks one of its nodes");
          }
        }
      }
    }
    int arity = StateGraphReader.ADJACENCY_ARITY;
    if (!outgoing.isSame(sum(root.set(Spaces.adjacency(type, Direction.OUT), arity)))
        || !incoming.isSame(sum(root.set(Spaces.adjacency(type, Direction.IN), arity)))) {
      problem(
          "neighbours over '"
              + root.names().name(Names.Kind.TYPE, type)
              + "' do not agree with it");
    }
  }

  // ---- Quads and terms

  private void checkQuads() {
    Sum first = null;
    for (QuadReader.Order order : QuadReader.Order.values()) {
      Sum sum = new Sum();
      long[] quad = new long[StateQuadReader.ARITY];
      each(
          root.set(Spaces.quads(order), StateQuadReader.ARITY),
          tuple -> {
            for (int i = 0; i < tuple.length; i++) {
              quad[order.position(i)] = tuple[i];
              noteTerm(tuple[i]);
            }
            sum.add(quad);
          });
      if (first != null && !first.isSame(sum)) {
        problem("the quads in order " + order + " are not those of the first order");
      }
      first = Objects.requireNonNullElse(first, sum);
    }
  }

  private void checkTerms() {
    for (long term : terms) {
      try {
        if (root.terms().lookup(root.terms().decode(term)) != term) {
          problem("term " + TermId.toString(term) + " is not found by its value");
        }
      } catch (QueryException missing) {
        problem("term " + TermId.toString(term) + ": " + missing.message());
      }
    }
  }
}
