package io.sabot.bench.graph;

import io.sabot.bench.peer.Directories;
import io.sabot.bench.peer.Peers;
import io.sabot.engine.Language;
import io.sabot.engine.Sabot;
import io.sabot.peers.GraphPeer;
import io.sabot.plan.error.QueryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `sabot bench graph`: a social network asked in SQL, Cypher and SPARQL over tables and in Cypher
/// over a native graph, beside embedded graph databases. All answers are compared before times
/// count.
///
/// @param directory of the CSV files (kept, for the next run) and of the stores (removed)
/// @param people of the network; it has about 150 edges for each of them
/// @param wanted names of queries, or their beginnings; null for all
/// @param peers names of the databases to compare with
public record GraphBench(
    Path directory,
    int people,
    int threads,
    int runs,
    @Nullable List<String> wanted,
    List<String> peers) {
  private static final long SEED = 42;
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  /// A run that takes longer than this is not repeated.
  private static final double LONG_MILLIS = 10_000;

  /// One engine, or one way to ask it.
  private interface Contender {
    String title();

    List<List<@Nullable Object>> ask(GraphQuery query);
  }

  private record Ours(String title, Sabot database, Language language) implements Contender {
    @Override
    public List<List<@Nullable Object>> ask(GraphQuery query) {
      return SocialStore.rows(
          database, language, query.text(language.name().toLowerCase(Locale.ROOT)));
    }
  }

  private record Theirs(String title, GraphPeer peer) implements Contender {
    @Override
    public List<List<@Nullable Object>> ask(GraphQuery query) {
      return peer.rows(query.text(peer.name()));
    }
  }

  /// Returns whether all engines and languages gave the same rows for every query.
  public boolean run() throws IOException {
    Path files = SocialNetwork.files(directory, people, SEED);
    Path stores = directory.resolve("social-stores");
    Directories.delete(stores);
    Files.createDirectories(stores);
    try (Sabot tables =
            Sabot.open(stores.resolve("tables"), SocialStore.options(threads, TIMEOUT));
        Sabot graph = Sabot.open(stores.resolve("graph"), SocialStore.options(threads, TIMEOUT));
        Peers others = new Peers(peers)) {
      List<Contender> contenders = new ArrayList<>();
      timed("Sabot, tables", () -> SocialStore.loadTables(tables, files));
      timed("Sabot, native graph", () -> SocialStore.loadGraph(graph, files));
      contenders.add(new Ours("SQL", tables, Language.SQL));
      contenders.add(new Ours("Cypher", tables, Language.CYPHER));
      contenders.add(new Ours("SPARQL", tables, Language.SPARQL));
      contenders.add(new Ours("native", graph, Language.CYPHER));
      for (GraphPeer peer : others.all()) {
        timed(peer.name(), () -> load(others, peer, stores, files));
        contenders.add(new Theirs(peer.name(), peer));
      }
      return compare(contenders, edges(files));
    } finally {
      Directories.delete(stores);
    }
  }

  private void load(Peers others, GraphPeer peer, Path stores, Path files) {
    Path home = stores.resolve(peer.name());
    try {
      Files.createDirectories(home);
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
    others.open(peer, home, threads);
    peer.load(files);
  }

  private static void timed(String what, Runnable load) {
    long start = System.nanoTime();
    load.run();
    System.err.printf(Locale.ROOT, "loaded %s in %.1f s%n", what, millis(start) / 1000);
  }

  /// Relationships in the graph: the rows of join tables and the references of the others.
  private static long edges(Path files) throws IOException {
    long edges = 0;
    for (String table : List.of("knows", "has_member", "interested_in", "has_tag", "likes")) {
      edges += SocialNetwork.rows(files, table);
    }
    for (String table : List.of("city", "person", "tag")) {
      edges += SocialNetwork.rows(files, table);
    }
    return edges + 2 * SocialNetwork.rows(files, "message");
  }

  private static double millis(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private boolean compare(List<Contender> contenders, long edges) {
    System.out.printf(
        Locale.ROOT,
        "social network of %,d people, %,d edges; %d threads, best of %d, milliseconds%n"
            + "SQL, Cypher and SPARQL over tables; native: Cypher over a native graph%n%-24s",
        people,
        edges,
        threads,
        runs,
        "");
    contenders.forEach(c -> System.out.printf(Locale.ROOT, "%10s", c.title()));
    System.out.println();
    boolean allEqual = true;
    List<double[]> times = new ArrayList<>();
    for (String name : GraphQuery.NAMES) {
      if (wanted == null || wanted.stream().anyMatch(name::startsWith)) {
        double[] row = compare(contenders, GraphQuery.read(name));
        allEqual &= Arrays.stream(row).allMatch(time -> time > 0);
        times.add(row);
      }
    }
    ratios(contenders, times);
    System.out.println(allEqual ? "results all the same" : "results DIFFER or are missing");
    return allEqual;
  }

  /// Returns the best time of each contender; not a positive number where its rows are missing or
  /// others than those of the first contender that answered.
  private double[] compare(List<Contender> contenders, GraphQuery query) {
    System.out.printf(Locale.ROOT, "%-24s", query.name());
    double[] times = new double[contenders.size()];
    List<String> remarks = new ArrayList<>();
    List<List<@Nullable Object>> expected = null;
    for (int i = 0; i < times.length; i++) {
      Contender contender = contenders.get(i);
      try {
        long start = System.nanoTime();
        List<List<@Nullable Object>> rows = contender.ask(query);
        double first = millis(start);
        if (expected == null) {
          expected = rows;
        }
        if (rows.equals(expected)) {
          times[i] = best(contender, query, first);
        } else {
          remarks.add(contender.title() + " gives " + brief(rows) + ", not " + brief(expected));
        }
      } catch (QueryException failed) {
        remarks.add(contender.title() + ": " + failed.code() + ": " + failed.message());
      } catch (RuntimeException failed) {
        remarks.add(contender.title() + ": " + failed);
      }
      String cell = times[i] > 0 ? String.format(Locale.ROOT, "%.1f", times[i]) : "-";
      System.out.printf(Locale.ROOT, "%10s", cell);
    }
    System.out.println();
    remarks.forEach(remark -> System.out.println("    " + remark));
    return times;
  }

  private static String brief(List<List<@Nullable Object>> rows) {
    return rows.size() + " rows " + rows.subList(0, Math.min(2, rows.size()));
  }

  private double best(Contender contender, GraphQuery query, double first) {
    double best = first;
    for (int i = 1; i < runs && best < LONG_MILLIS; i++) {
      long start = System.nanoTime();
      contender.ask(query);
      best = Math.min(best, millis(start));
    }
    return best;
  }

  /// For each of our ways to ask, the geometric mean of its time to each peer's.
  private static void ratios(List<Contender> contenders, List<double[]> times) {
    for (int peer = 0; peer < contenders.size(); peer++) {
      if (contenders.get(peer) instanceof Ours) {
        continue;
      }
      System.out.printf(Locale.ROOT, "%-24s", "time to " + contenders.get(peer).title() + "'s");
      for (int ours = 0; ours < contenders.size(); ours++) {
        if (contenders.get(ours) instanceof Ours) {
          System.out.printf(Locale.ROOT, "%10.2f", mean(times, ours, peer));
        }
      }
      System.out.println("  (geometric mean)");
    }
  }

  private static double mean(List<double[]> times, int ours, int peer) {
    return Math.exp(
        times.stream()
            .filter(row -> row[ours] > 0 && row[peer] > 0)
            .mapToDouble(row -> Math.log(row[ours] / row[peer]))
            .average()
            .orElse(Double.NaN));
  }
}
