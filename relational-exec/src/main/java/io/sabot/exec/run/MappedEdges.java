package io.sabot.exec.run;

import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.catalog.GraphMapping.EdgeTable;
import io.sabot.plan.catalog.GraphMapping.End;
import io.sabot.plan.catalog.GraphMapping.NodeTable;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.value.Value;
import io.sabot.store.segment.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The edges that tables give, by the node at either end: what a search walks over that cannot be
/// written as joins because nobody knows how long its paths are.
///
/// Built by one scan of each table and kept for the query, against its memory limit. Immutable once
/// built.
public final class MappedEdges {
  /// Three longs and two links an edge, and about two map entries a node.
  private static final long BYTES_AN_EDGE = 3 * 8 + 2 * 4 + 96;

  private static final int RESERVE_ROWS = 1 << 14;

  private final QueryRun run;
  private final GraphMapping mapping;
  private final MappedRows rows;
  private final List<NodeTable> named;
  private long[] edges = new long[16];
  private long[] sources = new long[16];
  private long[] targets = new long[16];
  private int[] nextOut = new int[16];
  private int[] nextIn = new int[16];
  private final Map<Long, Integer> firstOut = new HashMap<>();
  private final Map<Long, Integer> firstIn = new HashMap<>();
  private int size;

  private MappedEdges(QueryRun run, GraphMapping mapping, List<NodeTable> named) {
    this.run = run;
    this.mapping = mapping;
    this.named = named;
    this.rows = new MappedRows(run.snapshot(), run.dictionary());
  }

  /// Receives one edge and the node at its other end.
  @FunctionalInterface
  public interface Sink {
    void accept(long edge, long node);
  }

  /// The edges of these types, null when no table gives any.
  public static @Nullable MappedEdges of(LabelExpr types, QueryRun run) {
    GraphMapping mapping = new GraphMapping(run.snapshot().catalog());
    List<EdgeTable> tables = mapping.edgeTables(types);
    List<NodeTable> named = mapping.allNodes(types);
    if (tables.isEmpty() && named.isEmpty()) {
      return null;
    }
    MappedEdges all = new MappedEdges(run, mapping, named);
    tables.forEach(all::addAll);
    return all;
  }

  private void addAll(EdgeTable edge) {
    eachRow(
        edge.table(),
        row -> {
          List<Value> key = rows.cells(row, edge.key());
          Value from = end(edge, edge.from(), row);
          Value to = end(edge, edge.to(), row);
          if (!from.isNull() && !to.isNull()) {
            add(
                encode(GraphMapping.entity(edge.template(), edge.prefix(), key, true)),
                encode(from),
                encode(to));
          }
        });
  }

  /// The node at an end of an edge, null where there is none: only a foreign key makes sure that
  /// there is.
  private Value end(EdgeTable edge, End end, MappedRows.Row row) {
    Value node = rows.end(row, end);
    boolean isSure = !edge.isNamed() || isForeignKey(edge.table(), end);
    return node.isNull() || isSure || rows.hasRow(row, end) ? node : Value.NULL;
  }

  private static boolean isForeignKey(TableDef table, End end) {
    return table.foreignKeys().stream()
        .anyMatch(key ->
            key.columns().equals(end.columns())
                && key.targetTable() == end.node().table().id()
                && key.targetColumns().equals(end.node().key()));
  }

  private long encode(Value value) {
    return run.dictionary().encode(value);
  }

  private void eachRow(TableDef table, java.util.function.Consumer<MappedRows.Row> action) {
    for (Segment segment : run.snapshot().table(table.id()).segments()) {
      run.check();
      for (int i = 0; i < segment.rowCount(); i++) {
        if (segment.isLive(i)) {
          action.accept(new MappedRows.Row(table, segment.address(i)));
        }
      }
    }
  }

  private void add(long edge, long source, long target) {
    if (size % RESERVE_ROWS == 0) {
      run.check();
      run.memory().reserveHeap(RESERVE_ROWS * BYTES_AN_EDGE);
    }
    if (size == edges.length) {
      edges = Arrays.copyOf(edges, size * 2);
      sources = Arrays.copyOf(sources, size * 2);
      targets = Arrays.copyOf(targets, size * 2);
      nextOut = Arrays.copyOf(nextOut, size * 2);
      nextIn = Arrays.copyOf(nextIn, size * 2);
    }
    edges[size] = edge;
    sources[size] = source;
    targets[size] = target;
    nextOut[size] = link(firstOut, source);
    nextIn[size] = link(firstIn, target);
    size++;
  }

  /// Puts the new edge first in the chain of a node and returns the one that was first.
  private int link(Map<Long, Integer> first, long node) {
    Integer before = first.put(node, size);
    return before == null ? -1 : before;
  }

  /// The edges that start at a node.
  public void out(long node, Sink sink) {
    for (int i = firstOut.getOrDefault(node, -1); i >= 0; i = nextOut[i]) {
      sink.accept(edges[i], targets[i]);
    }
  }

  /// The edges that end at a node.
  public void in(long node, Sink sink) {
    for (int i = firstIn.getOrDefault(node, -1); i >= 0; i = nextIn[i]) {
      sink.accept(edges[i], sources[i]);
    }
  }

  /// Whether these are edges of a property graph, and not of the database.
  public boolean isNamed() {
    return !named.isEmpty();
  }

  /// All rows of tables that are nodes, of the property graph if it is one.
  public long[] allNodes() {
    List<Long> nodes = new ArrayList<>();
    for (NodeTable table : named.isEmpty() ? mapping.nodeTables() : named) {
      eachRow(
          table.table(),
          row -> nodes.add(encode(mapping.node(table, rows.cells(row, table.key())))));
    }
    return nodes.stream().mapToLong(Long::longValue).toArray();
  }
}
