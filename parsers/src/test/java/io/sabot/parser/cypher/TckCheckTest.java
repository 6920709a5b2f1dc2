package io.sabot.parser.cypher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.parser.cypher.check.CypherChecker;
import io.sabot.parser.cypher.check.EmbeddedCalls;
import io.sabot.parser.cypher.syntax.CypherSyntax;
import io.sabot.parser.embed.EmbeddedLanguages;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.ColumnAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TckCheckTest {
  @Test
  void refusesWhatTheTckRefusesWithTheSameWordAndNothingElse() {
    List<String> wrong = new ArrayList<>();
    int refused = 0;
    int expected = 0;
    int accepted = 0;
    for (var scenario : TckFeatures.scenarios()) {
      for (var step : scenario.steps()) {
        if (step.block().isEmpty() || step.text().contains("parameters are")) {
          continue;
        }
        boolean faulty = step.isQuery() && scenario.failsAtCompileTime();
        String found = detail(step.block(), scenario);
        String wanted = faulty ? scenario.expectedDetail() : "";
        expected += faulty ? 1 : 0;
        if (found.equals(wanted)) {
          refused += faulty ? 1 : 0;
          accepted += faulty ? 0 : 1;
        } else {
          wrong.add(
              "wanted '" + wanted + "' found '" + found + "' " + scenario + "\n" + step.block());
        }
      }
    }
    System.out.printf(
        "TCK: %d of %d compile-time errors found with the right detail, %d queries accepted,"
            + " %d wrong%n",
        refused, expected, accepted, wrong.size());
    assertThat(expected).isGreaterThan(580);
    assertThat(wrong).isEmpty();
  }

  private static String detail(String query, TckFeatures.Scenario scenario) {
    try {
      CypherChecker.check(
          CypherSyntax.parse(query),
          TckProcedures.of(scenario),
          TckProcedures.parameters(scenario),
          new EmbeddedCalls(
              EmbeddedLanguages.NONE,
              new TckCatalog(TckProcedures.of(scenario)),
              new ColumnAllocator(),
              Set.of()));
      return "";
    } catch (QueryException e) {
      return e.detail().isEmpty() ? e.message() : e.detail();
    }
  }
}
