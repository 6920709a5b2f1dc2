package io.sabot.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Inferring over quads and the rows of a table, and asking with and without.
class InferCommandTest {
  private static final String CLASS = "http://sabot.local/main/city";

  @TempDir private Path folder;
  private String db = "";

  @BeforeEach
  void makeStore() {
    db = folder.resolve("db").toString();
    ask("CREATE TABLE city (id INTEGER PRIMARY KEY, size INTEGER); INSERT INTO city VALUES (1, 5)");
    ask(
        "PREFIX : <http://x/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
            + " PREFIX owl: <http://www.w3.org/2002/07/owl#>"
            + " INSERT DATA { :Student rdfs:subClassOf :Person . :Person rdfs:subClassOf :Agent ."
            + " :knows rdfs:domain :Person ; rdfs:range :Person . :near a owl:TransitiveProperty ."
            + " :a :near :b . :b :near :c . :c :near :d . :d :near :e ."
            + " :ann a :Student . :bob :knows :ann . <"
            + CLASS
            + "> rdfs:subClassOf :Place }");
  }

  private String ask(String... more) {
    String[] words = new String[more.length + 2];
    words[0] = "run";
    words[1] = "--db=" + db;
    System.arraycopy(more, 0, words, 2, more.length);
    CommandLineRun run = CommandLineRun.of(words);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  private String askInferred(String query) {
    return ask("--set", "entailment=http://sabot.local/inferred", query);
  }

  private static String count(String pattern) {
    return "PREFIX : <http://x/> SELECT (COUNT(*) AS ?n) WHERE { " + pattern + " }";
  }

  @Test
  void whatFollowsIsSeenOnRequest() {
    CommandLineRun run = CommandLineRun.of("infer", db);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("triples in <http://sabot.local/inferred>");
    assertThat(ask(count("?x a :Agent"))).contains("0");
    assertThat(askInferred(count("?x a :Agent"))).contains("2");
    assertThat(askInferred(count(":ann a ?c"))).contains("3");
    assertThat(askInferred(count("?x a :Place"))).contains("1");
  }

  @Test
  void inferringAgainReplaces() {
    CommandLineRun.of("infer", db);
    ask("PREFIX : <http://x/> DELETE DATA { :bob :knows :ann }");
    CommandLineRun.of("infer", db);
    assertThat(askInferred(count("?x a :Agent"))).contains("1");
  }

  @Test
  void transitivePropertiesClose() {
    CommandLineRun.of("infer", db, "--rules", "owl-rl");
    assertThat(askInferred(count("?x :near ?y"))).contains("10");
  }

  @Test
  void anUnknownSetIsNamedWithTheOthers() {
    CommandLineRun run = CommandLineRun.of("infer", db, "--rules", "owl");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("'owl'").contains("owl-rl-same");
  }
}
