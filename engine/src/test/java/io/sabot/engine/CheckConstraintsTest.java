package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.engine.io.BulkLoad;
import io.sabot.engine.io.FileImport;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// CHECK constraints hold for every write of a table: statements, updates, imports, what is there
/// when they are added. A condition that is unknown holds.
class CheckConstraintsTest {
  private final Sabot database = Sabot.inMemory();
  private final Session session = database.session();

  @AfterEach
  void close() {
    assertThat(database.check(step -> {})).isEmpty();
    session.close();
    database.close();
  }

  private void run(String text) {
    session.run(Language.SQL, text).close();
  }

  private void fails(String text, ErrorCode code, String... words) {
    assertThatThrownBy(() -> run(text))
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> {
              assertThat(e.code()).as(e.message()).isEqualTo(code);
              assertThat(List.of(words)).allMatch(e.message()::contains, e.message());
            });
  }

  private long count() {
    try (Result result = session.run(Language.SQL, "SELECT COUNT(*) FROM t")) {
      return ((Number) result.toList().getFirst().objects().getFirst()).longValue();
    }
  }

  private void create() {
    run(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER CHECK (a > 0),"
            + " b VARCHAR CONSTRAINT short CHECK (CHAR_LENGTH(b) < 5), c DATE,"
            + " CONSTRAINT pair CHECK (a < 100 OR (b <> 'x' AND c > DATE '2020-01-01')))");
  }

  @Test
  void statementsThatBreakOneFailAsAWhole() {
    create();
    run("INSERT INTO t VALUES (1, 5, 'x', NULL), (2, NULL, NULL, NULL)");
    fails(
        "INSERT INTO t VALUES (3, 1, 'y', NULL), (4, -7, 'z', NULL)",
        ErrorCode.CHECK_VIOLATION,
        "'t'",
        "'a_check'",
        "-7",
        "a > 0");
    fails("UPDATE t SET b = 'longer' WHERE id = 1", ErrorCode.CHECK_VIOLATION, "short", "'longer'");
    fails("UPDATE t SET a = 200 WHERE id = 1", ErrorCode.CHECK_VIOLATION, "pair", "a = 200");
    run("UPDATE t SET a = 200, b = 'y', c = DATE '2021-01-01' WHERE id = 1");
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void aTransactionKeepsWhatWasRight() {
    create();
    session.begin();
    run("INSERT INTO t VALUES (1, 5, 'x', NULL)");
    fails("INSERT INTO t VALUES (2, 0, 'x', NULL)", ErrorCode.CHECK_VIOLATION);
    run("INSERT INTO t VALUES (3, 5, 'x', NULL)");
    session.commit();
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void importsObeyToo(@TempDir Path directory) throws IOException {
    create();
    StringBuilder csv = new StringBuilder("id,a,b,c\n");
    for (int i = 1; i <= 20_000; i++) {
      csv.append(i).append(i == 19_000 ? ",0" : ",7").append(",x,2021-01-01\n");
    }
    Path file = directory.resolve("rows.csv");
    Files.writeString(file, csv);
    assertThatThrownBy(() -> load(file)).isInstanceOf(QueryException.class);
    assertThat(count()).isZero();
    Files.writeString(file, csv.toString().replace(",0,", ",9,"));
    load(file);
    assertThat(count()).isEqualTo(20_000);
  }

  private void load(Path file) throws IOException {
    try (BulkLoad load = BulkLoad.begin(database)) {
      load.read(new FileImport("t", null, 0, bad -> {}, (name, rows, read, total) -> {}), file);
      load.commit();
    }
  }

  @Test
  void addedAndDroppedLater() {
    run("CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER)");
    run("INSERT INTO t VALUES (1, 5), (2, 50)");
    fails("ALTER TABLE t ADD CHECK (a < 10)", ErrorCode.CHECK_VIOLATION, "a = 50");
    run("ALTER TABLE t ADD CONSTRAINT small CHECK (a < 100)");
    fails("ALTER TABLE t ADD CONSTRAINT small CHECK (a < 90)", ErrorCode.DUPLICATE_NAME);
    fails("INSERT INTO t VALUES (3, 100)", ErrorCode.CHECK_VIOLATION, "small");
    run("ALTER TABLE t DROP CONSTRAINT small");
    run("INSERT INTO t VALUES (3, 100)");
    run("ALTER TABLE t DROP CONSTRAINT IF EXISTS small");
    fails("ALTER TABLE t DROP CONSTRAINT small", ErrorCode.UNKNOWN_TABLE, "'small'");
    run("ALTER TABLE t ADD CONSTRAINT one UNIQUE (a)");
    fails("INSERT INTO t VALUES (4, 100)", ErrorCode.UNIQUE_VIOLATION, "'one'");
    run("ALTER TABLE t DROP CONSTRAINT one");
    run("INSERT INTO t VALUES (4, 100)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE u (a INTEGER CHECK (a))",
        "CREATE TABLE u (a INTEGER CHECK (b > 1))",
        "CREATE TABLE u (a INTEGER CHECK (a > (SELECT 1)))",
        "CREATE TABLE u (a TIMESTAMP CHECK (a > CURRENT_TIMESTAMP))",
        "CREATE TABLE u (a INTEGER CHECK (a > 1)",
        "CREATE TABLE u (a INTEGER CHECK (SUM(a) > 1))",
        "CREATE TABLE u (a INTEGER, CONSTRAINT c CHECK (a > 1), CONSTRAINT C CHECK (a > 2))",
        "ALTER TABLE t ADD COLUMN x INTEGER CHECK (x)"
      })
  void whatCannotBeCheckedIsRefused(String text) {
    create();
    assertThatThrownBy(() -> run(text))
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> assertThat(e.code()).as(e.message()).isNotEqualTo(ErrorCode.INTERNAL));
  }

  @Test
  void theySurviveReopening(@TempDir Path directory) {
    try (Sabot first = Sabot.open(directory.resolve("db"));
        Session writer = first.session()) {
      writer.run(Language.SQL, "CREATE TABLE t (a INTEGER CHECK (a IN (1, 2)))").close();
    }
    try (Sabot second = Sabot.open(directory.resolve("db"));
        Session writer = second.session()) {
      writer.run(Language.SQL, "INSERT INTO t VALUES (1), (NULL)").close();
      assertThatThrownBy(() -> writer.run(Language.SQL, "INSERT INTO t VALUES (3)").close())
          .isInstanceOf(QueryException.class);
    }
  }
}
