package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The scripts under `sql/`, each with the optimizer on and off.
final class SqlScriptTest {
  private static final List<String> SCRIPTS =
      List.of(
          "select", //
          "joins",
          "subqueries",
          "aggregates",
          "functions",
          "changes",
          "errors",
          "embedded");

  @TestFactory
  List<DynamicTest> scripts() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : SCRIPTS) {
      for (boolean optimizer : new boolean[] {true, false}) {
        tests.add(
            DynamicTest.dynamicTest(
                name + (optimizer ? "" : ", optimizer off"), () -> check(name, optimizer)));
      }
    }
    return tests;
  }

  private static void check(String name, boolean optimizer) throws IOException {
    try (Sabot database = Sabot.inMemory(Options.defaults().withOptimizer(optimizer));
        Session session = database.session();
        var in = SqlScriptTest.class.getResourceAsStream("/sql/" + name + ".slt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(SqlScript.parse(text).run(session)).isEmpty();
    }
  }
}
