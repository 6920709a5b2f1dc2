package io.sabot.tck.tpcds;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.plan.error.QueryException;
import io.sabot.tck.oracle.DuckDb;
import io.sabot.tck.oracle.ResultComparison;
import io.sabot.tck.report.SuiteReport;
import io.sabot.tck.report.SuiteReport.Outcome;
import io.sabot.tck.report.SuiteReport.Status;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.duckdb.DuckDBConnection;

/// The 99 queries of TPC-DS, each compared with DuckDB's answer over the same rows.
public final class TpcdsSuite implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final double scale;
  private final Sabot database;
  private final DuckDBConnection duckdb;

  /// Loads the data into both engines.
  public TpcdsSuite(double scale) {
    this.scale = scale;
    this.database = Sabot.inMemory();
    try {
      this.duckdb = DuckDb.open();
      long start = System.nanoTime();
      long rows = TpcdsData.load(database, duckdb, scale);
      System.err.printf(
          Locale.ROOT,
          "%d rows at scale %s, generated and loaded in %.1f s%n",
          rows,
          scale,
          seconds(start));
    } catch (SQLException failed) {
      throw new IllegalStateException("DuckDB failed", failed);
    }
  }

  /// @param wanted by name, `Q01` to `Q99`
  public SuiteReport run(boolean optimizer, Predicate<String> wanted) {
    SuiteReport report = new SuiteReport("tpcds");
    Options options = database.options().withOptimizer(optimizer).withTimeout(TIMEOUT);
    for (int number = 1; number <= TpcdsQuery.COUNT; number++) {
      TpcdsQuery query = TpcdsQuery.of(number);
      if (wanted.test(query.name())) {
        report.add(run(query, options));
      }
    }
    return report;
  }

  private Outcome run(TpcdsQuery query, Options options) {
    String complaint;
    double millis = 0;
    try {
      String text = query.determined(width(query.text()));
      long start = System.nanoTime();
      List<List<Object>> expected = DuckDb.rows(duckdb, text);
      double duckMillis = 1000 * seconds(start);
      List<List<Object>> found = new ArrayList<>();
      start = System.nanoTime();
      complaint = run(text, options, found);
      millis = 1000 * seconds(start);
      if (complaint.isEmpty()) {
        complaint = ResultComparison.difference(expected, found, query.isOrdered());
      }
      System.err.printf(
          Locale.ROOT,
          "%s %-4s %6d rows %9.1f ms, DuckDB %8.1f ms  %s%n",
          query.name(),
          complaint.isEmpty() ? "ok" : "FAIL",
          found.size(),
          millis,
          duckMillis,
          complaint);
    } catch (SQLException failed) {
      complaint = "DuckDB: " + failed.getMessage();
      System.err.println(query.name() + " FAIL " + complaint);
    }
    String folder = "scale " + scale + ", optimizer " + (options.optimizer() ? "on" : "off");
    Status status = complaint.isEmpty() ? Status.PASSED : Status.FAILED;
    return new Outcome(folder, query.name(), status, complaint, Math.round(millis));
  }

  /// Adds the rows of a query to a list. What went wrong; empty for nothing.
  private String run(String text, Options options, List<List<Object>> rows) {
    try (Session session = database.session()) {
      session.setOptions(options);
      try (Result result = session.run(Language.SQL, text)) {
        result.forEachRemaining(row -> rows.add(row.objects()));
      }
      return "";
    } catch (QueryException failed) {
      return failed.code() + ": " + failed.message();
    }
  }

  private int width(String text) throws SQLException {
    try (PreparedStatement statement = duckdb.prepareStatement(text)) {
      return statement.getMetaData().getColumnCount();
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  @Override
  public void close() {
    database.close();
    try {
      duckdb.close();
    } catch (SQLException failed) {
      throw new IllegalStateException("DuckDB failed", failed);
    }
  }
}
