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

/// Files in the FROM of a query are read as they are at that moment.
class FilesInPlaceTest {
  @TempDir java.nio.file.Path directory;
  private final Sabot database = Sabot.inMemory();
  private final Session session = database.session();

  @BeforeEach
  void allow() {
    session.setOptions(session.options().withAccess(Access.NOTHING.withDocuments(directory)));
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

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "jsonl", "parquet", "arrow"})
  void everyFormatHasWhatWasWritten(String format) {
    run("CREATE TABLE t (id BIGINT PRIMARY KEY, s TEXT, d DECIMAL(18, 2), w DATE, b BOOLEAN)");
    run(
        "INSERT INTO t VALUES (1, 'a,b \"c\"', 1.5, DATE '2024-01-02', TRUE),"
            + " (2, NULL, NULL, NULL, NULL), (3, 'ü', -0.25, NULL, FALSE)");
    run("COPY t TO 'x." + format + "'");
    String file = "'x." + format + "'";
    String all = rows("SELECT * FROM t ORDER BY id");
    assertThat(rows("SELECT * FROM " + file + " ORDER BY id")).isEqualTo(all);
    assertThat(rows("SELECT b, s FROM " + file + " WHERE id <> 2 AND d < 1"))
        .isEqualTo("[[false, ü]]");
    assertThat(rows("SELECT count(*) FROM " + file)).isEqualTo("[[3]]");
    assertThat(rows("SELECT x.id FROM " + file + " JOIN t ON t.id = x.id + 1 ORDER BY 1"))
        .isEqualTo("[[1], [2]]");
  }

  @Test
  void aWideDecimalIsExact() {
    run("COPY (SELECT 12345678901234567890.25 AS d, -1.5 AS e) TO 'x.parquet'");
    assertThat(rows("SELECT d + 1, e FROM 'x.parquet'"))
        .isEqualTo("[[12345678901234567891.25, -1.5]]");
  }

  @Test
  void aFileThatChangesIsReadAgain() throws IOException {
    write("x.csv", "a,b\n1,x\n");
    assertThat(rows("SELECT * FROM 'x.csv'")).isEqualTo("[[1, x]]");
    write("x.csv", "b\n2.5\n");
    assertThat(rows("SELECT * FROM 'x.csv'")).isEqualTo("[[2.5]]");
    run("CREATE VIEW v AS SELECT * FROM 'x.csv'");
    write("x.csv", "b,c\n3,4\n");
    assertThat(rows("SELECT * FROM v")).isEqualTo("[[3, 4]]");
    Files.delete(directory.resolve("x.csv"));
    assertThatThrownBy(() -> rows("SELECT * FROM v")).hasMessageContaining("does not exist");
  }

  @Test
  void aTypeThatFailsLateSaysWhereAndWhatHelps() throws IOException {
    StringBuilder text = new StringBuilder("a\n");
    for (int i = 0; i < 10_000; i++) {
      text.append(i).append('\n');
    }
    write("x.csv", text.append("late\n").toString());
    assertThatThrownBy(() -> rows("SELECT max(a) FROM 'x.csv'"))
        .hasMessageContaining("x.csv:10002: column 'a': 'late' is not a valid");
    assertThat(rows("SELECT count(*) FROM read_csv('x.csv', sample_size = -1) WHERE a = 'late'"))
        .isEqualTo("[[1]]");
    assertThat(rows("SELECT max(a) FROM read_csv('x.csv', all_varchar = true)"))
        .isEqualTo("[[late]]");
    assertThat(rows("SELECT a FROM 'x.csv' LIMIT 2")).isEqualTo("[[0], [1]]");
  }

  @Test
  void whatIsReadDoesNotStayInMemory() throws IOException {
    StringBuilder text = new StringBuilder("a,b\n");
    for (int i = 0; i < 300_000; i++) {
      text.append(i).append(",some text that is not short ").append(i).append('\n');
    }
    write("x.csv", text.toString());
    session.setOptions(session.options().withMemoryLimitBytes(4 << 20));
    assertThat(rows("SELECT count(*), max(length(b)) FROM 'x.csv'")).isEqualTo("[[300000, 34]]");
  }

  @Test
  void onlyWhatIsNeededIsRead() throws IOException {
    write("x.csv", "a,b,c\n1,2,3\n");
    String plan = rows("EXPLAIN SELECT b FROM 'x.csv' WHERE a > 0 LIMIT 1");
    assertThat(plan)
        .contains("file 'x.csv' csv [delim = ',', header = 'true'] rows 1 [a#1 = 'a', b#2 = 'b']")
        .contains("where a#1 > 0");
  }

  @Test
  void compressedTextIsRead() throws IOException {
    try (var out =
        new java.util.zip.GZIPOutputStream(Files.newOutputStream(directory.resolve("x.csv.gz")))) {
      out.write("a\n7\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    assertThat(rows("SELECT x.a FROM 'x.csv.gz'")).isEqualTo("[[7]]");
  }
}
