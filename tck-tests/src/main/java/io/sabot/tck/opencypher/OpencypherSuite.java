package io.sabot.tck.opencypher;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.tck.report.Exceptions;
import io.sabot.tck.report.SuiteReport;
import io.sabot.tck.report.SuiteReport.Outcome;
import io.sabot.tck.report.SuiteReport.Status;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.opencypher.tools.tck.api.CypherTCK;
import org.opencypher.tools.tck.api.Graph;
import org.opencypher.tools.tck.api.Scenario;
import scala.jdk.javaapi.CollectionConverters;

/// Runs the scenarios of the openCypher TCK one after the other on one database that is emptied in
/// between, and replaced now and then.
public final class OpencypherSuite {
  private static final int SCENARIOS_A_DATABASE = 200;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Options options;
  private final Exceptions exceptions = Exceptions.of("opencypher");
  private Sabot database;
  private int used;

  public OpencypherSuite(Options options) {
    this.options = options.withTimeout(TIMEOUT);
    this.database = Sabot.inMemory(this.options);
  }

  /// @param wanted by folder and name
  public SuiteReport run(Predicate<String> wanted) {
    SuiteReport report = new SuiteReport("opencypher");
    List<Scenario> scenarios = CollectionConverters.asJava(CypherTCK.allTckScenarios());
    int done = 0;
    for (Scenario scenario : scenarios) {
      String folder = folder(scenario);
      String name = name(scenario);
      if (wanted.test(folder + " " + name)) {
        report.add(exceptions.apply(run(scenario, folder, name)));
      }
      if (++done % 500 == 0) {
        System.err.println(done + " of " + scenarios.size() + " scenarios");
      }
    }
    database.close();
    return report;
  }

  private static String folder(Scenario scenario) {
    return CollectionConverters.asJava(scenario.categories()).stream()
        .collect(Collectors.joining("/"));
  }

  private static String name(Scenario scenario) {
    String name = scenario.featureName();
    if (scenario.number().isDefined()) {
      name += " [" + scenario.number().get() + "]";
    }
    name += " " + scenario.name();
    return scenario.exampleIndex().isDefined() ? name + " #" + scenario.exampleIndex().get() : name;
  }

  private Outcome run(Scenario scenario, String folder, String name) {
    long start = System.nanoTime();
    Status status = Status.PASSED;
    String message = "";
    try {
      empty();
      Sabot current = database;
      scala.Function0<Graph> graphs = () -> new SabotGraph(current);
      scenario.apply(graphs).run();
    } catch (Throwable failed) {
      status = Status.FAILED;
      message = describe(failed);
    }
    return new Outcome(folder, name, status, message, (System.nanoTime() - start) / 1_000_000);
  }

  private static String describe(Throwable failed) {
    StringBuilder out = new StringBuilder();
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      out.append(cause.getClass().getSimpleName()).append(": ").append(cause.getMessage());
      boolean ours =
          cause instanceof io.sabot.plan.error.QueryException query
              && query.code() == io.sabot.plan.error.ErrorCode.INTERNAL;
      if (ours && cause.getCause() != null && cause.getCause().getStackTrace().length > 0) {
        out.append(" at ").append(cause.getCause().getStackTrace()[0]);
      }
      out.append('\n');
    }
    return out.toString();
  }

  private void empty() {
    if (++used % SCENARIOS_A_DATABASE == 0) {
      database.close();
      database = Sabot.inMemory(options);
      return;
    }
    try (Session session = database.session();
        Result result = session.run(Language.CYPHER, "MATCH (n) DETACH DELETE n")) {
      result.toList();
    } catch (RuntimeException cannotEmpty) {
      database.close();
      database = Sabot.inMemory(options);
    }
  }
}
