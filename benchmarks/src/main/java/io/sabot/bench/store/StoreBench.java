package io.sabot.bench.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// `sabot bench store`: what the store promises, each beside a peer in the same run.
///
/// @param directory of the data files (kept, for the next run) and of the stores (removed)
/// @param scale of TPC-H's lineitem
/// @param triples of the RDF load
/// @param edges of the graph
/// @param sections which of {@link #SECTIONS} to run
public record StoreBench(
    Path directory, double scale, long triples, long edges, int threads, List<String> sections) {
  public static final List<String> SECTIONS =
      List.of("tables", "triples", "graph", "commits", "open");

  /// Returns whether every result was the peer's. A missed target does not fail the run: it is a
  /// measurement of this machine.
  public boolean run() throws Exception {
    Files.createDirectories(directory);
    Report report = new Report();
    if (sections.contains("tables")) {
      new LineitemBench(directory, scale, threads, report).run();
    }
    if (sections.contains("triples")) {
      new TriplesBench(directory, triples, report).run();
    }
    if (sections.contains("graph")) {
      new NeighboursBench(directory, edges, report).run();
    }
    if (sections.contains("commits")) {
      new CommitBench(directory, report).run();
    }
    if (sections.contains("open")) {
      new OpenBench(directory, report).run();
    }
    System.out.printf(
        java.util.Locale.ROOT,
        "%nresults %s; %d targets missed%n",
        report.allEqual() ? "all the same" : "DIFFER",
        report.missed());
    return report.allEqual();
  }
}
