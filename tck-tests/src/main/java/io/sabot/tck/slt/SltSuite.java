package io.sabot.tck.slt;

import io.sabot.engine.Options;
import io.sabot.tck.report.SuiteReport;
import io.sabot.tck.report.SuiteReport.Outcome;
import io.sabot.tck.report.SuiteReport.Status;
import io.sabot.tck.slt.SltSample.Part;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// SQLite's 622 files of statements and queries. The five `select` files and those of `evidence`
/// run whole; the others hold millions of generated queries, of which a sample runs.
public final class SltSuite {
  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final int PROGRESS_STEP = 50;

  private final Options options;

  public SltSuite(Options options) {
    this.options = options.withTimeout(TIMEOUT).withThreads(1);
  }

  /// The files that always run whole.
  static boolean isWhole(String file) {
    return !file.contains("/") || file.startsWith("evidence/");
  }

  /// Files run whole.
  public SuiteReport run(Predicate<String> wanted) {
    return run(SltFiles.list().stream().filter(wanted).map(file -> new Part(file, null)).toList());
  }

  /// The files that always run whole, and a number of queries out of the others.
  public SuiteReport run(Predicate<String> wanted, long sample, long seed) {
    List<String> files = SltFiles.list().stream().filter(wanted).toList();
    List<String> others = files.stream().filter(file -> !isWhole(file)).toList();
    return run(
        Stream.concat(
                files.stream().filter(SltSuite::isWhole).map(file -> new Part(file, null)),
                SltSample.draw(others, sample, seed).stream())
            .toList());
  }

  private SuiteReport run(List<Part> parts) {
    SuiteReport report = new SuiteReport("slt");
    int workers = Runtime.getRuntime().availableProcessors();
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      List<Future<List<Outcome>>> runs = new ArrayList<>();
      for (Part part : parts) {
        runs.add(pool.submit(() -> new SltFileRun(part).run(options)));
      }
      for (int i = 0; i < runs.size(); i++) {
        runs.get(i).get().forEach(report::add);
        if ((i + 1) % PROGRESS_STEP == 0) {
          System.err.println((i + 1) + " of " + runs.size() + " files");
        }
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException("a file did not run", failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return report;
  }

  /// How many records each difference of the dialects explains.
  public static void printDifferences(SuiteReport report, PrintStream out) {
    Map<Difference, Integer> counts = new EnumMap<>(Difference.class);
    for (Outcome outcome : report.outcomes()) {
      if (outcome.status() == Status.EXPECTED_FAILURE) {
        counts.merge(Difference.explained(outcome.message()), 1, Integer::sum);
      }
    }
    counts.forEach((difference, count) ->
        out.printf(Locale.ROOT, "%8d records: %s%n", count, difference.reason()));
  }
}
