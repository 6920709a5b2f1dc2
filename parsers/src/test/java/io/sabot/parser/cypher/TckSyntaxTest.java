package io.sabot.parser.cypher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.parser.cypher.syntax.CypherSyntax;
import io.sabot.plan.error.QueryException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TckSyntaxTest {
  /// Queries whose scenario expects an error that the grammar alone may find.
  @Test
  void everyQueryOfTheTckParsesUnlessASyntaxErrorIsExpected() {
    Set<String> mustParse = new LinkedHashSet<>();
    Set<String> mayFail = new LinkedHashSet<>();
    for (var scenario : TckFeatures.scenarios()) {
      for (var step : scenario.steps()) {
        if (!step.block().isEmpty() && !step.text().contains("parameters are")) {
          boolean faulty = step.isQuery() && scenario.failsAtCompileTime();
          (faulty ? mayFail : mustParse).add(step.block());
        }
      }
    }
    mayFail.removeAll(mustParse);
    List<String> failures = new ArrayList<>();
    for (String query : mustParse) {
      try {
        CypherSyntax.parse(query);
      } catch (QueryException e) {
        failures.add(query + "\n  " + e.span() + ": " + e.message());
      }
    }
    System.out.printf(
        "TCK: %d distinct queries, %d of %d that must parse do%n",
        mustParse.size() + mayFail.size(), mustParse.size() - failures.size(), mustParse.size());
    assertThat(mustParse).hasSizeGreaterThan(3_400);
    assertThat(failures).isEmpty();
  }
}
