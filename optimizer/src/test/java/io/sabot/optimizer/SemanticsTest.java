package io.sabot.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanValidator;
import io.sabot.plan.testing.RandomQueries;
import io.sabot.plan.testing.Reference;
import io.sabot.plan.testing.Seeded;
import io.sabot.plan.text.PlanText;
import io.sabot.plan.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;

/// Every logical phase keeps what a query answers, tried on random queries over random tables.
@Seeded
class SemanticsTest {
  static final java.util.TreeMap<String, Integer> STATS = new java.util.TreeMap<>();

  @org.junit.jupiter.api.AfterAll
  static void stats() {
    System.out.println("STATS " + STATS);
  }

  @RepeatedTest(2000)
  void everyPhaseKeepsTheAnswer(Random random) {
    check(random, OptimizerSettings.DEFAULT);
  }

  @RepeatedTest(500)
  void everyPhaseKeepsTheAnswerWithoutOptimizer(Random random) {
    check(random, OptimizerSettings.DISABLED);
  }

  private static void check(Random random, OptimizerSettings settings) {
    ColumnAllocator columns = new ColumnAllocator();
    LogicalNode.Output query = new RandomQueries(random, columns).query(1 + random.nextInt(4));
    Map<Integer, List<Map<Integer, Value>>> data = RandomQueries.data(random);
    Reference reference = new Reference(data::get);
    Map<List<Value>, Integer> expected = bag(reference.run(query));
    StringBuilder trace = new StringBuilder("logical:\n" + PlanText.of(query) + data + "\n");
    PhaseListener check =
        new PhaseListener() {
          @Override
          public void fired(String rule) {
            STATS.merge(rule, 1, Integer::sum);
            trace.append("  ").append(rule).append('\n');
          }

          @Override
          public void phase(String phase, LogicalNode plan) {
            trace.append(phase).append(":\n").append(PlanText.of(plan));
            PlanValidator.check(plan, phase);
            try {
              assertThat(bag(reference.run((LogicalNode.Output) plan)))
                  .as(trace.toString())
                  .isEqualTo(expected);
            } catch (QueryException | IllegalStateException wrong) {
              throw new AssertionError(trace.toString(), wrong);
            }
          }
        };
    try {
      Optimizer.optimize(query, TestCatalog.numbers(), settings, columns, check);
    } catch (RuntimeException wrong) {
      throw new AssertionError(trace.toString(), wrong);
    }
  }

  private static Map<List<Value>, Integer> bag(List<List<Value>> rows) {
    Map<List<Value>, Integer> bag = new HashMap<>();
    rows.forEach(row -> bag.merge(row, 1, Integer::sum));
    return bag;
  }
}
