package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.sabot.engine.io.BulkLoad;
import io.sabot.engine.io.FileImport;
import io.sabot.plan.error.QueryException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that DuckDB and others write, read into tables.
class FileImportTest {
  /// One column of each type that tables have a counterpart for, with nulls, over several pages.
  private static final String TYPES =
      """
      SELECT CAST(i AS INTEGER) AS int_col, CAST(i * 10000000000 AS BIGINT) AS bigint_col,
        CAST(i %% 200 AS UTINYINT) AS unsigned_col, CAST(i / 8 AS DOUBLE) AS double_col,
        CAST(i / 4 AS FLOAT) AS float_col, i %% 3 = 0 AS bool_col,
        CAST(i / 100.0 AS DECIMAL(9, 2)) AS small_decimal,
        CAST(i AS DECIMAL(18, 4)) AS decimal_col, CAST(i * 1e15 AS DECIMAL(30, 3)) AS wide_decimal,
        DATE '2000-01-01' + CAST(i AS INTEGER) AS date_col,
        TIMESTAMP '2020-02-29 12:00:00.5' + INTERVAL 1 SECOND * i AS timestamp_col,
        CASE WHEN i %% 7 = 0 THEN NULL ELSE 'text ' || (i %% 1000) END AS text_col
      FROM range(%d) AS r(i)\
      """;

  @TempDir private Path folder;

  private final List<String> rejected = new ArrayList<>();

  private long load(Sabot database, Path file, int errorsMax) {
    FileImport reader = new FileImport("t", null, errorsMax, rejected::add, (_, _, _, _) -> {});
    try (BulkLoad load = BulkLoad.begin(database)) {
      long rows = load.read(reader, file);
      load.commit();
      return rows;
    }
  }

  private static List<List<Object>> rows(Sabot database, String sql) {
    List<List<Object>> rows = new ArrayList<>();
    try (Session session = database.session();
        Result result = session.run(Language.SQL, sql, Map.of())) {
      while (result.hasNext()) {
        Row row = result.next();
        List<Object> values = new ArrayList<>();
        for (int c = 0; c < result.columns().size(); c++) {
          values.add(String.valueOf(row.get(c)));
        }
        rows.add(values);
      }
    }
    return rows;
  }

