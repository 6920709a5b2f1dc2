package io.sabot.tck.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.tck.tpch.TpchSuite.Outcome;
import io.sabot.tck.tpch.TpchSuite.Report;
import org.junit.jupiter.api.Test;

/// All 22 queries at scale 0.01, with the optimizer and without.
final class TpchTest {
  @Test
  void equalsDuckDbWithTheOptimizer() {
    check(TpchSuite.run(0.01, true));
  }

  @Test
  void equalsDuckDbWithoutTheOptimizer() {
    check(TpchSuite.run(0.01, false));
  }

  private static void check(Report report) {
    assertThat(report.outcomes().stream().filter(o -> !o.passed()).map(Outcome::toString))
        .isEmpty();
    assertThat(report.passed()).isEqualTo(TpchSuite.QUERIES);
  }
}
