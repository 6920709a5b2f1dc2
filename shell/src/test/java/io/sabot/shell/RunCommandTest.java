package io.sabot.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.engine.Sabot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every failure is one message and exit code 1, and the store still answers after it.
class RunCommandTest {
  @TempDir private Path folder;
  private String db = "";

  @BeforeEach
  void makeStore() {
    db = folder.resolve("db").toString();
    CommandLineRun made =
        CommandLineRun.of(
            "run",
            "--db",
            db,
            "CREATE TABLE person (id INTEGER PRIMARY KEY, age INTEGER);"
                + " INSERT INTO person (id, age) VALUES (1, 30)");
    assertThat(made.code()).as(made.err()).isZero();
  }

  private void assertStoreAnswers() {
    CommandLineRun run = CommandLineRun.of("run", "--db", db, "SELECT age FROM person");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("age\n30\n");
  }

  private void assertFails(CommandLineRun run, String code) {
    assertThat(run.code()).as(run.err()).isEqualTo(1);
    assertThat(run.err()).startsWith("error[" + code + "] ").doesNotContain("\tat ");
    assertThat(run.err().lines().filter(line -> line.startsWith("error"))).hasSize(1);
    assertThat(run.out()).isEmpty();
    assertStoreAnswers();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SYNTAX_ERROR   | SELECT * FROM person WHERE
          SYNTAX_ERROR   | MATCH (n RETURN n
          SYNTAX_ERROR   | SELECT ?s WHERE { ?s ?p }
          SYNTAX_ERROR   | SELEC 1
          UNKNOWN_TABLE  | SELECT age FROM persn
          UNKNOWN_COLUMN | SELECT agge FROM person
          UNKNOWN_PREFIX | SELECT * WHERE { ?s foo:bar ?o }
          UNKNOWN_VARIABLE | RETURN x
          """)
  void aPlaceInTheQuery(String code, String query) {
    CommandLineRun run = CommandLineRun.of("run", "--db", db, query);
    assertFails(run, code);
    assertThat(run.err()).contains("line 1, column ").contains(query).contains("^");
  }

  @Test
  void anUnknownTableHasAHint() {
    assertThat(CommandLineRun.of("run", "--db", db, "SELECT age FROM persn").err())
        .contains("hint: did you mean 'person'?");
  }

  @Test
  void anUnknownLabelOrTypeOfWhichNothingCanBeFound() {
    CommandLineRun run = CommandLineRun.of("run", "--db", db, "MATCH (n:persom) RETURN n.age");
    assertFails(run, "UNKNOWN_LABEL");
    assertThat(run.err())
        .contains("nothing has the label 'persom'")
        .contains("line 1, column 10")
        .contains("hint: did you mean 'person'?");
    assertFails(
        CommandLineRun.of("run", "--db", db, "MATCH (:person)-[:LIKES]->(n) RETURN n"),
        "UNKNOWN_LABEL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OPTIONAL MATCH (n:persom) RETURN n.age",
        "MATCH (n:person|persom) RETURN n.age",
        "MATCH (n:person WHERE n.age > 1) OPTIONAL MATCH (n)-[:LIKES]->(m) RETURN m",
        "MATCH (n:person) RETURN n.age AS a UNION ALL MATCH (n:persom) RETURN n.age AS a"
      })
  void anUnknownNameThatIsNotRequiredIsAWarning(String query) {
    CommandLineRun run = CommandLineRun.of("run", "--db", db, query);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).containsOnlyOnce("warning: nothing has the ");
  }

  @Test
  void aWrongType() {
    assertFails(CommandLineRun.of("run", "--db", db, "RETURN 1 + true"), "TYPE_MISMATCH");
    assertFails(
        CommandLineRun.of("run", "--db", db, "SELECT CAST('x' AS INTEGER) FROM person"),
        "INVALID_TEXT");
  }

  @Test
  void aMissingQueryFile() {
    String file = folder.resolve("none.sql").toString();
    assertFails(CommandLineRun.of("run", "--db", db, "-f", file), "FILE_ERROR");
  }

  @Test
  void aStoreThatIsOpen() {
    try (Sabot _ = Sabot.open(Path.of(db))) {
      CommandLineRun run = CommandLineRun.of("run", "--db", db, "SELECT 1");
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).startsWith("error[STORE_LOCKED] ").contains("hint: ");
    }
    assertStoreAnswers();
  }

  @Test
  void tooMuchMemory() {
    CommandLineRun run =
        CommandLineRun.of(
            "run",
            "--db",
            db,
            "--memory-limit",
            "1MB",
            "--set",
            "spill_limit=0",
            "UNWIND range(1, 1000000) AS a RETURN a ORDER BY -a");
    assertFails(run, "MEMORY_LIMIT");
    assertThat(run.err()).contains("1 MiB").contains("hint: ");
  }

  @Test
  void tooMuchTime() {
    CommandLineRun run =
        CommandLineRun.of(
            "run",
            "--db",
            db,
            "--timeout",
            "200ms",
            "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b)");
    assertFails(run, "TIMEOUT");
  }

  @Test
  void aWrongCommandLine() {
    assertThat(CommandLineRun.of("run").code()).isEqualTo(2);
    assertThat(CommandLineRun.of("run", "--bogus").code()).isEqualTo(2);
    assertThat(CommandLineRun.of("run", "--format", "xml", "RETURN 1").code()).isEqualTo(2);
  }

  @Test
  void formats() {
    assertFormat("csv", "a,b\n1,\n");
    assertFormat("tsv", "a\tb\n1\t\n");
    assertFormat("json", "[\n{\"a\":1,\"b\":null}\n]\n");
    assertFormat("jsonl", "{\"a\":1,\"b\":null}\n");
    assertFormat("markdown", "| a | b |\n| ---: | --- |\n| 1 |  |\n");
  }

  private static void assertFormat(String format, String expected) {
    CommandLineRun run = CommandLineRun.of("run", "--format", format, "RETURN 1 AS a, null AS b");
    assertThat(run.out()).as(run.err()).isEqualTo(expected);
  }

  @Test
  void formatsOfW3c() {
    String rows = "SELECT ?a ?b { VALUES (?a ?b) { (<http://x/a> 'a\"b'@en) (1.5 UNDEF) } }";
    assertThat(CommandLineRun.of("run", "--format", "sparql-json", rows).out())
        .isEqualTo(
            "{\"head\":{\"vars\":[\"a\",\"b\"]},\"results\":{\"bindings\":[\n"
                + "{\"a\":{\"type\":\"uri\",\"value\":\"http://x/a\"},\"b\":{\"type\":\"literal\","
                + "\"value\":\"a\\\"b\",\"xml:lang\":\"en\"}},\n"
                + "{\"a\":{\"type\":\"literal\",\"value\":\"1.5\","
                + "\"datatype\":\"http://www.w3.org/2001/XMLSchema#decimal\"}}\n]}}\n");
    assertThat(CommandLineRun.of("run", "--format", "sparql-xml", rows).out())
        .contains("<binding name=\"b\"><literal xml:lang=\"en\">a&quot;b</literal></binding>");
    assertThat(CommandLineRun.of("run", "--format", "sparql-csv", rows).out())
        .isEqualTo("a,b\r\nhttp://x/a,\"a\"\"b\"\r\n1.5,\r\n");
    assertThat(CommandLineRun.of("run", "--format", "sparql-tsv", rows).out())
        .isEqualTo(
            "?a\t?b\n<http://x/a>\t\"a\\\"b\"@en\n"
                + "\"1.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>\t\n");
    assertThat(CommandLineRun.of("run", "--format", "SPARQL-JSON", "ASK {}").out())
        .isEqualTo("{\"head\":{},\"boolean\":true}\n");
    assertThat(CommandLineRun.of("run", "--format", "sparql-csv", "ASK {}").err())
        .startsWith("error[UNSUPPORTED] ");
  }

  @Test
  void parametersAndStandardInput() {
    CommandLineRun run = CommandLineRun.withInput("RETURN $x + 1 AS y", "run", "-p", "x=41", "-");
    assertThat(run.out()).as(run.err()).isEqualTo("y\n42\n");
  }

  @Test
  void badRowsNameFileAndLine() throws IOException {
    Path file = folder.resolve("city.csv");
    Files.writeString(file, "id,age\n2,31\nthree,32\n4,33\n");
    CommandLineRun run = CommandLineRun.of("import", db, file.toString(), "--table", "person");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("city.csv:3: column 'id': 'three' is not a valid int");
    assertStoreAnswers();
    CommandLineRun lenient =
        CommandLineRun.of("import", db, file.toString(), "--table", "person", "--max-errors", "1");
    assertThat(lenient.code()).as(lenient.err()).isZero();
    assertThat(CommandLineRun.of("run", "--db", db, "SELECT COUNT(*) AS n FROM person").out())
        .isEqualTo("n\n3\n");
  }

  @Test
  void typesAreRecognised() throws IOException {
    Path file = folder.resolve("things.csv");
    Files.writeString(
        file,
        "n;d;x;b;day;at;code\n"
            + "1;1.50;1e3;true;2024-02-29;2024-02-29T10:00:00;007\n"
            + ";;;;;;\"a;b\"\n");
    CommandLineRun run = CommandLineRun.of("import", db, file.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(
            CommandLineRun.of(
                    "run", "--db", db, "SELECT n + 1 AS n, d, x, b, code FROM things ORDER BY code")
                .out())
        .isEqualTo("n,d,x,b,code\n2,1.50,1000.0,true,007\n,,,,a;b\n");
  }

  @Test
  void aBrokenParquetFileIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("x.parquet"), "PAR1");
    CommandLineRun run = CommandLineRun.of("import", db, file.toString());
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("x.parquet' is not a sound Parquet file");
  }

  @Test
  void theShellReadsStandardInput() {
    CommandLineRun run =
        CommandLineRun.withInput(
            ":format csv\nBEGIN;\nCREATE (:Note {text: 'a'});\nSELECT 1 AS one;\n"
                + "MATCH (n:Note)\nRETURN n.text AS text;\nROLLBACK;\nMATCH (n:Note) RETURN n;\n",
            db);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("one\n1\ntext\na\nn\n");
  }
}
