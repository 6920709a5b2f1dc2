package io.sabot.tck;

import io.sabot.engine.Options;
import io.sabot.engine.Settings;
import io.sabot.tck.opencypher.OpencypherSuite;
import io.sabot.tck.report.SuiteReport;
import io.sabot.tck.slt.SltSuite;
import io.sabot.tck.sparql.RdfSuite;
import io.sabot.tck.sparql.SparqlSuite;
import io.sabot.tck.tpcds.TpcdsSuite;
import io.sabot.tck.tpch.TpchSuite;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `sabot tck`: runs a conformance suite. Totals go to stdout, progress to stderr; the exit code is
/// 0 when nothing failed, 1 when something did, 2 for wrong usage.
@Command(
    name = "sabot tck",
    mixinStandardHelpOptions = true,
    description = "Runs a conformance suite against the engine.")
public final class TckMain implements Callable<Integer> {
  @Parameters(
      index = "0",
      description = "opencypher, sparql10, sparql11, sparql12, rdf, tpch, tpcds or slt")
  private String suite = "";

  @Option(
      names = "--tests",
      description =
          "a checkout of W3C's rdf-tests (sparql suites and rdf); without it they run on the"
              + " copies on Maven Central, which has none of sparql12")
  private @Nullable Path tests;

  @Option(
      names = "--report",
      description = "a folder for the report (HTML, JUnit XML, list of failures)")
  private @Nullable Path report;

  @Option(names = "--optimizer", description = "on (default) or off", defaultValue = "on")
  private String optimizer = "on";

  @Option(
      names = "--batch-size",
      description = "rows an operator hands on at once: a number, or default (opencypher)",
      defaultValue = "default")
  private String batchSize = "default";

  @Option(names = "--only", description = "run tests whose folder or name contains this")
  private @Nullable String only;

  @Option(
      names = "--scale",
      description = "scale factor of TPC-H and TPC-DS",
      defaultValue = "0.01")
  private double scale;

  @Option(
      names = "--sample",
      description = "queries to draw from the files that do not run whole (slt)")
  private @Nullable Long sample;

  @Option(names = "--seed", description = "of the sample", defaultValue = "1")
  private long seed;

  public static void main(String[] args) {
    System.exit(new CommandLine(new TckMain()).execute(args));
  }

  @Override
  public Integer call() {
    boolean optimize = !optimizer.equalsIgnoreCase("off");
    SuiteReport result =
        switch (suite.toLowerCase(Locale.ROOT)) {
          case "opencypher" -> new OpencypherSuite(options(optimize)).run(this::isWanted);
          case "sparql10", "sparql11" -> sparql(tests, optimize);
          case "sparql12" -> sparql(checkout(), optimize);
          case "rdf" -> RdfSuite.of(tests, optimize).run(this::isWanted);
          case "tpch" -> tpch(optimize);
          case "tpcds" -> tpcds(optimize);
          case "slt" -> slt(optimize);
          default ->
              throw new CommandLine.ParameterException(
                  new CommandLine(this), "there is no suite '" + suite + "'");
        };
    if (report != null) {
      result.write(report);
    }
    result.print(System.out);
    return result.failed() == 0 ? 0 : 1;
  }

  private Options options(boolean optimize) {
    return Settings.apply(Options.defaults().withOptimizer(optimize), "batch_size", batchSize);
  }

  private Path checkout() {
    Path folder = tests;
    if (folder == null) {
      throw new CommandLine.ParameterException(
          new CommandLine(this), "this suite needs --tests with a checkout of rdf-tests");
    }
    return folder;
  }

  private SuiteReport sparql(@Nullable Path data, boolean optimize) {
    return SparqlSuite.of(suite.toLowerCase(Locale.ROOT), data, optimize).run(this::isWanted);
  }

  private SuiteReport tpch(boolean optimize) {
    SuiteReport suiteReport = new SuiteReport("tpch");
    TpchSuite.Report run = TpchSuite.run(scale, optimize);
    System.out.print(run);
    for (TpchSuite.Outcome outcome : run.outcomes()) {
      suiteReport.add(
          new SuiteReport.Outcome(
              "scale " + scale + ", optimizer " + optimizer,
              "Q" + outcome.query(),
              outcome.passed() ? SuiteReport.Status.PASSED : SuiteReport.Status.FAILED,
              outcome.complaint(),
              (long) outcome.millis()));
    }
    return suiteReport;
  }

  private SuiteReport tpcds(boolean optimize) {
    try (TpcdsSuite tpcds = new TpcdsSuite(scale)) {
      return tpcds.run(optimize, this::isWanted);
    }
  }

  private SuiteReport slt(boolean optimize) {
    SltSuite slt = new SltSuite(options(optimize));
    SuiteReport result =
        sample == null && only != null
            ? slt.run(this::isWanted)
            : slt.run(this::isWanted, sample == null ? 0 : sample, seed);
    SltSuite.printDifferences(result, System.out);
    return result;
  }

  private boolean isWanted(String test) {
    String part = only;
    return part == null || test.contains(part);
  }
}
