package io.sabot.engine.duck;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.engine.Access;
import io.sabot.engine.Language;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file in place has the rows that DuckDB sees in it.
class FileOracleTest {
  private static final String ROWS =
      "SELECT i AS id, CASE WHEN i % 7 = 0 THEN NULL ELSE i % 5 END AS k,"
          + " CASE WHEN i % 11 = 0 THEN NULL ELSE 'text, \"' || i % 13 END AS s,"
          + " CAST(i AS DECIMAL(12, 2)) / 4 AS d,"
          + " DATE '2024-01-01' + CAST(i % 400 AS INTEGER) AS w,"
          + " i % 3 = 0 AS b FROM range(6000) r(i)";

  private static final List<String> QUERIES =
      List.of(
          "SELECT count(*), count(k), count(s), count(b), sum(id), min(w), max(w), sum(d) FROM F",
          "SELECT k, count(*), min(s), max(d) FROM F GROUP BY k",
          "SELECT id, s, w, b FROM F WHERE id > 5990",
          "SELECT id FROM F WHERE id = 4777",
          "SELECT count(*) FROM F WHERE w < DATE '2024-02-01' AND k IS NOT NULL",
          "SELECT f.id, g.id FROM F f JOIN F g ON g.id = f.id + 1 WHERE f.id BETWEEN 3000 AND 3003",
          "SELECT count(*) FROM F WHERE id < 0",
          "SELECT s FROM F WHERE id IN (SELECT max(id) FROM F WHERE b)");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"csv", "parquet", "jsonl"})
  void rowsAreThoseOfDuckDb(String format) throws SQLException {
    Path file = directory.resolve("f." + format);
    String options =
        switch (format) {
          case "parquet" -> "FORMAT parquet, ROW_GROUP_SIZE 2048";
          case "jsonl" -> "FORMAT json";
          default -> "FORMAT csv, HEADER";
        };
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      session.setOptions(session.options().withAccess(Access.NOTHING.withDocuments(directory)));
      statement.execute("COPY (" + ROWS + ") TO '" + file + "' (" + options + ")");
      for (String query : QUERIES) {
        String sql = query.replaceAll("\\bF\\b", "'" + file + "'");
        for (boolean optimizer : new boolean[] {true, false}) {
          session.setOptions(session.options().withOptimizer(optimizer));
          assertThat(rows(session, sql))
              .as(sql)
              .containsExactlyInAnyOrderElementsOf(rows(statement, sql));
        }
      }
    }
  }

  private static List<String> rows(Session session, String sql) {
    try (Result result = session.run(Language.SQL, sql)) {
      List<String> rows = new ArrayList<>();
      result
          .toList()
          .forEach(row ->
              rows.add(row.objects().stream().map(FileOracleTest::text).toList().toString()));
      return rows;
    }
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int c = 1; c <= result.getMetaData().getColumnCount(); c++) {
          cells.add(text(result.getObject(c)));
        }
        rows.add(cells.toString());
      }
      return rows;
    }
  }

  private static String text(@Nullable Object cell) {
    return cell instanceof Number number
        ? new BigDecimal(number.toString()).stripTrailingZeros().toPlainString()
        : String.valueOf(cell);
  }
}
