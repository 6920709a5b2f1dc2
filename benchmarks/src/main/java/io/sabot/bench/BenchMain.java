package io.sabot.bench;

import io.sabot.bench.graph.GraphBench;
import io.sabot.bench.kernel.KernelBench;
import io.sabot.bench.sparql.SparqlBench;
import io.sabot.bench.store.StoreBench;
import io.sabot.engine.Options;
import io.sabot.engine.Settings;
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
      description = "tpch, graph, sparql, store, index, kernels")
  private String suite = "tpch";

  @Option(names = "--scale", defaultValue = "1", description = "TPC-H scale factor")
  private double scale;

  @Option(names = "--threads", description = "threads of each engine; default: every core")
  private @Nullable Integer threads;

  @Option(
      names = "--memory-limit",
      paramLabel = "SIZE",
      description = "tpch: memory of one query of Sabot's, such as 512MB; above it spills")
  private @Nullable String memoryLimit;

  @Option(
      names = "--queries",
      split = ",",
      description = "tpch: query numbers; sparql: beginnings of names; default: all")
  private @Nullable List<String> queries;

  @Option(
      names = "--runs",
      defaultValue = "5",
      description = "timed runs; the best one counts, of sparql the median")
  private int runs;

  @Option(
      names = "--dir",
      description =
          "store, graph, sparql: where data files are kept and stores are made; tpch: keeps both"
              + " databases there for the next run, instead of in memory")
  private @Nullable Path directory;

  @Option(
      names = "--people",
      description =
          "graph, sparql: people of the network; default: 10000 with 1.5 million edges, 25000 with"
              + " 5.7 million triples")
  private @Nullable Integer people;

  @Option(
      names = "--peers",
      split = ",",
      description =
          "graph, sparql: databases beside Sabot, or none; default: kuzu,neo4j and tdb2,rdf4j")
  private @Nullable List<String> peers;

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
          case "tpch" -> new TpchBench(scale, options(cores), runs, numbers(), directory).run();
          case "graph" ->
              new GraphBench(directory(), people(10_000), cores, runs, only, peers("kuzu", "neo4j"))
                  .run();
          case "sparql" ->
              new SparqlBench(
                      directory(), people(25_000), cores, runs, queries, peers("tdb2", "rdf4j"))
                  .run();
          case "store" ->
              new StoreBench(directory(), scale, triples, edges, cores, sections()).run();
          case "index" -> new IndexBench(rows).run();
          case "kernels" -> new KernelBench(runs, only).run();
          default ->
              throw new CommandLine.ParameterException(
                  new CommandLine(this), "there is no benchmark '" + suite + "'");
        };
    return isEqual ? 0 : 1;
  }

  private Options options(int cores) {
    Options options = Options.defaults().withThreads(cores);
    return memoryLimit == null ? options : Settings.apply(options, "memory_limit", memoryLimit);
  }

  private Path directory() {
    return directory == null
        ? Path.of(System.getProperty("java.io.tmpdir"), "sabot-bench")
        : directory;
  }

  private int people(int usual) {
    return people == null ? usual : people;
  }

  private List<String> peers(String... usual) {
    List<String> wanted = peers == null ? List.of(usual) : peers;
    return wanted.equals(List.of("none")) ? List.of() : wanted;
  }

  private @Nullable List<Integer> numbers() {
    return queries == null ? null : queries.stream().map(Integer::valueOf).toList();
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
