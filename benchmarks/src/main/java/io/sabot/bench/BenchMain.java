package io.sabot.bench;

import io.sabot.bench.graph.GraphBench;
import io.sabot.bench.kernel.KernelBench;
import io.sabot.bench.store.StoreBench;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sabot bench`: macro benchmarks beside other engines, in one process, on the same data. A result
/// is compared before its time counts.
@Command(
    name = "sabot bench",
    mixinStandardHelpOptions = true,
    description = "Times queries side by side with another engine in the same process.")
public final class BenchMain implements Callable<Integer> {
  @Parameters(
      index = "0",
      defaultValue = "tpch",
      description = "tpch, graph, store, index, kernels")
  private String suite = "tpch";

  @Option(names = "--scale", defaultValue = "1", description = "TPC-H scale factor")
  private double scale;

  @Option(names = "--threads", description = "threads of each engine; default: every core")
  private @Nullable Integer threads;

  @Option(names = "--queries", split = ",", description = "tpch: query numbers; default: all 22")
  private @Nullable List<Integer> queries;

  @Option(names = "--runs", defaultValue = "5", description = "timed runs; the best one counts")
  private int runs;

  @Option(
      names = "--dir",
      defaultValue = "${sys:java.io.tmpdir}/sabot-bench",
      description = "store, graph: where data files are kept and stores are made")
  private Path directory = Path.of("sabot-bench");

  @Option(names = "--people", defaultValue = "10000", description = "graph: people of the network")
  private int people;

  @Option(
      names = "--peers",
      split = ",",
      defaultValue = "kuzu,neo4j",
      description = "graph: databases beside Sabot; none for Sabot alone")
  private List<String> peers = List.of();

  @Option(names = "--triples", defaultValue = "5000000", description = "store: triples to load")
  private long triples;

  @Option(names = "--edges", defaultValue = "10000000", description = "store: edges to load")
  private long edges;

  @Option(names = "--rows", defaultValue = "200000", description = "index: rows and nodes")
  private int rows;

  @Option(
      names = "--only",
      split = ",",
      description =
          "store: tables, triples, graph, commits, open; kernels, graph: beginnings of names")
  private @Nullable List<String> only;

  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    int cores = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    boolean isEqual =
        switch (suite) {
          case "tpch" -> new TpchBench(scale, cores, runs, queries).run();
          case "graph" -> new GraphBench(directory, people, cores, runs, only, peers).run();
          case "store" -> new StoreBench(directory, scale, triples, edges, cores, sections()).run();
          case "index" -> new IndexBench(rows).run();
          case "kernels" -> new KernelBench(runs, only).run();
          default ->
              throw new CommandLine.ParameterException(
                  new CommandLine(this), "there is no benchmark '" + suite + "'");
        };
    return isEqual ? 0 : 1;
  }

  private List<String> sections() {
    List<String> wanted = only == null ? StoreBench.SECTIONS : only;
    if (!StoreBench.SECTIONS.containsAll(wanted)) {
      throw new CommandLine.ParameterException(
          new CommandLine(this), "the sections are " + StoreBench.SECTIONS);
    }
    return wanted;
  }
}
