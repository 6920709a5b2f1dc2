package io.sabot.store;

import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.Segment;
import io.sabot.store.tuple.TupleCursor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a store should hold, or holds: rows by key, values of nodes, ends of edges, quads.
record SimulationModel(
    TreeMap<Long, String> rows,
    TreeMap<Long, Long> nodes,
    TreeMap<Long, String> edges,
    TreeSet<String> quads) {
  private static final int BATCH = 64;

  static SimulationModel empty() {
    return new SimulationModel(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
  }

  SimulationModel copy() {
    return new SimulationModel(
        new TreeMap<>(rows), new TreeMap<>(nodes), new TreeMap<>(edges), new TreeSet<>(quads));
  }

  /// What is here and not there, and the other way round.
  String differencesTo(SimulationModel other) {
    return minus(rows.entrySet(), other.rows.entrySet())
        + minus(nodes.entrySet(), other.nodes.entrySet())
        + minus(edges.entrySet(), other.edges.entrySet())
        + minus(quads, other.quads);
  }

  private static <T> String minus(Set<T> mine, Set<T> others) {
    Set<T> extra = new HashSet<>(mine);
    extra.removeAll(others);
    Set<T> missing = new HashSet<>(others);
    missing.removeAll(mine);
    return (extra.isEmpty() ? "" : " too much " + extra)
        + (missing.isEmpty() ? "" : " missing " + missing);
  }

  /// Reads everything that a snapshot shows.
  static SimulationModel of(Snapshot snapshot, int table) {
    SimulationModel model = empty();
    model.rows.putAll(TestTables.names(snapshot, table));
    for (Map.Entry<Long, String> row : model.rows.entrySet()) {
      if (TestTables.address(snapshot, table, row.getKey()) < 0) {
        throw new AssertionError("row " + row + " is not found by its key");
      }
    }
    snapshot.catalog().indexes().forEach(index -> model.checkIndex(snapshot, table, index));
    GraphReader graph = snapshot.graph();
    int key = graph.keyId("v");
    for (NodePartition partition : graph.nodePartitions()) {
      model.readNodes(partition.table(), graph, key);
    }
    for (int type : graph.edgeTypes()) {
      model.readEdges(graph, type);
    }
    model.readQuads(snapshot);
    return model;
  }

  private void checkIndex(Snapshot snapshot, int table, IndexDef index) {
    if (!index.name().equals("by_name")) {
      // Those that come and go are compared with what they are over by the check at the end.
      snapshot.index(index.id()).size();
      return;
    }
    rows.forEach((id, name) -> {
      List<Long> found =
          StoreIndexTest.find(snapshot, index.id(), List.of(Value.of(name)), null, null);
      if (!found.equals(List.of(TestTables.address(snapshot, table, id)))) {
        throw new AssertionError("row " + id + " is not found by its name: " + found);
      }
    });
    if (snapshot.index(index.id()).size() != rows.size()) {
      throw new AssertionError("the index by name has other rows");
    }
  }

  private void readNodes(TableReader table, GraphReader graph, int key) {
    for (Segment segment : table.segments()) {
      ColumnChunk ids = segment.column(GraphReader.ID);
      for (int row = 0; row < segment.rowCount(); row++) {
        if (segment.isLive(row)) {
          long value = graph.property(ids.longAt(row), key);
          nodes.put(ids.longAt(row), value == 0 ? -1 : TermId.intValue(value));
        }
      }
    }
  }

  private void readEdges(GraphReader graph, int type) {
    for (long node : nodes.keySet()) {
      var cursor = graph.expand(type, Direction.OUT, new long[] {node}, 1);
      long[] ends = new long[BATCH];
      long[] ids = new long[BATCH];
      for (int count; (count = cursor.next(null, ends, ids, BATCH)) > 0; ) {
        for (int i = 0; i < count; i++) {
          edges.put(ids[i], edge(node, ends[i]));
          if (graph.target(ids[i]) != ends[i]) {
            throw new AssertionError("an edge and its adjacency differ");
          }
        }
      }
    }
  }

  static String edge(long source, long target) {
    return source + " -> " + target;
  }

  private void readQuads(Snapshot snapshot) {
    TupleCursor cursor = snapshot.quads().scan(0, 0, 0, 0);
    long[][] columns = new long[4][BATCH];
    for (int count; (count = cursor.next(columns, BATCH)) > 0; ) {
      for (int i = 0; i < count; i++) {
        quads.add(
            text(snapshot, columns[1][i])
                + ' '
                + text(snapshot, columns[2][i])
                + ' '
                + text(snapshot, columns[3][i]));
      }
    }
  }

  private static String text(Snapshot snapshot, long term) {
    return switch (snapshot.dictionary().decode(term)) {
      case Value.Iri(String iri) -> iri;
      default -> throw new AssertionError("a term of another kind");
    };
  }
}
