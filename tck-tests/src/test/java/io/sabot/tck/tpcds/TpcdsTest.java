package io.sabot.tck.tpcds;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.tck.report.SuiteReport;
import io.sabot.tck.report.SuiteReport.Status;
import org.junit.jupiter.api.Test;

/// All 99 queries at scale 0.01, with the optimizer and without.
final class TpcdsTest {
  private static final double SCALE = 0.01;

  @Test
  void equalsDuckDb() {
    try (TpcdsSuite suite = new TpcdsSuite(SCALE)) {
      for (boolean optimizer : new boolean[] {true, false}) {
        SuiteReport report = suite.run(optimizer, query -> true);
        assertThat(report.outcomes().stream().filter(o -> o.status() != Status.PASSED)).isEmpty();
        assertThat(report.passed()).isEqualTo(TpcdsQuery.COUNT);
      }
    }
  }

  @Test
  void onlyTheOutermostOrderGetsMoreKeys() {
    TpcdsQuery query =
        new TpcdsQuery(
            1, "SELECT a, b FROM (SELECT * FROM t ORDER BY x LIMIT 3) ORDER BY b LIMIT 9");
    assertThat(query.determined(2))
        .isEqualTo(
            "SELECT a, b FROM (SELECT * FROM t ORDER BY x LIMIT 3) ORDER BY b, 1, 2\nLIMIT 9");
    TpcdsQuery unordered = new TpcdsQuery(1, "SELECT count(*) FROM t LIMIT 9");
    assertThat(unordered.determined(1)).isEqualTo(unordered.text());
  }
}
