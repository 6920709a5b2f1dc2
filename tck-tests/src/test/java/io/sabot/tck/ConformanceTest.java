package io.sabot.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.engine.Options;
import io.sabot.tck.opencypher.OpencypherSuite;
import io.sabot.tck.report.SuiteReport;
import io.sabot.tck.report.SuiteReport.Status;
import io.sabot.tck.slt.SltSuite;
import io.sabot.tck.sparql.RdfSuite;
import io.sabot.tck.sparql.SparqlSuite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The conformance suites never pass fewer tests than they did. Raise the figures when more pass.
final class ConformanceTest {
  private static final int OPENCYPHER_PASSED_MIN = 3896;
  private static final int SPARQL_10_PASSED_MIN = 436;
  private static final int SPARQL_11_PASSED_MIN = 486;
  private static final int RDF_PASSED_MIN = 1049;
  private static final int SLT_PASSED_MIN = 279;

  @Test
  void opencypherKeepsWhatPasses() {
    SuiteReport report = new OpencypherSuite(Options.defaults()).run(name -> true);
    assertThat(report.passed()).isGreaterThanOrEqualTo(OPENCYPHER_PASSED_MIN);
  }

  @ParameterizedTest
  @CsvSource({"sparql10, true", "sparql10, false", "sparql11, true", "sparql11, false"})
  void sparqlHasNoGap(String suite, boolean optimizer) {
    SuiteReport report = SparqlSuite.of(suite, null, optimizer).run(name -> true);
    assertThat(report.failed()).isZero();
    assertThat(report.passed())
        .isGreaterThanOrEqualTo(
            suite.equals("sparql10") ? SPARQL_10_PASSED_MIN : SPARQL_11_PASSED_MIN);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rdfSyntaxesHaveNoGap(boolean optimizer) {
    SuiteReport report = RdfSuite.of(null, optimizer).run(name -> true);
    assertThat(report.failed()).isZero();
    assertThat(report.passed()).isGreaterThanOrEqualTo(RDF_PASSED_MIN);
  }

  /// The quick ones of the files that run whole; `./sabot tck slt` runs the others.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sqlLogicTestHasNoGap(boolean optimizer) {
    SuiteReport report =
        new SltSuite(Options.defaults().withOptimizer(optimizer))
            .run(file -> file.startsWith("evidence/"));
    assertThat(report.outcomes().stream().filter(outcome -> outcome.status() == Status.FAILED))
        .isEmpty();
    assertThat(report.passed()).isGreaterThanOrEqualTo(SLT_PASSED_MIN);
  }
}
