package io.sabot.bench;

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
  @Parameters(index = "0", defaultValue = "tpch", description = "tpch (against DuckDB)")
  private String suite = "tpch";

  @Option(names = "--scale", defaultValue = "1", description = "TPC-H scale factor")
  private double scale;

  @Option(names = "--threads", description = "threads of each engine; default: every core")
  private @Nullable Integer threads;

  @Option(names = "--queries", split = ",", description = "query numbers; default: all 22")
  private @Nullable List<Integer> queries;

  @Option(names = "--runs", defaultValue = "5", description = "timed runs; the best one counts")
  private int runs;

  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (!suite.equals("tpch")) {
      throw new CommandLine.ParameterException(
          new CommandLine(this), "there is no benchmark '" + suite + "'");
    }
    int cores = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    return new TpchBench(scale, cores, runs, queries).run() ? 0 : 1;
  }
}
