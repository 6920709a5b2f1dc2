package io.sabot.tck.report;

import io.sabot.tck.report.SuiteReport.Outcome;
import java.io.IOException;
import java.io.Writer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/// The outcomes of a W3C suite in W3C's Evaluation and Report Language, as Turtle.
final class EarlReport {
  private static final String SUBJECT = "<https://sabot.invalid/#project>";
  private static final String PREFIXES =
      """
      PREFIX doap: <http://usefulinc.com/ns/doap#>
      PREFIX earl: <http://www.w3.org/ns/earl#>
      PREFIX dct: <http://purl.org/dc/terms/>
      PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

      """;

  private EarlReport() {}

  static void write(List<Outcome> outcomes, Writer out) throws IOException {
    out.write(PREFIXES);
    out.write(
        SUBJECT + " a doap:Project, earl:TestSubject, earl:Software ; doap:name \"Sabot\" .\n");
    String date = LocalDate.now(ZoneOffset.UTC).toString();
    for (Outcome outcome : outcomes) {
      if (!outcome.iri().isEmpty()) {
        out.write(
            "\n[] a earl:Assertion ;\n"
                + "  earl:assertedBy "
                + SUBJECT
                + " ;\n"
                + "  earl:subject "
                + SUBJECT
                + " ;\n"
                + "  earl:test <"
                + outcome.iri()
                + "> ;\n"
                + "  earl:mode earl:automatic ;\n"
                + "  earl:result [ a earl:TestResult ; earl:outcome "
                + word(outcome)
                + " ;\n"
                + "    dct:date \""
                + date
                + "\"^^xsd:date ] .\n");
      }
    }
  }

  private static String word(Outcome outcome) {
    return switch (outcome.status()) {
      case PASSED -> "earl:passed";
      case FAILED, EXPECTED_FAILURE, NOT_APPROVED -> "earl:failed";
      case SKIPPED -> "earl:untested";
    };
  }
}
