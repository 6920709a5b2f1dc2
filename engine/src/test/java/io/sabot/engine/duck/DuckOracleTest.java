package io.sabot.engine.duck;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random SQL has the answer that DuckDB gives, with the optimizer on and off.
///
/// `-Dduck.seeds=N` asks N queries, `-Dseed=S` starts at that one.
class DuckOracleTest {
  private static final int QUERIES_A_DATABASE = 100;

  /// DuckDB's binder now and then trips over a query that it answers the next time.
  private static final String DUCKS_OWN_FAULT = "BindBuiltinScalarFunction";

  private static final int DUCKS_TRIES = 5;

  @Test
  void answersAreThoseOfDuckDb() throws SQLException {
    int seeds = Integer.getInteger("duck.seeds", 2_000);
    long first = Long.getLong("seed", System.nanoTime());
    List<String> differences = new ArrayList<>();
    for (long seed = first; seed < first + seeds && differences.size() < 5; ) {
      long end = Math.min(first + seeds, seed + QUERIES_A_DATABASE);
      ask(seed, end, differences);
      seed = end;
    }
    assertThat(differences).as("-Dseed=%d", first).isEmpty();
  }

  private static void ask(long from, long to, List<String> differences) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      List<String> rows = SqlRows.statements(new Random(from));
      for (String sql : rows) {
        statement.execute(sql);
        session.run(Language.SQL, sql).close();
      }
      Options options = session.options();
      for (long seed = from; seed < to; seed++) {
        String sql = new SqlGenerator(new Random(seed)).next();
        String expected = patiently(statement, SqlWindows.forDuck(sql));
        session.setOptions(options.withOptimizer(true));
        String on = SortedRows.of(session, sql);
        session.setOptions(options.withOptimizer(false));
        String off = SortedRows.of(session, sql);
        if (!expected.equals(on) || !expected.equals(off)) {
          differences.add(
              "-Dseed=%d (rows of -Dseed=%d)%n%s%n%s%n  DuckDB: %s%n  on:     %s%n  off:    %s"
                  .formatted(seed, from, String.join(";\n", rows), sql, expected, on, off));
        }
      }
    }
  }

  private static String patiently(Statement statement, String sql) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return duck(statement, sql);
      } catch (SQLException failed) {
        String message = String.valueOf(failed.getMessage());
        if (!message.contains(DUCKS_OWN_FAULT) || attempt == DUCKS_TRIES) {
          throw failed;
        }
      }
    }
  }

  static String duck(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      int width = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int c = 1; c <= width; c++) {
          values.add(SortedRows.text(result.getObject(c)));
        }
        rows.add(values.toString());
      }
      rows.sort(null);
      return rows.toString();
    }
  }
}
