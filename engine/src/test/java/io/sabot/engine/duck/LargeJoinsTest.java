package io.sabot.engine.duck;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.engine.Language;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Joins of a table of several batches and a small one, beside DuckDB: either side is built, scans
/// are narrowed by the keys of the other side, keys lie close together or far apart, and conditions
/// on strings are tested on dictionaries or row by row.
///
/// `-Dlarge.seeds=N` makes N databases, `-Dseed=S` starts at that one.
class LargeJoinsTest {
  private static final int QUERIES_A_DATABASE = 40;
  private static final int ROWS_A_STATEMENT = 1_000;
  private static final List<String> WORDS =
      List.of("red", "green", "dark green", "grün", "gr%en", "", "ärgerlich", "greengreen", "Red");

  @Test
  void largeAndSmallTablesJoin() throws SQLException {
    int seeds = Integer.getInteger("large.seeds", 4);
    long first = Long.getLong("seed", System.nanoTime());
    List<String> differences = new ArrayList<>();
    for (long seed = first; seed < first + seeds && differences.isEmpty(); seed++) {
      check(seed, differences);
    }
    assertThat(differences).as("-Dseed=%d", first).isEmpty();
  }

  private static void check(long seed, List<String> differences) throws SQLException {
    Random random = new Random(seed);
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement();
        Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      List<String> setup = new ArrayList<>();
      setup.addAll(table("big", 5_000 + random.nextInt(8_000), random));
      setup.addAll(table("small", random.nextInt(300), random));
      for (String sql : setup) {
        statement.execute(sql);
        session.run(Language.SQL, sql).close();
      }
      session.run(Language.SQL, "ANALYZE").close();
      for (int i = 0; i < QUERIES_A_DATABASE; i++) {
        String sql = query(random);
        String expected = DuckOracleTest.duck(statement, sql);
        String found = SortedRows.of(session, sql);
        if (!found.equals(expected)) {
          differences.add(
              "-Dseed=%d%n%s%n DuckDB: %.2000s%n Sabot: %.2000s"
                  .formatted(seed, sql, expected, found));
        }
      }
    }
  }

  /// `k` has few values and `far` the same ones far apart, `few` and `many` are strings.
  private static List<String> table(String name, int rows, Random random) {
    List<String> statements = new ArrayList<>();
    statements.add(
        "CREATE TABLE "
            + name
            + " (id INTEGER PRIMARY KEY, k INTEGER, far BIGINT, few VARCHAR, many VARCHAR,"
            + " d DECIMAL(10, 2))");
    int keys = 1 + random.nextInt(400);
    for (int from = 0; from < rows; from += ROWS_A_STATEMENT) {
      String values =
          IntStream.range(from, Math.min(rows, from + ROWS_A_STATEMENT))
              .mapToObj(id -> row(id, random.nextInt(keys) - 20, random))
              .collect(Collectors.joining(", "));
      statements.add("INSERT INTO " + name + " VALUES " + values);
    }
    return statements;
  }

  private static String row(int id, int k, Random random) {
    String few = WORDS.get(random.nextInt(WORDS.size()));
    String many = few + " " + WORDS.get(random.nextInt(WORDS.size())) + " " + random.nextInt(9_999);
    return "(%d, %s, %s, %s, '%s', %d.%02d)"
        .formatted(
            id,
            orNull(random, String.valueOf(k)),
            orNull(random, String.valueOf(k * 1_000_000_007L)),
            orNull(random, "'" + few + "'"),
            many,
            random.nextInt(2_000) - 1_000,
            random.nextInt(100));
  }

  private static String orNull(Random random, String value) {
    return random.nextInt(12) == 0 ? "NULL" : value;
  }

  // ---- queries

  private static String query(Random random) {
    boolean bigFirst = random.nextBoolean();
    String a = bigFirst ? "big" : "small";
    String b = bigFirst ? "small" : "big";
    String key = "a." + pick(random, "k = b.k", "far = b.far", "k = b.id", "id = b.k", "id = b.id");
    String rest =
        random.nextInt(3) > 0 ? "" : pick(random, " AND a.d < b.d", " AND a.few <> b.few");
    String on = key + rest;
    String inA = condition("a", random);
    String inB = condition("b", random);
    String counted = "count(*), count(a.few), sum(a.d), min(a.many), max(a.id)";
    return switch (random.nextInt(7)) {
      case 0 ->
          "SELECT %s, sum(b.d) FROM %s a JOIN %s b ON %s WHERE %s AND %s"
              .formatted(counted, a, b, on, inA, inB);
      case 1 ->
          "SELECT %s, sum(b.d), count(b.id) FROM %s a LEFT JOIN %s b ON %s AND %s WHERE %s"
              .formatted(counted, a, b, on, inB, inA);
      case 2 ->
          "SELECT %s, sum(b.d), count(b.id) FROM %s a FULL JOIN %s b ON %s"
              .formatted(counted, a, b, on);
      case 3, 4 ->
          "SELECT %s FROM %s a WHERE %s AND %s (SELECT 1 FROM %s b WHERE %s AND %s)"
              .formatted(counted, a, inA, pick(random, "EXISTS", "NOT EXISTS"), b, on, inB);
      case 5 ->
          ("SELECT %s, sum(b.n) FROM %s a JOIN (SELECT k, count(*) AS n, max(far) AS far,"
                  + " min(id) AS id FROM %s b WHERE %s GROUP BY k) b ON %s WHERE %s")
              .formatted(counted, a, b, inB, key, inA);
      default ->
          ("SELECT %s, count(c.id) FROM %s a JOIN %s b ON %s LEFT JOIN small c ON c.id = b.id"
                  + " WHERE %s AND %s")
              .formatted(counted, a, b, on, inA, inB);
    };
  }

  private static String condition(String t, Random random) {
    String word = WORDS.get(random.nextInt(WORDS.size())).replace("%", "");
    return switch (random.nextInt(9)) {
      case 0 -> t + ".few = '" + word + "'";
      case 1 -> t + ".few IN ('red', 'grün')";
      case 2 -> t + ".many LIKE '%" + word + "%'";
      case 3 -> t + ".many NOT LIKE '" + word + "%" + random.nextInt(10) + "'";
      case 4 -> "substring(" + t + ".many, 2, 3) = '" + (word + "   ").substring(1, 3) + " '";
      case 5 -> t + ".few IS NULL";
      case 6 -> t + ".d > " + (random.nextInt(1_000) - 500);
      case 7 -> "coalesce(" + t + ".few, 'red') LIKE '%r%e%'";
      default -> t + ".id < " + random.nextInt(6_000);
    };
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
