package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Numbers of sequences are given once, whatever happens in between.
class SequenceTest {
  @TempDir java.nio.file.Path directory;

  private static @Nullable Object one(Session session, String sql) {
    try (Result result = session.run(Language.SQL, sql)) {
      return result.next().get(0);
    }
  }

  private static void run(Session session, String sql) {
    session.run(Language.SQL, sql).close();
  }

  @Test
  void numbersGoOnAfterAReopening() {
    try (Sabot database = Sabot.open(directory.resolve("db"), Options.defaults());
        Session session = database.session()) {
      run(session, "CREATE SEQUENCE s");
      run(session, "CREATE TABLE t (id BIGSERIAL PRIMARY KEY, x INT)");
      run(session, "INSERT INTO t (x) VALUES (1), (2)");
      assertThat(one(session, "SELECT nextval('s')")).isEqualTo(1L);
    }
    try (Sabot database = Sabot.open(directory.resolve("db"), Options.defaults());
        Session session = database.session()) {
      assertThat(one(session, "SELECT nextval('s')")).isEqualTo(2L);
      assertThat(one(session, "INSERT INTO t (x) VALUES (3) RETURNING id")).isEqualTo(3L);
    }
  }

  @Test
  void numbersAreNotGivenAgainAfterARollback() {
    try (Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      run(session, "CREATE SEQUENCE s");
      session.begin();
      assertThat(one(session, "SELECT nextval('s')")).isEqualTo(1L);
      session.rollback();
      assertThat(one(session, "SELECT nextval('s')")).isEqualTo(2L);
    }
  }

  @Test
  void whatWasSeenIsNotGivenAgainAfterACrash() throws IOException {
    java.nio.file.Path live = directory.resolve("live");
    java.nio.file.Path crashed = directory.resolve("crashed");
    try (Sabot database = Sabot.open(live, Options.defaults());
        Session session = database.session()) {
      run(session, "CREATE SEQUENCE s");
      for (long i = 1; i <= 5; i++) {
        assertThat(one(session, "SELECT nextval('s')")).isEqualTo(i);
      }
      copy(live, crashed);
    }
    try (Sabot database = Sabot.open(crashed, Options.defaults());
        Session session = database.session()) {
      assertThat(one(session, "SELECT nextval('s')")).isEqualTo(6L);
    }
  }

  /// What a crash leaves: the files as they are while the store is open.
  private static void copy(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
    try (Stream<java.nio.file.Path> files = Files.walk(from)) {
      for (java.nio.file.Path file : files.toList()) {
        java.nio.file.Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  @Test
  void columnsAddedAndDroppedSurviveAReopening() {
    try (Sabot database = Sabot.open(directory.resolve("ddl"), Options.defaults());
        Session session = database.session()) {
      run(session, "CREATE TABLE t (a INT, b INT, c INT)");
      run(session, "INSERT INTO t VALUES (1, 2, 3)");
      run(session, "ALTER TABLE t DROP COLUMN c");
      run(session, "ALTER TABLE t ADD COLUMN d TEXT DEFAULT 'd'");
      run(session, "COMMENT ON TABLE t IS 'note'");
    }
    try (Sabot database = Sabot.open(directory.resolve("ddl"), Options.defaults());
        Session session = database.session()) {
      run(session, "INSERT INTO t (a) VALUES (7)");
      try (Result result = session.run(Language.SQL, "SELECT * FROM t ORDER BY a", Map.of())) {
        assertThat(
                result.toList().stream().map(row -> row.objects().toString()).toList().toString())
            .isEqualTo("[[1, 2, d], [7, null, d]]");
      }
      assertThat(session.catalog().comments()).containsValue("note");
    }
  }

  @Test
  void aColumnThatCannotBeFilledLeavesNoTrace() {
    try (Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      run(session, "CREATE TABLE t (a INT)");
      run(session, "INSERT INTO t VALUES (0)");
      assertThat(failure(session, "ALTER TABLE t ADD COLUMN b INT DEFAULT 1 / (1 - 1)"))
          .contains("division by zero");
      assertThat(session.catalog().tables().getFirst().columns()).hasSize(1);
    }
  }

  private static String failure(Session session, String sql) {
    try {
      run(session, sql);
      return "";
    } catch (RuntimeException failed) {
      return String.valueOf(failed.getMessage());
    }
  }
}
