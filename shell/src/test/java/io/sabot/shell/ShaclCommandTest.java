package io.sabot.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Shapes over quads, over a named graph, and over the rows of a table.
class ShaclCommandTest {
  private static final String PREFIXES =
      "@prefix : <http://x/> . @prefix sh: <http://www.w3.org/ns/shacl#> ."
          + " @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";

  @TempDir private Path folder;
  private String db = "";

  @BeforeEach
  void makeStore() {
    db = folder.resolve("db").toString();
    run(
        "PREFIX : <http://x/> INSERT DATA { :ann a :Person ; :age 30 ; :knows :bob ."
            + " :bob a :Person ; :age 'old' . :bob :knows [ a :Robot ]"
            + " GRAPH :g { :eve a :Person } }");
    run("CREATE TABLE city (id INTEGER PRIMARY KEY, size INTEGER); INSERT INTO city VALUES (1, 5)");
  }

  private void run(String text) {
    CommandLineRun run = CommandLineRun.of("run", "--db", db, text);
    assertThat(run.code()).as(run.err()).isZero();
  }

  private String shapes(String text) throws IOException {
    return Files.writeString(folder.resolve("shapes.ttl"), PREFIXES + text).toString();
  }

  private static final String PERSON =
      ":S a sh:NodeShape ; sh:targetClass :Person ;"
          + " sh:property [ sh:path :age ; sh:datatype xsd:integer ; sh:minCount 1 ] ;"
          + " sh:property [ sh:path :knows ; sh:class :Person ] .";

  @Test
  void whatDoesNotConformIsNamed() throws IOException {
    CommandLineRun run = CommandLineRun.of("shacl", db, shapes(PERSON));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("Violation <http://x/bob> <http://x/age> \"old\": ")
        .contains("Violation <http://x/bob> <http://x/knows> _:")
        .contains("2 findings")
        .doesNotContain("http://x/ann");
  }

  @Test
  void aNamedGraph() throws IOException {
    CommandLineRun run = CommandLineRun.of("shacl", db, shapes(PERSON), "--graph", "http://x/g");
    assertThat(run.out()).contains("<http://x/eve>").contains("1 findings");
  }

  @Test
  void rowsOfATableAreTriples() throws IOException {
    String city =
        ":S a sh:NodeShape ; sh:targetClass <http://sabot.local/main/city> ;"
            + " sh:property [ sh:path <http://sabot.local/main/city#size> ; sh:maxInclusive %d ] .";
    assertThat(CommandLineRun.of("shacl", db, shapes(city.formatted(9))).out())
        .isEqualTo("conforms\n");
    assertThat(CommandLineRun.of("shacl", db, shapes(city.formatted(4))).out())
        .contains("<http://sabot.local/main/city/1>");
  }

  @Test
  void theReportAsRdf() throws IOException {
    CommandLineRun run = CommandLineRun.of("shacl", db, shapes(PERSON), "--turtle");
    assertThat(run.out()).contains("sh:ValidationReport").contains("sh:conforms");
  }

  @Test
  void whatIsBeyondTheCoreIsRefused() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "shacl",
            db,
            shapes(
                ":S a sh:NodeShape ; sh:targetClass :Person ;"
                    + " sh:sparql [ sh:select 'SELECT $this { $this :p 1 }' ] ."));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).startsWith("error[UNSUPPORTED] ").contains("sh:sparql");
  }

  @Test
  void malformedShapes() throws IOException {
    assertThat(CommandLineRun.of("shacl", db, shapes(":S a ")).err())
        .startsWith("error[MALFORMED_INPUT] ");
    assertThat(CommandLineRun.of("shacl", db, folder.resolve("none.ttl").toString()).err())
        .startsWith("error[FILE_ERROR] ");
  }
}
