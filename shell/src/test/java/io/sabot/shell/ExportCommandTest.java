package io.sabot.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.util.IsoMatcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is exported can be imported again and is then the same.
class ExportCommandTest {
  private static final String ALL = "SELECT i, b, d, n, w, t, day, clock, moment FROM v ORDER BY i";

  @TempDir private Path folder;
  private String db = "";

  private static String run(String... arguments) {
    CommandLineRun run = CommandLineRun.of(arguments);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  @BeforeEach
  void makeStore() throws IOException {
    db = folder.resolve("db").toString();
    run(
        "run",
        "--db",
        db,
        """
        CREATE TABLE v (i BIGINT, b BOOLEAN, d DOUBLE PRECISION, n DECIMAL(12, 3),
          w DECIMAL(30, 2), t VARCHAR, day DATE, clock TIME, moment TIMESTAMP);
        INSERT INTO v VALUES
          (1, TRUE, 1.5, 1234.567, -123456789012345678901234.25, 'a, "b"', DATE '2024-02-29',
            TIME '12:34:56', TIMESTAMP '1999-12-31 23:59:59'),
          (2, FALSE, -0.25, -0.001, 0.01, 'Zoë 中', DATE '1969-12-31', TIME '00:00:00',
            TIMESTAMP '2024-01-01 00:00:00'),
          (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)\
        """);
    Path trig = folder.resolve("in.trig");
    Files.writeString(
        trig,
        """
        PREFIX : <http://example.org/>
        :a :p 1, 2.5, "x"@en, "é\\n\\"", true, _:b . _:b :q :a, "2024-02-29"^^<urn:type> .
        GRAPH :g { :a :p :c . _:b :q 3 }
        """);
    run("import", db, trig.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "tsv", "jsonl", "arrow", "parquet"})
  void aTableComesBack(String ending) {
    String file = folder.resolve("out." + ending).toString();
    run("export", db, file, ALL);
    String other = folder.resolve("other").toString();
    // Text has less to tell a type by than the other formats.
    if (!ending.equals("arrow") && !ending.equals("parquet")) {
      run(
          "run",
          "--db",
          other,
          """
          CREATE TABLE v (i BIGINT, b BOOLEAN, d DOUBLE PRECISION, n DECIMAL(12, 3),
            w DECIMAL(30, 2), t VARCHAR, day DATE, clock TIME, moment TIMESTAMP)\
          """);
    }
    run("import", other, "--table", "v", file);
    assertThat(run("run", "--db", other, ALL)).isEqualTo(run("run", "--db", db, ALL));
    assertThat(Files.exists(folder.resolve("out." + ending + ".part"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"arrow", "parquet", "csv", "jsonl"})
  void aResultOfCypherIsWritten(String ending) {
    String file = folder.resolve("out." + ending).toString();
    run("export", db, file, "UNWIND range(1, 5000) AS x RETURN x, 'n' + x AS name");
    String other = folder.resolve("other").toString();
    run("import", other, file);
    assertThat(run("run", "--db", other, "SELECT COUNT(*), MAX(name) FROM \"out\"").lines().skip(1))
        .containsExactly("5000,n999");
  }

  @ParameterizedTest
  @ValueSource(strings = {"trig", "nq"})
  void allGraphsComeBack(String ending) {
    Path file = folder.resolve("out." + ending);
    run("export", db, file.toString());
    DatasetGraph expected = RDFDataMgr.loadDatasetGraph(folder.resolve("in.trig").toString());
    DatasetGraph actual = RDFDataMgr.loadDatasetGraph(file.toString());
    assertThat(IsoMatcher.isomorphic(expected, actual)).as(actual.toString()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ttl", "nt"})
  void oneGraphComesBack(String ending) {
    DatasetGraph expected = RDFDataMgr.loadDatasetGraph(folder.resolve("in.trig").toString());
    Path file = folder.resolve("out." + ending);
    run("export", db, file.toString());
    assertThat(
            IsoMatcher.isomorphic(
                expected.getDefaultGraph(),
                RDFDataMgr.loadDatasetGraph(file.toString()).getDefaultGraph()))
        .isTrue();
    run("export", db, file.toString(), "--graph", "http://example.org/g");
    assertThat(RDFDataMgr.loadDatasetGraph(file.toString()).getDefaultGraph().size()).isEqualTo(2);
    run("export", db, file.toString(), "CONSTRUCT { ?o <urn:of> ?s } WHERE { ?s ?p ?o }");
    assertThat(RDFDataMgr.loadDatasetGraph(file.toString()).getDefaultGraph().size()).isPositive();
  }

  @Test
  void whatFailsLeavesNoFile() {
    Path file = folder.resolve("out.csv");
    CommandLineRun run =
        CommandLineRun.of("export", db, file.toString(), "SELECT 1 / (i - 1) FROM v");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).startsWith("error[");
    assertThat(folder.toFile().list()).doesNotContain("out.csv", "out.csv.part");
    run = CommandLineRun.of("export", db, folder.resolve("out.xyz").toString(), "SELECT 1");
    assertThat(run.err()).startsWith("error[UNSUPPORTED] ");
    run = CommandLineRun.of("export", db, file.toString());
    assertThat(run.err()).startsWith("error[INVALID_ARGUMENT] ");
  }
}
