package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Queries that need several times their memory limit give the rows that they give without one, and
/// leave no file behind.
class SpillTest {
  private static final int ROWS = 40_000;
  private static final long LITTLE = 2L << 20;

  private static Sabot database;
  @TempDir private static Path directory;

  @BeforeAll
  static void fill() {
    database = Sabot.inMemory();
    run(
        "CREATE TABLE big (id INTEGER PRIMARY KEY, k INTEGER, one INTEGER, s VARCHAR,"
            + " d DECIMAL(38, 2), f DOUBLE, w DATE, b BOOLEAN)");
    run(
        "INSERT INTO big SELECT i, CASE WHEN MOD(i, 11) = 0 THEN NULL ELSE MOD(i * 7, 30011) END,"
            + " CASE WHEN MOD(i, 5) = 0 THEN MOD(i, 3) ELSE 1 END, CASE WHEN MOD(i, 13) = 0 THEN"
            + " NULL ELSE 'text ' || CAST(MOD(i, 20011) AS VARCHAR) END, CAST(i AS DECIMAL(38, 2))"
            + " * 1000000000000000000000, CAST(MOD(i, 17) AS DOUBLE), DATE '2000-01-01', MOD(i, 2)"
            + " = 0 FROM generate_series(1, "
            + ROWS
            + ") AS g(i)");
    run("CREATE TABLE other (id INTEGER PRIMARY KEY, k INTEGER, s VARCHAR)");
    run(
        "INSERT INTO other SELECT i, CASE WHEN MOD(i, 7) = 0 THEN NULL ELSE i END,"
            + " 'text ' || CAST(i AS VARCHAR) FROM generate_series(10000, 30000) AS g(i)");
  }

  private static void run(String sql) {
    database.sql(sql).close();
  }

  @AfterAll
  static void close() throws IOException {
    database.close();
    assertThat(filesIn(directory)).isEmpty();
  }

  private static List<Path> filesIn(Path in) throws IOException {
    try (Stream<Path> found = Files.walk(in)) {
      return found.filter(Files::isRegularFile).toList();
    }
  }

  private static Options little() {
    return database
        .options()
        .withThreads(2)
        .withMemoryLimitBytes(LITTLE)
        .withBatchRows(256)
        .withSpilling(Spilling.DEFAULT.withDirectory(directory));
  }

  private static List<String> rows(String sql, Options options) {
    try (Session session = database.session()) {
      session.setOptions(options);
      List<String> rows = new ArrayList<>();
      try (Result result = session.run(Language.SQL, sql)) {
        result.forEachRemaining(row -> rows.add(row.objects().toString()));
      }
      return rows;
    }
  }

