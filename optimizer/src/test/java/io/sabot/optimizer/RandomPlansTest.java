package io.sabot.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanValidator;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.testing.RandomPlans;
import io.sabot.plan.testing.Seeded;
import io.sabot.plan.text.PlanText;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/// Any well-formed plan can be planned, every phase keeps it well formed, and the operators find
/// their columns.
@Seeded
class RandomPlansTest {
  @RepeatedTest(500)
  void planWithoutOptimizer(Random random) {
    check(random, OptimizerSettings.DISABLED);
  }

  @RepeatedTest(500)
  void planWithOptimizer(Random random) {
    check(random, OptimizerSettings.DEFAULT);
  }

  private static void check(Random random, OptimizerSettings settings) {
    ColumnAllocator columns = new ColumnAllocator();
    LogicalNode plan = new RandomPlans(random, columns).plan(random.nextInt(6));
    StringBuilder trace = new StringBuilder();
    PhaseListener validate =
        new PhaseListener() {
          @Override
          public void phase(String phase, LogicalNode node) {
            trace.append(phase).append(":\n").append(PlanText.of(node));
            PlanValidator.check(node, phase);
          }
        };
    PhysicalNode physical;
    try {
      physical = Optimizer.plan(plan, TestCatalog.shop(), settings, columns, validate);
    } catch (QueryException unsupported) {
      assertThat(unsupported.code()).as(trace.toString()).isEqualTo(ErrorCode.UNSUPPORTED);
      return;
    } catch (RuntimeException wrong) {
      throw new AssertionError(trace.toString(), wrong);
    }
    assertThat(PhysicalCheck.complaints(physical))
        .as(trace + "physical:\n" + PlanText.withColumns(physical))
        .isEmpty();
  }
}
