package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The scripts under `sql/` and `cypher/`, each with the optimizer on and off.
final class QueryScriptTest {
  private static final List<String> SQL =
      List.of(
          "select", //
          "joins",
          "subqueries",
          "aggregates",
          "functions",
          "changes",
          "errors",
          "embedded");
  private static final List<String> CYPHER =
      List.of("temporal", "tables", "patterns", "neo4j", "writes");

  @TempDir Path directory;

  @TestFactory
  List<DynamicTest> sql() {
    return tests(Language.SQL, SQL);
  }

  @TestFactory
  List<DynamicTest> cypher() {
    return tests(Language.CYPHER, CYPHER);
  }

  private List<DynamicTest> tests(Language language, List<String> scripts) {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : scripts) {
      for (boolean optimizer : new boolean[] {true, false}) {
        tests.add(
            DynamicTest.dynamicTest(
                name + (optimizer ? "" : ", optimizer off"),
                () -> check(language, name, optimizer)));
      }
    }
    return tests;
  }

  private void check(Language language, String name, boolean optimizer) throws IOException {
    String folder = language.name().toLowerCase(Locale.ROOT);
    try (var in = QueryScriptTest.class.getResourceAsStream("/" + folder + "/" + name + ".slt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Path database = directory.resolve(folder + "-" + name + "-" + optimizer);
      Options options = Options.defaults().withOptimizer(optimizer).withDurable(false);
      assertThat(QueryScript.parse(text, language).run(database, options)).isEmpty();
    }
  }
}
