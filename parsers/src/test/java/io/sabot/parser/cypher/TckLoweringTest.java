package io.sabot.parser.cypher;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.parser.cypher.lower.PlanChecks;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.ColumnAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TckLoweringTest {
  @Test
  void everyQueryThatIsAcceptedHasAWellFormedPlan() {
    int lowered = 0;
    Map<String, Integer> unsupported = new TreeMap<>();
    List<String> broken = new ArrayList<>();
    for (var scenario : TckFeatures.scenarios()) {
      for (var step : scenario.steps()) {
        boolean faulty = step.isQuery() && scenario.failsAtCompileTime();
        if (step.block().isEmpty() || step.text().contains("parameters are") || faulty) {
          continue;
        }
        try {
          lower(step.block(), scenario);
          lowered++;
        } catch (QueryException e) {
          if (e.code() == ErrorCode.UNSUPPORTED) {
            unsupported.merge(e.message(), 1, Integer::sum);
          } else {
            broken.add(scenario + "\n" + step.block() + "\n" + e.message());
          }
        } catch (RuntimeException | AssertionError e) {
          broken.add(scenario + "\n" + step.block() + "\n" + e);
        }
      }
    }
    System.out.printf("TCK: %d queries lowered, unsupported %s%n", lowered, unsupported);
    assertThat(broken).isEmpty();
  }

  private static void lower(String query, TckFeatures.Scenario scenario) {
    var lowered =
        CypherFrontEnd.lower(
            query,
            new TckCatalog(TckProcedures.of(scenario)),
            new ColumnAllocator(),
            TckProcedures.parameters(scenario));
    PlanChecks.check(lowered.plan());
  }
}
