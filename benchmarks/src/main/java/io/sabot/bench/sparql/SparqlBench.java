package io.sabot.bench.sparql;

import io.sabot.bench.graph.SocialNetwork;
import io.sabot.bench.peer.Directories;
import io.sabot.bench.peer.Peers;
import io.sabot.peers.GraphPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// `sabot bench sparql`: a social network as RDF asked in SPARQL, beside Jena TDB2 and RDF4J's LMDB
/// store. Every query is first asked of all and its answers compared; then it is timed.
///
/// @param directory of the data files (kept, for the next run) and of the stores (removed)
/// @param people of the network; it has about 230 triples for each of them
/// @param runs timed at least, after those that warm up; the median counts
/// @param wanted names of queries, or their beginnings; null for all
/// @param peers names of the stores to compare with
public record SparqlBench(
    Path directory,
    int people,
    int threads,
    int runs,
    @Nullable List<String> wanted,
    List<String> peers) {
  private static final long SEED = 42;

  /// A query whose first run takes longer than this is warm, and is not repeated.
  private static final double LONG_MILLIS = 20_000;

  /// Warms up at least this long, and with at least two runs.
  private static final double WARM_MILLIS = 1_000;

  private static final int WARM_RUNS_MAX = 500;

  /// Short queries are timed until this much time has gone.
  private static final double TIMED_MILLIS = 300;

  private static final int TIMED_RUNS_MAX = 201;
  private static final double WANTED_RATIO = 3;
  private static final long STACK_BYTES = 1L << 30;

  /// Median times of the stores for one query; not a number where rows are missing or others than
  /// ours.
  private record Line(SparqlQuery query, int rows, double[] millis) {
    double fastestPeer() {
      return Arrays.stream(millis).skip(1).filter(Double::isFinite).min().orElse(Double.NaN);
    }

    double ratio() {
      return fastestPeer() / millis[0];
    }
  }

  /// Returns whether all stores gave the same rows for every query.
  public boolean run() throws IOException {
    Path file = SocialTriples.file(SocialNetwork.files(directory, people, SEED));
    Path stores = Directories.renewed(directory.resolve("sparql-stores"));
    try (GraphPeer ours = new SabotStore();
        Peers others = new Peers(peers)) {
      List<GraphPeer> all = new ArrayList<>(List.of(ours));
      all.addAll(others.all());
      if (all.size() != peers.size() + 1) {
        throw new IllegalArgumentException("not all of these peers are known: " + peers);
      }
      System.out.printf(
          Locale.ROOT,
          "social network of %,d people, %,d triples; %d threads of Sabot, one of each peer%n",
          people,
          triples(file),
          threads);
      for (GraphPeer peer : all) {
        load(others, peer, Directories.renewed(stores.resolve(peer.name())), file);
      }
      return onDeepStack(() -> measure(all));
    } finally {
      Directories.delete(stores);
    }
  }

  private static long triples(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.count();
    }
  }

  private void load(Peers others, GraphPeer peer, Path home, Path file) {
    long start = System.nanoTime();
    others.open(peer, home, threads);
    peer.load(file);
    System.err.printf(Locale.ROOT, "loaded into %s in %.1f s%n", peer.name(), millis(start) / 1000);
  }

  private static double millis(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  /// Some peers follow a path by calling themselves, once for each step.
  private static boolean onDeepStack(BooleanSupplier work) {
    FutureTask<Boolean> task = new FutureTask<>(work::getAsBoolean);
    new Thread(null, task, "sparql-bench", STACK_BYTES).start();
    try {
      return task.get();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException("interrupted", stopped);
    } catch (ExecutionException failed) {
      throw new IllegalStateException("the benchmark failed", failed.getCause());
    }
  }

  private boolean measure(List<GraphPeer> stores) {
    List<Line> lines = new ArrayList<>();
    boolean allEqual = true;
    for (SparqlQuery query : SparqlQuery.all()) {
      if (wanted == null || wanted.stream().anyMatch(query.name()::startsWith)) {
        Line line = compare(stores, query);
        allEqual &= Arrays.stream(line.millis()).allMatch(Double::isFinite);
        lines.add(line);
      }
    }
    header(stores);
    for (Line line : lines) {
      for (int i = 0; i < stores.size(); i++) {
        if (Double.isFinite(line.millis()[i])) {
          line.millis()[i] = median(stores.get(i), line.query(), line.millis()[i]);
        }
      }
      print(line);
    }
    summary(stores, lines);
    System.out.println(allEqual ? "results all the same" : "results DIFFER or are missing");
    return allEqual;
  }

  /// Asks all stores once. The times of the line are those of this first run.
  private static Line compare(List<GraphPeer> stores, SparqlQuery query) {
    double[] millis = new double[stores.size()];
    StringBuilder progress = new StringBuilder(query.name()).append(':');
    List<String> remarks = new ArrayList<>();
    List<String> expected = null;
    for (int i = 0; i < millis.length; i++) {
      GraphPeer store = stores.get(i);
      millis[i] = Double.NaN;
      try {
        long start = System.nanoTime();
        List<String> rows = Answers.sorted(store.rows(query.text()));
        double took = millis(start);
        expected = expected == null ? rows : expected;
        if (rows.equals(expected)) {
          millis[i] = took;
        } else {
          remarks.add(store.name() + " has " + Answers.difference(rows, expected));
        }
        progress.append(String.format(Locale.ROOT, " %s %,.0f ms,", store.name(), took));
      } catch (RuntimeException failed) {
        remarks.add(store.name() + ": " + failed);
      }
    }
    int rows = expected == null ? 0 : expected.size();
    System.err.println(progress.append(' ').append(rows).append(" rows"));
    remarks.forEach(remark -> System.out.println(query.name() + ": " + remark));
    return new Line(query, rows, millis);
  }

  private double median(GraphPeer store, SparqlQuery query, double first) {
    if (first > LONG_MILLIS) {
      return first;
    }
    double spent = 0;
    for (int i = 0; i < WARM_RUNS_MAX && (i < 2 || spent < WARM_MILLIS); i++) {
      spent += timed(store, query);
    }
    double[] times = new double[TIMED_RUNS_MAX];
    int count = 0;
    spent = 0;
    while (count < TIMED_RUNS_MAX && (count < runs || spent < TIMED_MILLIS)) {
      times[count] = timed(store, query);
      spent += times[count++];
    }
    Arrays.sort(times, 0, count);
    return times[count / 2];
  }

  private static double timed(GraphPeer store, SparqlQuery query) {
    long start = System.nanoTime();
    store.drain(query.text());
    return millis(start);
  }

  // ---- what is printed

  private static void header(List<GraphPeer> stores) {
    System.out.printf(Locale.ROOT, "%-20s%10s", "milliseconds", "rows");
    stores.forEach(store -> System.out.printf(Locale.ROOT, "%12s", store.name()));
    System.out.printf(Locale.ROOT, "%16s%n", "times faster");
  }

  private static void print(Line line) {
    System.out.printf(Locale.ROOT, "%-20s%,10d", line.query().name(), line.rows());
    for (double time : line.millis()) {
      String cell = Double.isFinite(time) ? String.format(Locale.ROOT, "%,.2f", time) : "-";
      System.out.printf(Locale.ROOT, "%12s", cell);
    }
    System.out.printf(Locale.ROOT, "%16.2f%n", line.ratio());
  }

  private static void summary(List<GraphPeer> stores, List<Line> lines) {
    for (int i = 1; i < stores.size(); i++) {
      int peer = i;
      double mean = mean(lines.stream().mapToDouble(l -> l.millis()[peer] / l.millis()[0]));
      System.out.printf(
          Locale.ROOT, "geometric mean beside %s: %.2f%n", stores.get(i).name(), mean);
    }
    double mean = mean(lines.stream().mapToDouble(Line::ratio));
    List<String> slower =
        lines.stream().filter(l -> l.ratio() < 1).map(l -> l.query().name()).toList();
    if (stores.size() > 1) {
      System.out.printf(
          Locale.ROOT,
          "geometric mean beside the faster peer of each query: %.2f (target %.0f)%n"
              + "slower than it: %s%n",
          mean,
          WANTED_RATIO,
          slower.isEmpty() ? "none" : slower);
    }
  }

  private static double mean(java.util.stream.DoubleStream ratios) {
    return Math.exp(ratios.filter(Double::isFinite).map(Math::log).average().orElse(Double.NaN));
  }
}
