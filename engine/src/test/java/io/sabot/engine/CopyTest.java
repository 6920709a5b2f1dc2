package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// COPY writes what it reads, below its folder only.
class CopyTest {
  private static final String ROWS =
      "[[1, a,b \"c\", 1.50, 2024-01-02], [2, null, null, null], [3, ü, -0.25, null]]";

  @TempDir java.nio.file.Path directory;
  private final Sabot database = Sabot.inMemory();
  private final Session session = database.session();

  @BeforeEach
  void fill() {
    session.setOptions(
        session.options().withAccess(Access.NOTHING.withDocuments(directory.resolve("data"))));
    directory.resolve("data").toFile().mkdirs();
    run("CREATE TABLE t (id BIGINT PRIMARY KEY, s TEXT, d DECIMAL(6, 2), w DATE)");
    run("CREATE TABLE u (id BIGINT PRIMARY KEY, s TEXT, d DECIMAL(6, 2), w DATE)");
    run(
        "INSERT INTO t VALUES (1, 'a,b \"c\"', 1.5, DATE '2024-01-02'), (2, NULL, NULL, NULL),"
            + " (3, 'ü', -0.25, NULL)");
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  private void run(String sql) {
    session.run(Language.SQL, sql).close();
  }

  private String rows(String sql) {
    try (Result result = session.run(Language.SQL, sql)) {
      return result.toList().stream().map(row -> row.objects().toString()).toList().toString();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "jsonl", "parquet", "arrow"})
  void whatWasWrittenIsRead(String format) {
    assertThat(rows("COPY t TO 'x." + format + "'")).isEqualTo("[[3]]");
    assertThat(rows("COPY u FROM 'x." + format + "'")).isEqualTo("[[3]]");
    assertThat(rows("SELECT * FROM u ORDER BY id")).isEqualTo(ROWS);
  }

  @Test
  void aQueryIsWrittenInTheFormatAskedFor() throws IOException {
    assertThat(rows("COPY (SELECT id, s FROM t WHERE id < 3) TO 'out' WITH (FORMAT csv, HEADER)"))
        .isEqualTo("[[2]]");
    assertThat(Files.readString(directory.resolve("data").resolve("out")))
        .isEqualTo("id,s\n1,\"a,b \"\"c\"\"\"\n2,\n");
  }

  @Test
  void aFileThatDoesNotFitLeavesNothing() throws IOException {
    Files.writeString(
        directory.resolve("data").resolve("bad.csv"), "id,s,d,w\n7,x,1,\n1,y,2,\n7,z,3,\n");
    session.begin();
    run("INSERT INTO u (id) VALUES (100)");
    assertThatThrownBy(() -> run("COPY u FROM 'bad.csv'")).hasMessageContaining("'u'");
    run("COMMIT");
    assertThat(rows("SELECT id FROM u")).isEqualTo("[[100]]");
  }

  @Test
  void filesOutsideAreOutOfReach() throws IOException {
    Files.writeString(directory.resolve("secret.csv"), "id\n1\n");
    assertThatThrownBy(() -> run("COPY t TO '../x.csv'")).hasMessageContaining("may not reach");
    assertThatThrownBy(() -> run("COPY u FROM '../secret.csv'"))
        .hasMessageContaining("may not reach");
    Files.createSymbolicLink(
        directory.resolve("data").resolve("link.csv"), directory.resolve("secret.csv"));
    assertThatThrownBy(() -> run("COPY u FROM 'link.csv'")).hasMessageContaining("may not reach");
    session.setOptions(session.options().withAccess(Access.NOTHING));
    assertThatThrownBy(() -> run("COPY t TO 'x.csv'")).hasMessageContaining("any file");
  }

  @Test
  void whatIsNotSupportedSaysSo() {
    run("CREATE TABLE g (a INT, b INT GENERATED ALWAYS AS (a + 1) STORED)");
    run("COPY (SELECT 1 AS a) TO 'g.csv'");
    assertThatThrownBy(() -> run("COPY g FROM 'g.csv'")).hasMessageContaining("generated columns");
    assertThatThrownBy(() -> run("COPY t (id) TO 'g.csv'")).hasMessageContaining("some columns");
    assertThatThrownBy(() -> run("COPY t TO 'g.xyz'")).hasMessageContaining("no format 'xyz'");
  }
}