  private static List<List<Object>> duckRows(Connection duck, String sql) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    try (var statement = duck.createStatement();
        var result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<Object> values = new ArrayList<>();
        for (int c = 1; c <= result.getMetaData().getColumnCount(); c++) {
          values.add(String.valueOf(result.getObject(c)));
        }
        rows.add(values);
      }
    }
    return rows;
  }

  private static Connection duck() throws SQLException {
    return DriverManager.getConnection("jdbc:duckdb:");
  }

  /// Compared as sums, extremes and counts, which see every value, and as texts of a few rows.
  private static final String SUMMARY =
      """
      SELECT COUNT(*), COUNT(text_col), SUM(int_col), MAX(bigint_col), SUM(unsigned_col),
        SUM(small_decimal), SUM(decimal_col), SUM(wide_decimal), MIN(date_col), MAX(date_col),
        MAX(text_col), MIN(text_col),
        SUM(CASE WHEN bool_col THEN 1 ELSE 0 END)
      FROM t\
      """;

  private static final String SAMPLE =
      """
      SELECT int_col, double_col, float_col, bool_col, small_decimal, wide_decimal, date_col,
        text_col, CAST(timestamp_col AS VARCHAR) AS timestamp_text
      FROM t WHERE int_col IN (0, 1, 7, 4095, 65536, 149999) ORDER BY int_col\
      """;

  @ParameterizedTest
  @ValueSource(strings = {"snappy", "zstd", "gzip", "uncompressed", "lz4_raw"})
  void parquetOfEveryTypeAndCodec(String codec) throws SQLException {
    Path file = folder.resolve("t.parquet");
    try (Connection duck = duck();
        Sabot database = Sabot.inMemory()) {
      try (var statement = duck.createStatement()) {
        statement.execute("CREATE TABLE t AS " + TYPES.formatted(150_000));
        statement.execute("COPY t TO '" + file + "' (FORMAT parquet, COMPRESSION " + codec + ")");
      }
      assertThat(load(database, file, 0)).isEqualTo(150_000);
      assertThat(rows(database, SUMMARY)).isEqualTo(duckRows(duck, SUMMARY));
      assertThat(rows(database, SAMPLE)).isEqualTo(duckRows(duck, SAMPLE));
    }
  }

  @Test
  void aFileThatIsNoParquetIsNamed() throws IOException {
    Path file = folder.resolve("t.parquet");
    Files.writeString(file, "not a parquet file, but long enough to look for its footer");
    try (Sabot database = Sabot.inMemory()) {
      assertThatThrownBy(() -> load(database, file, 0))
          .isInstanceOf(QueryException.class)
          .hasMessageContaining("is not a sound Parquet file");
    }
  }

  @Test
  void jsonLinesBecomeColumns() throws IOException {
    Path file = folder.resolve("t.jsonl");
    Files.writeString(
        file,
        """
        {"id": 1, "name": "Ann", "born": "1990-02-03", "size": 1.5, "tags": ["a", "b"]}
        {"id": 2, "name": null, "born": "1991-12-31", "size": 2, "extra": true}

        {"id": 3, "code": "007"}
        """);
    try (Sabot database = Sabot.inMemory()) {
      assertThat(load(database, file, 0)).isEqualTo(3);
      assertThat(
              rows(database, "SELECT id, name, born, size, tags, extra, code FROM t ORDER BY id"))
          .containsExactly(
              List.of("1", "Ann", "1990-02-03", "1.5", "[\"a\",\"b\"]", "null", "null"),
              List.of("2", "null", "1991-12-31", "2.0", "null", "true", "null"),
              List.of("3", "null", "null", "null", "null", "null", "007"));
    }
  }

  @Test
  void badRowsAreCountedByLine() throws IOException {
    StringBuilder csv = new StringBuilder("id,amount\n");
    for (int i = 1; i <= 20_000; i++) {
      csv.append(i).append(',').append(i % 100 == 0 ? "x" : String.valueOf(i * 2)).append('\n');
    }
    Path file = folder.resolve("t.csv");
    Files.writeString(file, csv);
    try (Sabot database = Sabot.inMemory()) {
      try (Session session = database.session()) {
        session.run(Language.SQL, "CREATE TABLE t (id INTEGER, amount BIGINT)", Map.of()).close();
      }
      assertThatThrownBy(() -> load(database, file, 199))
          .hasMessageContaining(":20001: column 'amount'");
      assertThat(rows(database, "SELECT COUNT(*) FROM t")).containsExactly(List.of("0"));
      rejected.clear();
      assertThat(load(database, file, 200)).isEqualTo(19_800);
      assertThat(rejected).hasSize(200);
      assertThat(rejected.getFirst()).contains(":101: column 'amount': 'x' is not a valid");
      assertThat(rows(database, "SELECT COUNT(*), SUM(amount) FROM t"))
          .containsExactly(List.of("19800", "396000000"));
    }
  }

  @Test
  void badJsonLinesAreCountedByLine() throws IOException {
    StringBuilder json = new StringBuilder();
    for (int i = 1; i <= 20_000; i++) {
      json.append("{\"id\": ").append(i).append(i % 100 == 0 ? ", \"amount\": " : "");
      json.append(i % 100 == 0 ? "" : ", \"amount\": " + i * 2 + "}").append('\n');
    }
    Path file = folder.resolve("t.jsonl");
    Files.writeString(file, json);
    try (Sabot database = Sabot.inMemory()) {
      assertThatThrownBy(() -> load(database, file, 199)).hasMessageContaining(":20000: ");
      rejected.clear();
      assertThat(load(database, file, 200)).isEqualTo(19_800);
      assertThat(rejected).hasSize(200);
      assertThat(rejected.getFirst()).contains("t.jsonl:100: ");
      assertThat(rows(database, "SELECT COUNT(*), SUM(amount) FROM t"))
          .containsExactly(List.of("19800", "396000000"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.nt", "t.nq", "t.nt.gz"})
  void badLinesOfTriplesAreCountedByLine(String name) throws IOException {
    StringBuilder lines = new StringBuilder("# a comment counts as a line\n");
    for (int i = 1; i <= 20_000; i++) {
      String object =
          i % 100 == 0 ? "\"open" : i % 3 == 0 ? "\"" + i + "\"@en" : "<urn:o" + i + ">";
      lines.append("<http://example.org/").append(i).append("> <urn:p> ").append(object);
      lines.append(" .\n");
    }
    Path file = folder.resolve(name);
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream out = name.endsWith(".gz") ? compressed(raw, ".gz") : raw) {
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
    try (Sabot database = Sabot.inMemory()) {
      assertThatThrownBy(() -> load(database, file, 199)).hasMessageContaining(":20001: ");
      assertThat(triples(database)).isEqualTo("0");
      rejected.clear();
      assertThat(load(database, file, 200)).isEqualTo(19_800);
      assertThat(rejected).hasSize(200);
      assertThat(rejected.getFirst()).contains(name + ":101: ");
      assertThat(triples(database)).isEqualTo("19800");
    }
  }

  private static String triples(Sabot database) {
    String query = "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }";
    try (Session session = database.session();
        Result result = session.run(Language.SPARQL, query, Map.of())) {
      return String.valueOf(result.next().get(0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".gz", ".zst", ".bz2"})
  void compressedFilesAreRead(String ending) throws IOException {
    Path file = folder.resolve("t.csv" + ending);
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream out = compressed(raw, ending)) {
      out.write("a,b\n1,x\n2,y\n".getBytes(StandardCharsets.UTF_8));
    }
    try (Sabot database = Sabot.inMemory()) {
      assertThat(load(database, file, 0)).isEqualTo(2);
      assertThat(rows(database, "SELECT a, b FROM t ORDER BY a"))
          .containsExactly(List.of("1", "x"), List.of("2", "y"));
    }
  }

  private static OutputStream compressed(OutputStream out, String ending) throws IOException {
    return switch (ending) {
      case ".gz" -> new GZIPOutputStream(out);
      case ".zst" -> new ZstdOutputStream(out);
      default -> new BZip2CompressorOutputStream(out);
    };
  }

  @Test
  void compressedTriplesAreRead() throws IOException {
    Path file = folder.resolve("t.ttl.gz");
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream out = new GZIPOutputStream(raw)) {
      out.write(
          "<urn:a> <urn:p> 1, 2 . <urn:b> <urn:p> \"x\"@en .".getBytes(StandardCharsets.UTF_8));
    }
    try (Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      assertThat(load(database, file, 0)).isEqualTo(3);
      try (Result result =
          session.run(Language.SPARQL, "SELECT (COUNT(*) AS ?n) { ?s <urn:p> ?o }", Map.of())) {
        assertThat(result.next().get(0)).hasToString("3");
      }
    }
  }
}
