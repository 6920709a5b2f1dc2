package io.sabot.tck.report;

import io.sabot.tck.report.SuiteReport.Outcome;
import io.sabot.tck.report.SuiteReport.Status;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A suite's outcomes as one page without scripts: the totals of each folder, and below each its
/// tests, those that did not pass with the reason. Of a folder with very many tests, those that
/// passed are only counted.
final class HtmlReport {
  private static final int LISTED_MAX = 500;
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <meta charset="utf-8">
      <title>%1$s</title>
      <style>
        body { font: 15px/1.4 sans-serif; margin: 2em; max-width: 70em }
        table { border-collapse: collapse }
        td, th { padding: .15em 1em; text-align: right; border-bottom: 1px solid #ddd }
        td:first-child, th:first-child { text-align: left }
        .FAILED { color: #b00020 }
        .SKIPPED, .EXPECTED_FAILURE, .NOT_APPROVED { color: #777 }
        pre { margin: 0 0 1em 2em; white-space: pre-wrap }
      </style>
      <h1>%1$s</h1>
      """;

  private final String suite;
  private final Map<String, List<Outcome>> folders = new TreeMap<>();

  HtmlReport(String suite, List<Outcome> outcomes) {
    this.suite = suite;
    for (Outcome outcome : outcomes) {
      folders.computeIfAbsent(outcome.folder(), folder -> new ArrayList<>()).add(outcome);
    }
  }

  void write(Writer out) throws IOException {
    out.write(String.format(Locale.ROOT, HEAD, SuiteReport.escape(suite)));
    out.write("<table>\n<tr><th>folder<th>passed<th>failed<th>skipped<th>seconds\n");
    List<Outcome> all = folders.values().stream().flatMap(List::stream).toList();
    for (Map.Entry<String, List<Outcome>> folder : folders.entrySet()) {
      row(out, folder.getKey(), folder.getValue());
    }
    row(out, "all", all);
    out.write("</table>\n");
    for (Map.Entry<String, List<Outcome>> folder : folders.entrySet()) {
      out.write("<details><summary>" + SuiteReport.escape(folder.getKey()) + "</summary>\n<ul>\n");
      boolean whole = folder.getValue().size() <= LISTED_MAX;
      for (Outcome outcome : folder.getValue()) {
        if (whole || outcome.status() != Status.PASSED) {
          test(out, outcome);
        }
      }
      out.write("</ul></details>\n");
    }
  }

  private static void row(Writer out, String name, List<Outcome> outcomes) throws IOException {
    long passed = count(outcomes, Status.PASSED);
    long failed = count(outcomes, Status.FAILED);
    long millis = outcomes.stream().mapToLong(Outcome::millis).sum();
    out.write(
        String.format(
            Locale.ROOT,
            "<tr><td>%s<td>%d<td%s>%d<td>%d<td>%.1f\n",
            SuiteReport.escape(name),
            passed,
            failed > 0 ? " class=\"FAILED\"" : "",
            failed,
            outcomes.size() - passed - failed,
            millis / 1000.0));
  }

  private static long count(List<Outcome> outcomes, Status status) {
    return outcomes.stream().filter(outcome -> outcome.status() == status).count();
  }

  private static void test(Writer out, Outcome outcome) throws IOException {
    out.write(
        "<li class=\"" + outcome.status() + "\">" + SuiteReport.escape(outcome.name()) + "\n");
    if (outcome.status() != Status.PASSED) {
      out.write("<pre>" + SuiteReport.escape(outcome.message().strip()) + "</pre>\n");
    }
  }
}
