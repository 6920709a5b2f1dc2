package io.sabot.bench;

import io.sabot.bench.peer.Directories;
import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.plan.error.QueryException;
import io.sabot.tck.tpch.TpchData;
import io.sabot.tck.tpch.TpchSuite;
import java.nio.file.Files;
import java.nio.file.Path;
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

/// TPC-H beside DuckDB: same data, same threads, one process. Both databases are in memory, or
/// below a directory, where the next run finds them.
final class TpchBench {
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private final double scale;
  private final Options options;
  private final int runs;
  private final List<Integer> queries;

  private final @Nullable Path directory;

  /// @param options of Sabot; DuckDB gets as many threads
  /// @param directory null for databases in memory
  TpchBench(
      double scale,
      Options options,
      int runs,
      @Nullable List<Integer> queries,
      @Nullable Path directory) {
    this.directory = directory == null ? null : directory.resolve("tpch-" + scale);
    this.scale = scale;
    this.options = options.withTimeout(TIMEOUT);
    this.runs = runs;
    this.queries =
        queries == null ? IntStream.rangeClosed(1, TpchSuite.QUERIES).boxed().toList() : queries;
  }

  /// Returns whether every query gave DuckDB's rows.
  boolean run() throws SQLException {
    Path home = directory;
    boolean isLoaded = home != null && Files.exists(loaded(home));
    if (home != null && !isLoaded) {
      Directories.renewed(home);
    }
    try (Sabot database = open(home);
        DuckDBConnection duckdb = (DuckDBConnection) DriverManager.getConnection(url(home))) {
      try (Statement statement = duckdb.createStatement()) {
        statement.execute("SET threads = " + options.threads());
      }
      if (!isLoaded) {
        load(database, duckdb);
        if (home != null) {
          Directories.renewed(loaded(home));
        }
      }
      return runAll(database, duckdb);
    }
  }

  /// There once both databases are whole.
  private static Path loaded(Path home) {
    return home.resolve("loaded");
  }

  private Sabot open(@Nullable Path home) {
    return home == null ? Sabot.inMemory(options) : Sabot.open(home.resolve("sabot"), options);
  }

  private static String url(@Nullable Path home) {
    return home == null ? "jdbc:duckdb:" : "jdbc:duckdb:" + home.resolve("duckdb.db");
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
