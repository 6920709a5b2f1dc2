package io.sabot.bench.store;

import io.sabot.bench.peer.Directories;
import io.sabot.engine.Sabot;
import io.sabot.plan.value.TermId;
import io.sabot.store.Direction;
import io.sabot.store.GraphReader;
import io.sabot.store.GraphWriter;
import io.sabot.store.Snapshot;
import io.sabot.store.Transaction;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/// Two hops over a random graph, beside arrays of the same graph in memory.
final class NeighboursBench {
  private static final int DEGREE = 10;
  private static final int STARTS = 100_000;
  private static final int BATCH = 2048;
  private static final int RUNS = 5;
  private static final int CREATED = 100_000;

  private final Path directory;
  private final long edges;
  private final Report report;

  NeighboursBench(Path directory, long edges, Report report) {
    this.directory = directory;
    this.edges = edges;
    this.report = report;
  }

  /// Paths, and the sum of the numbers of the nodes where they end.
  private record Hops(long paths, long sum) {}

  /// The graph as arrays: the neighbours of node i are `targets[offsets[i]..offsets[i + 1]]`.
  private record Arrays2(int[] offsets, int[] targets) {
    Hops hops(int[] starts) {
      long paths = 0;
      long sum = 0;
      for (int start : starts) {
        for (int i = offsets[start]; i < offsets[start + 1]; i++) {
          int middle = targets[i];
          for (int j = offsets[middle]; j < offsets[middle + 1]; j++) {
            sum += targets[j];
            paths++;
          }
        }
      }
      return new Hops(paths, sum);
    }
  }

  void run() {
    Path ours = directory.resolve("graph.sabot");
    Directories.delete(ours);
    int nodes = (int) (edges / DEGREE);
    int[] sources = new int[(int) edges];
    int[] targets = new int[(int) edges];
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < edges; i++) {
      sources[i] = random.nextInt(nodes);
      targets[i] = random.nextInt(nodes);
    }
    Arrays2 arrays = arrays(nodes, sources, targets);
    int[] starts = random.ints(STARTS, 0, nodes).toArray();
    report.header(
        String.format(Locale.ROOT, "%,d nodes, %,d edges, beside arrays in memory", nodes, edges));
    try (Sabot database = Sabot.open(ours)) {
      long[] ids = load(database, nodes, sources, targets);
      compare(database, arrays, starts, ids);
    }
    Directories.delete(ours);
  }

  private static Arrays2 arrays(int nodes, int[] sources, int[] targets) {
    int[] offsets = new int[nodes + 1];
    for (int source : sources) {
      offsets[source + 1]++;
    }
    Arrays.parallelPrefix(offsets, Integer::sum);
    int[] next = offsets.clone();
    int[] sorted = new int[targets.length];
    for (int i = 0; i < targets.length; i++) {
      sorted[next[sources[i]]++] = targets[i];
    }
    return new Arrays2(offsets, sorted);
  }

  private long[] load(Sabot database, int nodes, int[] sources, int[] targets) {
    long start = System.nanoTime();
    long[] ids = new long[nodes];
    try (Transaction transaction = database.store().begin()) {
      GraphWriter graph = transaction.graph();
      int[] labels = {graph.labelId("Node")};
      int type = graph.typeId("LINK");
      graph.createNodes(labels, new int[0], new long[0][], nodes, ids);
      long[] from = new long[CREATED];
      long[] to = new long[CREATED];
      long[] created = new long[CREATED];
      for (int at = 0; at < sources.length; at += CREATED) {
        int count = Math.min(CREATED, sources.length - at);
        for (int i = 0; i < count; i++) {
          from[i] = ids[sources[at + i]];
          to[i] = ids[targets[at + i]];
        }
        graph.createEdges(type, from, to, new int[0], new long[0][], count, created);
        if (at % (20 * CREATED) == 0) {
          Report.progress("created %,d edges, %.0f s", at, Report.seconds(start));
        }
      }
      transaction.commit();
    }
    report.line("load, durable", "edges/s", edges / Report.seconds(start));
    return ids;
  }

  private void compare(Sabot database, Arrays2 arrays, int[] starts, long[] ids) {
    long[] from = new long[starts.length];
    for (int i = 0; i < starts.length; i++) {
      from[i] = ids[starts[i]];
    }
    long first = TermId.key(ids[0]);
    try (Snapshot snapshot = database.store().snapshot()) {
      report.equal("two hops", hops(snapshot, from, first), arrays.hops(starts));
      double ours = Double.MAX_VALUE;
      double peer = Double.MAX_VALUE;
      long paths = 0;
      for (int i = 0; i < RUNS; i++) {
        long start = System.nanoTime();
        paths = hops(snapshot, from, first).paths;
        ours = Math.min(ours, Report.seconds(start));
        start = System.nanoTime();
        arrays.hops(starts);
        peer = Math.min(peer, Report.seconds(start));
      }
      report.line(
          String.format(Locale.ROOT, "two hops from %,d random nodes", starts.length),
          "ns/path",
          1e9 * ours / paths,
          1e9 * peer / paths,
          Report.Better.LOWER,
          5);
    }
  }

  private static Hops hops(Snapshot snapshot, long[] starts, long first) {
    GraphReader graph = snapshot.graph();
    int type = graph.typeId("LINK");
    long[] middle = new long[BATCH];
    long[] ends = new long[BATCH];
    long paths = 0;
    long sum = 0;
    var firstHop = graph.expand(type, Direction.OUT, starts, starts.length);
    for (int n; (n = firstHop.next(null, middle, null, BATCH)) > 0; ) {
      var secondHop = graph.expand(type, Direction.OUT, middle, n);
      for (int m; (m = secondHop.next(null, ends, null, BATCH)) > 0; ) {
        for (int i = 0; i < m; i++) {
          sum += TermId.key(ends[i]) - first;
        }
        paths += m;
      }
    }
    return new Hops(paths, sum);
  }
}
