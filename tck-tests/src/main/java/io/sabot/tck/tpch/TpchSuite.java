package io.sabot.tck.tpch;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.plan.error.QueryException;
import io.sabot.tck.oracle.DuckDb;
import io.sabot.tck.oracle.ResultComparison;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.duckdb.DuckDBConnection;

/// The 22 queries of TPC-H, each compared with DuckDB's answer over the same data.
public final class TpchSuite {
  public static final int QUERIES = 22;

  private TpchSuite() {}

  /// @param complaint why the query failed; empty when it passed
  /// @param millis for binding, planning and running, once, without warm-up
  public record Outcome(int query, String complaint, int rows, double millis) {
    public boolean passed() {
      return complaint.isEmpty();
    }
  }

  /// The outcomes of all queries at one scale.
  public record Report(double scale, boolean optimizer, List<Outcome> outcomes) {
    public long passed() {
      return outcomes.stream().filter(Outcome::passed).count();
    }

    @Override
    public String toString() {
      StringBuilder out = new StringBuilder();
      for (Outcome o : outcomes) {
        out.append(
            String.format(
                Locale.ROOT,
                "Q%02d %-4s %6d rows %9.1f ms  %s%n",
                o.query(),
                o.passed() ? "ok" : "FAIL",
                o.rows(),
                o.millis(),
                o.complaint()));
      }
      return out.append(
              String.format(
                  Locale.ROOT,
                  "TPC-H at scale %s, optimizer %s: %d of %d equal to DuckDB%n",
                  scale,
                  optimizer ? "on" : "off",
                  passed(),
                  outcomes.size()))
          .toString();
    }
  }

  public static Report run(double scale, boolean optimizer) {
    return run(scale, optimizer, Options.defaults());
  }

  public static Report run(double scale, boolean optimizer, Options options) {
    try (Sabot database = Sabot.inMemory(options);
        DuckDBConnection duckdb = DuckDb.open()) {
      TpchData.load(database, scale);
      TpchData.load(duckdb, scale);
      return run(database, duckdb, scale, optimizer);
    } catch (SQLException failed) {
      throw new IllegalStateException("DuckDB failed", failed);
    }
  }

  /// What is wrong with Sabot's rows for a query given DuckDB's; empty for nothing.
  public static String difference(
      String text, List<List<Object>> expected, List<List<Object>> found) {
    return ResultComparison.difference(expected, found, text.contains("ORDER BY"));
  }

  /// Over data that is loaded already.
  public static Report run(Sabot database, DuckDBConnection duckdb, double scale, boolean optimizer)
      throws SQLException {
    List<Outcome> outcomes = new ArrayList<>();
    Options options = database.options().withOptimizer(optimizer);
    for (int query = 1; query <= QUERIES; query++) {
      outcomes.add(run(database, duckdb, query, options));
    }
    return new Report(scale, optimizer, outcomes);
  }

  private static Outcome run(Sabot database, DuckDBConnection duckdb, int query, Options options)
      throws SQLException {
    String text = TpchData.query(query);
    List<List<Object>> expected = duckdb(duckdb, text);
    List<List<Object>> found = new ArrayList<>();
    long start = System.nanoTime();
    String failure = "";
    try (Session session = database.session()) {
      session.setOptions(options.withTimeout(java.time.Duration.ofSeconds(120)));
      try (Result result = session.run(Language.SQL, text)) {
        result.forEachRemaining(row -> found.add(row.objects()));
      }
    } catch (QueryException failed) {
      failure = failed.code() + ": " + failed.message();
    }
    double millis = (System.nanoTime() - start) / 1e6;
    String complaint =
        failure.isEmpty()
            ? ResultComparison.difference(expected, found, text.contains("ORDER BY"))
            : failure;
    return new Outcome(query, complaint, found.size(), millis);
  }

  /// The rows of a query in DuckDB.
  public static List<List<Object>> duckdb(DuckDBConnection duckdb, String text)
      throws SQLException {
    return DuckDb.rows(duckdb, text);
  }
}
