package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A column of another type is as durable as any other.
class ColumnTypeTest {
  private static final int ROWS = 150_000;

  @TempDir java.nio.file.Path directory;

  private static void run(Session session, String sql) {
    session.run(Language.SQL, sql).close();
  }

  private static String rows(Session session, String sql) {
    try (Result result = session.run(Language.SQL, sql)) {
      return result.toList().stream().map(row -> row.objects().toString()).toList().toString();
    }
  }

  private static void check(Session session) {
    assertThat(rows(session, "SELECT count(*), sum(CAST(v AS BIGINT)), min(v) FROM t"))
        .isEqualTo("[[150001, 11250075000, 0]]");
    assertThat(rows(session, "SELECT v, s FROM t WHERE id = 140000"))
        .isEqualTo("[[140000, s140000]]");
    assertThat(rows(session, "SELECT id FROM t WHERE v = '77777'")).isEqualTo("[[77777]]");
  }

  @Test
  void outlivesTheProcess() {
    java.nio.file.Path store = directory.resolve("db");
    try (Sabot database = Sabot.open(store, Options.defaults());
        Session session = database.session()) {
      run(session, "CREATE TABLE t (id BIGINT PRIMARY KEY, v BIGINT NOT NULL, s TEXT)");
      run(
          session,
          "INSERT INTO t SELECT x, x, 's' || x FROM generate_series(1, " + ROWS + ") AS g(x)");
      run(session, "CREATE INDEX by_v ON t (v)");
      run(session, "ALTER TABLE t ALTER COLUMN v TYPE TEXT");
      run(session, "ALTER TABLE t ALTER COLUMN id TYPE INT");
      run(session, "INSERT INTO t VALUES (0, '0', NULL)");
      run(session, "UPDATE t SET s = 's' || id WHERE id % 1000 = 0");
      check(session);
    }
    try (Sabot database = Sabot.open(store, Options.defaults());
        Session session = database.session()) {
      check(session);
      run(session, "ALTER TABLE t ALTER COLUMN id TYPE BIGINT");
      check(session);
      run(session, "DELETE FROM t WHERE id > 10");
      assertThat(rows(session, "SELECT count(*) FROM t WHERE v IN ('3', '30')")).isEqualTo("[[1]]");
    }
  }
}
