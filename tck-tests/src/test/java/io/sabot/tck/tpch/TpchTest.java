package io.sabot.tck.tpch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.engine.Options;
import io.sabot.engine.Spilling;
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

  @Test
  void equalsDuckDbWhenEveryOperatorSpills() {
    Options options = Options.defaults().withThreads(2).withBatchRows(512);
    check(TpchSuite.run(0.01, true, options.withSpilling(Spilling.DEFAULT.withAlways(true))));
  }

  @Test
  void equalsDuckDbInLittleMemory() {
    Options options = Options.defaults().withThreads(2).withBatchRows(512);
    check(TpchSuite.run(0.05, true, options.withMemoryLimitBytes(6L << 20)));
  }

  private static void check(Report report) {
    assertThat(report.outcomes().stream().filter(o -> !o.passed()).map(Outcome::toString))
        .isEmpty();
    assertThat(report.passed()).isEqualTo(TpchSuite.QUERIES);
  }
}
