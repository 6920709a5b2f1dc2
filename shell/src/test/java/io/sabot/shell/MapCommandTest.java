package io.sabot.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapCommandTest {
  private static final String QUERY = "SELECT ?s ?n { ?s <http://xmlns.com/foaf/0.1/name> ?n }";

  @TempDir Path directory;
  private String db = "";

  @BeforeEach
  void load() {
    db = directory.resolve("db").toString();
    CommandLineRun.of(
        "run",
        "--db",
        db,
        "CREATE TABLE person (id INTEGER PRIMARY KEY, name VARCHAR);"
            + " INSERT INTO person VALUES (1, 'Ann''s')");
  }

  private String mapping(String column) throws IOException {
    Path file = directory.resolve("mapping.ttl");
    Files.writeString(
        file,
        """
        @prefix rr: <http://www.w3.org/ns/r2rml#> .
        # the people's mapping
        <P> rr:logicalTable [ rr:tableName "person" ] ;
          rr:subjectMap [ rr:template "http://example.com/{id}" ] ;
          rr:predicateObjectMap [
            rr:predicate <http://xmlns.com/foaf/0.1/name> ;
            rr:objectMap [ rr:column "COLUMN" ] ] .
        """
            .replace("COLUMN", column));
    return file.toString();
  }

  private CommandLineRun ask() {
    return CommandLineRun.of("run", "--db", db, "--lang", "sparql", "--format", "csv", QUERY);
  }

  @Test
  void aMappingIsStoredListedAndDropped() throws IOException {
    assertThat(CommandLineRun.of("map", db, "--r2rml", mapping("name")).code()).isZero();
    assertThat(ask().out()).contains("http://example.com/1,Ann's");
    assertThat(CommandLineRun.of("map", db).out()).isEqualTo("r2rml\n");
    assertThat(CommandLineRun.of("map", db, "--r2rml", mapping("id"), "--name", "r2rml").code())
        .isZero();
    assertThat(ask().out()).contains("http://example.com/1,1");
    assertThat(CommandLineRun.of("map", db, "--drop", "r2rml").code()).isZero();
    assertThat(ask().out()).doesNotContain("example.com/1");
  }

  @Test
  void whatIsWrongIsSaid() throws IOException {
    CommandLineRun run = CommandLineRun.of("map", db, "--r2rml", mapping("nme"));
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("predicate-object map 1, object map: column 'nme' does not exist")
        .contains("did you mean 'name'?");
    CommandLineRun none =
        CommandLineRun.of("map", db, "--r2rml", directory.resolve("x").toString());
    assertThat(none.err()).contains("cannot be read");
  }
}
