package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.plan.error.QueryException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Views whose rows are kept: by the store, and whole for those who read.
class MaterializedViewTest {
  @TempDir java.nio.file.Path directory;

  private static void run(Session session, String sql) {
    session.run(Language.SQL, sql).close();
  }

  private static String rows(Session session, String sql) {
    try (Result result = session.run(Language.SQL, sql)) {
      return result.toList().stream().map(row -> row.objects().toString()).toList().toString();
    }
  }

  @Test
  void isThereWhenTheDatabaseIsOpenedAgain() {
    java.nio.file.Path store = directory.resolve("db");
    try (Sabot database = Sabot.open(store, Options.defaults());
        Session session = database.session()) {
      run(session, "CREATE TABLE t (a INT)");
      run(session, "INSERT INTO t VALUES (1), (2)");
      run(session, "CREATE MATERIALIZED VIEW m AS SELECT max(a) AS top FROM t");
      run(session, "CREATE MATERIALIZED VIEW e AS SELECT a FROM t WITH NO DATA");
      run(session, "INSERT INTO t VALUES (3)");
    }
    try (Sabot database = Sabot.open(store, Options.defaults());
        Session session = database.session()) {
      assertThat(rows(session, "SELECT * FROM m")).isEqualTo("[[2]]");
      assertThatThrownBy(() -> rows(session, "SELECT * FROM e"))
          .isInstanceOf(QueryException.class)
          .hasMessageContaining("has not been populated");
      run(session, "REFRESH MATERIALIZED VIEW m");
      assertThat(rows(session, "SELECT * FROM m")).isEqualTo("[[3]]");
      assertThatThrownBy(() -> run(session, "DROP TABLE t")).hasMessageContaining("needs 't'");
    }
  }

  @Test
  void aReaderSeesTheOldRowsOrTheNew() throws InterruptedException {
    try (Sabot database = Sabot.inMemory();
        Session writer = database.session();
        Session reader = database.session()) {
      run(writer, "CREATE TABLE t (a BIGINT, v BIGINT)");
      run(writer, "INSERT INTO t SELECT x, 0 FROM generate_series(1, 500) AS g(x)");
      run(writer, "CREATE MATERIALIZED VIEW m AS SELECT a, v FROM t");
      AtomicBoolean isOver = new AtomicBoolean();
      Thread refreshes =
          Thread.ofPlatform()
              .start(() -> {
                for (int round = 0; round < 20; round++) {
                  run(writer, "UPDATE t SET v = v + 1");
                  run(writer, "REFRESH MATERIALIZED VIEW m");
                }
                isOver.set(true);
              });
      while (!isOver.get() && refreshes.isAlive()) {
        assertThat(rows(reader, "SELECT count(*), count(DISTINCT v) FROM m"))
            .isEqualTo("[[500, 1]]");
      }
      refreshes.join();
      assertThat(rows(reader, "SELECT DISTINCT v FROM m")).isEqualTo("[[20]]");
    }
  }

  @Test
  void isNotRefreshedByWhoOnlyReads() {
    try (Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      run(session, "CREATE MATERIALIZED VIEW m AS SELECT 1 AS a");
      session.setReadOnly(true);
      assertThatThrownBy(() -> run(session, "REFRESH MATERIALIZED VIEW m"))
          .hasMessageContaining("read-only");
      assertThat(rows(session, "SELECT * FROM m")).isEqualTo("[[1]]");
    }
  }
}
