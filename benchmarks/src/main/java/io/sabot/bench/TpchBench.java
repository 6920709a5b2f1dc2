package io.sabot.bench;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.plan.error.QueryException;
import io.sabot.tck.tpch.TpchData;
import io.sabot.tck.tpch.TpchSuite;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/// TPC-H beside DuckDB: same data, same threads, one process.
final class TpchBench {
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private final double scale;
  private final Options options;
  private final int runs;
  private final List<Integer> queries;

  /// @param options of Sabot; DuckDB gets as many threads
  TpchBench(double scale, Options options, int runs, @Nullable List<Integer> queries) {
    this.scale = scale;
    this.options = options.withTimeout(TIMEOUT);
    this.runs = runs;
    this.queries =
        queries == null ? IntStream.rangeClosed(1, TpchSuite.QUERIES).boxed().toList() : queries;
  }

  /// Returns whether every query gave DuckDB's rows.
  boolean run() throws SQLException {
    try (Sabot database = Sabot.inMemory(options);
        DuckDBConnection duckdb = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:")) {
      try (Statement statement = duckdb.createStatement()) {
        statement.execute("SET threads = " + options.threads());
      }
      load(database, duckdb);
      return runAll(database, duckdb);
    }
  }

  private void load(Sabot database, DuckDBConnection duckdb) throws SQLException {
    long start = System.nanoTime();
    long rows = TpchData.load(database, scale);
    System.err.printf(Locale.ROOT, "loaded %,d rows into Sabot in %.1f s%n", rows, seconds(start));
    start = System.nanoTime();
    TpchData.load(duckdb, scale);
    System.err.printf(Locale.ROOT, "loaded DuckDB in %.1f s%n", seconds(start));
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private boolean runAll(Sabot database, DuckDBConnection duckdb) throws SQLException {
    System.out.printf(
        Locale.ROOT,
        "TPC-H scale %s, %d threads, best of %d%n%-6s %12s %12s %8s%n",
        scale,
        options.threads(),
        runs,
        "query",
        "Sabot ms",
        "DuckDB ms",
        "ratio");
    boolean allEqual = true;
    double logs = 0;
    int compared = 0;
    for (int query : queries) {
      String text = TpchData.query(query);
      List<List<Object>> expected = TpchSuite.duckdb(duckdb, text);
      String wrong = compare(database, text, expected);
      if (!wrong.isEmpty()) {
        System.out.printf(Locale.ROOT, "Q%-5d %s%n", query, wrong);
        allEqual = false;
        continue;
      }
      double sabot = best(() -> rows(database, text));
      double duck = best(() -> TpchSuite.duckdb(duckdb, text));
      System.out.printf(
          Locale.ROOT, "Q%-5d %12.1f %12.1f %8.2f%n", query, sabot, duck, sabot / duck);
      logs += Math.log(sabot / duck);
      compared++;
    }
    System.out.printf(
        Locale.ROOT,
        "geometric mean of Sabot / DuckDB over %d queries: %.2f%n",
        compared,
        Math.exp(logs / Math.max(1, compared)));
    return allEqual;
  }

  private static String compare(Sabot database, String text, List<List<Object>> expected) {
    try {
      return TpchSuite.difference(text, expected, rows(database, text));
    } catch (QueryException failed) {
      return failed.code() + ": " + failed.message();
    }
  }

  private static List<List<Object>> rows(Sabot database, String text) {
    List<List<Object>> rows = new ArrayList<>();
    try (Session session = database.session();
        Result result = session.run(Language.SQL, text)) {
      result.forEachRemaining(row -> rows.add(row.objects()));
    }
    return rows;
  }

  /// A query of either engine.
  private interface Run {
    void run() throws SQLException;
  }

  private double best(Run run) throws SQLException {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      run.run();
      best = Math.min(best, (System.nanoTime() - start) / 1e6);
    }
    return best;
  }
}