  private static String profile(String sql, Options options) {
    return String.join("\n", rows("EXPLAIN ANALYZE " + sql, options));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM big ORDER BY s, id",
        "SELECT id, s FROM big ORDER BY d DESC",
        "SELECT id, k FROM big ORDER BY k NULLS FIRST, f DESC, id",
        "SELECT id, s, d FROM big ORDER BY s DESC NULLS LAST, id LIMIT 30000 OFFSET 1000",
        "SELECT k, count(*), sum(d), min(w), max(id), avg(f) FROM big GROUP BY k ORDER BY k",
        "SELECT s, b, sum(id) FROM big GROUP BY s, b ORDER BY s, b",
        "SELECT s, count(DISTINCT k), string_agg(CAST(b AS VARCHAR), '') FROM big GROUP BY s"
            + " ORDER BY s",
        "SELECT s, k, count(*), count(DISTINCT b) FROM big GROUP BY ROLLUP (s, k)"
            + " ORDER BY 1, 2, 3, 4",
        "SELECT k, sum(f) FILTER (WHERE b) FROM big GROUP BY k ORDER BY k",
        "SELECT f, count(*) FROM big GROUP BY f, id ORDER BY f"
      })
  void ordersAndGroupsAreTheSame(String sql) throws IOException {
    List<String> expected = rows(sql, database.options());
    assertThat(rows(sql, little())).isEqualTo(expected);
    assertThat(profile(sql, little())).contains("spilled");
    assertThat(queriesOnDisk()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT DISTINCT s, k FROM big",
        "SELECT a.id, b.id, a.s FROM big AS a JOIN big AS b ON a.s = b.s",
        "SELECT a.id, b.id, b.s FROM big AS a LEFT JOIN other AS b ON a.k = b.k",
        "SELECT a.id, b.id, b.s FROM other AS b RIGHT JOIN big AS a ON a.k = b.k AND a.b",
        "SELECT a.id, b.id, a.d FROM big AS a FULL JOIN other AS b ON a.k = b.k AND b.id > a.id",
        "SELECT id, s FROM big AS a WHERE EXISTS (SELECT 1 FROM other AS b WHERE b.k = a.k)",
        "SELECT id, s FROM big AS a WHERE NOT EXISTS (SELECT 1 FROM other AS b WHERE b.s = a.s)",
        "SELECT id, (SELECT b.s FROM other AS b WHERE b.id = a.k) FROM big AS a",
        "SELECT a.id, b.id, a.s, b.d FROM big AS a JOIN big AS b ON a.k = b.k AND a.s = b.s",
        "SELECT a.one, b.id FROM other AS b JOIN big AS a ON a.one = b.id - 10000 WHERE b.id <"
            + " 10003"
      })
  void joinsAreTheSame(String sql) throws IOException {
    List<String> expected = sorted(rows(sql, database.options()));
    assertThat(sorted(rows(sql, little()))).isEqualTo(expected);
    assertThat(queriesOnDisk()).isZero();
  }

  private static List<String> sorted(List<String> rows) {
    return rows.stream().sorted().toList();
  }

  @Test
  void aKeyThatMostRowsHaveIsJoinedInBlocks() {
    String sql =
        "SELECT count(*), sum(a.id), sum(b.id) FROM big AS a"
            + " LEFT JOIN (SELECT id, one, s, d, k FROM big WHERE id <= 20000) AS b"
            + " ON a.one = b.one AND b.s <> b.s || a.s WHERE a.id <= 60";
    assertThat(rows(sql, little())).isEqualTo(rows(sql, database.options()));
  }

  @Test
  void aNullInNotInIsSeenFromDisk() {
    for (String inner : List.of("SELECT k FROM big", "SELECT id FROM big")) {
      String sql =
          "SELECT count(*), sum(id) FROM big WHERE id <= 1500 AND k + 0 NOT IN (" + inner + ")";
      assertThat(rows(sql, little())).isEqualTo(rows(sql, database.options()));
      String marked =
          "SELECT k IN ("
              + inner
              + ") AS m, count(*) FROM big WHERE id <= 1500 GROUP BY 1"
              + " ORDER BY m, 2";
      assertThat(rows(marked, little())).isEqualTo(rows(marked, database.options()));
    }
  }

  @Test
  void theOrderOfDistinctRowsIsThatOfTheInput() {
    String sql =
        "SELECT DISTINCT s, k FROM (SELECT s, k FROM big ORDER BY s, k) AS t ORDER BY s, k";
    assertThat(rows(sql, little())).isEqualTo(rows(sql, database.options()));
    List<String> found = new ArrayList<>();
    try (Session session = database.session()) {
      // The texts are values of the query's own dictionary, which stays in memory.
      session.setOptions(little().withMemoryLimitBytes(4 * LITTLE));
      String cypher = "MATCH (n:big) WITH n.s AS s ORDER BY s RETURN DISTINCT s";
      try (Result result = session.run(Language.CYPHER, cypher)) {
        result.forEachRemaining(row -> found.add(row.objects().toString()));
      }
      session.setOptions(database.options());
      try (Result result = session.run(Language.CYPHER, cypher)) {
        List<String> expected = new ArrayList<>();
        result.forEachRemaining(row -> expected.add(row.objects().toString()));
        assertThat(found).isEqualTo(expected);
      }
    }
  }

  @Test
  void withoutFilesTheLimitIsAnErrorThatNamesTheOperator() {
    Options none = little().withSpilling(Spilling.DEFAULT.withLimitBytes(0));
    assertThatThrownBy(() -> rows("SELECT * FROM big ORDER BY s", none))
        .isInstanceOfSatisfying(
            QueryException.class,
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.MEMORY_LIMIT);
              assertThat(error.message()).contains("'sort'");
              assertThat(error.hint()).contains("memory_limit");
            });
  }

  @Test
  void theLimitOfFilesIsAnErrorThatNamesTheSetting() throws IOException {
    Options options = little();
    Spilling small = options.spilling().withLimitBytes(100_000);
    assertThatThrownBy(() -> rows("SELECT * FROM big ORDER BY s", options.withSpilling(small)))
        .isInstanceOfSatisfying(
            QueryException.class,
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.MEMORY_LIMIT);
              assertThat(error.hint()).contains("spill_limit");
            });
    assertThat(queriesOnDisk()).isZero();
  }

  @Test
  void aDirectoryThatIsNoneIsAnErrorThatNamesTheSetting() throws IOException {
    Path file = Files.createTempFile("no-directory", "");
    try {
      Options options = little().withSpilling(Spilling.DEFAULT.withDirectory(file));
      assertThatThrownBy(() -> rows("SELECT * FROM big ORDER BY s", options))
          .isInstanceOfSatisfying(
              QueryException.class,
              error -> {
                assertThat(error.code()).isEqualTo(ErrorCode.FILE_ERROR);
                assertThat(error.hint()).contains("spill_directory");
              });
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void aQueryThatSpillsCanBeCancelled() throws Exception {
    String sql =
        "SELECT a.id, b.id, a.s FROM big AS a, big AS b WHERE MOD(a.id, 5) = MOD(b.id, 5)"
            + " ORDER BY a.s, b.s, a.id";
    try (Session session = database.session()) {
      session.setOptions(little());
      CompletableFuture<Boolean> asked =
          CompletableFuture.supplyAsync(() -> {
            try (Result result = session.run(Language.SQL, sql)) {
              return result.hasNext();
            }
          });
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (queriesOnDisk() < 1 && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      session.cancel();
      assertThat(asked)
          .failsWithin(Duration.ofSeconds(20))
          .withThrowableThat()
          .havingRootCause()
          .isInstanceOfSatisfying(
              QueryException.class,
              error -> assertThat(error.code()).isEqualTo(ErrorCode.CANCELLED));
    }
    assertThat(queriesOnDisk()).isZero();
  }

  /// How many queries have a directory. They come and go, and then some cannot be looked at.
  private static long queriesOnDisk() throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      return found.filter(path -> path.getFileName().toString().startsWith("query-")).count();
    } catch (UncheckedIOException gone) {
      return 1;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a.id, b.id FROM (SELECT * FROM big WHERE id <= 20) AS a JOIN big AS b"
            + " ON b.id < a.id * 2 AND b.s > a.s",
        "SELECT a.id, b.id FROM (SELECT * FROM big WHERE id <= 20) AS a LEFT JOIN big AS b"
            + " ON b.id < a.id * 2 - 20 AND b.s > a.s",
        "SELECT a.id, b.id, b.s FROM (SELECT * FROM big WHERE id <= 20) AS a FULL JOIN big AS b"
            + " ON b.id < a.id * 2 - 20 AND b.s > a.s",
        "SELECT s, k FROM big INTERSECT SELECT s, k FROM big WHERE b",
        "SELECT s, k FROM big EXCEPT SELECT s, k FROM big WHERE b",
        "SELECT k FROM big EXCEPT ALL SELECT k FROM other",
        "SELECT k FROM big INTERSECT ALL SELECT k FROM big WHERE id > 20000",
        "SELECT id, row_number() OVER (PARTITION BY k ORDER BY id), sum(f) OVER (PARTITION BY k)"
            + " FROM big",
        "SELECT id, lag(s) OVER (PARTITION BY s, b ORDER BY id DESC) FROM big"
      })
  void otherOperatorsAreTheSame(String sql) throws IOException {
    List<String> expected = sorted(rows(sql, database.options()));
    assertThat(sorted(rows(sql, little()))).isEqualTo(expected);
    assertThat(queriesOnDisk()).isZero();
  }

  @Test
  void aResultThatIsNotReadToItsEndLeavesNoFile() throws IOException {
    try (Session session = database.session()) {
      session.setOptions(little());
      try (Result result = session.run(Language.SQL, "SELECT * FROM big ORDER BY s")) {
        assertThat(result.hasNext()).isTrue();
        assertThat(queriesOnDisk()).isPositive();
      }
    }
    assertThat(queriesOnDisk()).isZero();
  }

  @Test
  void settingsByName() {
    try (Session session = database.session()) {
      session.run(Language.SQL, "SET spill_limit = '3MB'").close();
      session.run(Language.SQL, "SET spill_directory = '/tmp/elsewhere'").close();
      assertThat(session.options().spilling())
          .isEqualTo(new Spilling(Path.of("/tmp/elsewhere"), 3L << 20, false));
    }
    assertThat(rows("SHOW spill_limit", database.options())).containsExactly("[none]");
  }
}
