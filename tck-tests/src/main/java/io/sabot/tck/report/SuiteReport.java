package io.sabot.tck.report;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The outcomes of one suite.
public final class SuiteReport {
  /// More exceptions than these are printed by their number only; the files name them all.
  private static final int LISTED_MAX = 20;

  private final String suite;
  private final List<Outcome> outcomes = new ArrayList<>();

  public SuiteReport(String suite) {
    this.suite = suite;
  }

  /// How a test ended. `EXPECTED_FAILURE` is a failure that the list of exceptions gives a reason
  /// for; `NOT_APPROVED` is one too, of a test that those whose suite it is have not approved.
  public enum Status {
    PASSED,
    FAILED,
    SKIPPED,
    EXPECTED_FAILURE,
    NOT_APPROVED;

    /// Whether the test is counted as skipped.
    boolean isSkip() {
      return this != PASSED && this != FAILED;
    }
  }

  /// @param iri names the test in EARL reports; empty when it has none
  /// @param folder where the test stands in its suite
  /// @param message why it failed or was skipped; empty when it passed
  public record Outcome(
      String iri, String folder, String name, Status status, String message, long millis) {
    public Outcome(String folder, String name, Status status, String message, long millis) {
      this("", folder, name, status, message, millis);
    }

    Outcome with(Status newStatus, String newMessage) {
      return new Outcome(iri, folder, name, newStatus, newMessage, millis);
    }
  }

  public synchronized void add(Outcome outcome) {
    outcomes.add(outcome);
  }

  public List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  public long count(Status status) {
    return outcomes.stream().filter(o -> o.status() == status).count();
  }

  public long failed() {
    return count(Status.FAILED);
  }

  public long passed() {
    return count(Status.PASSED);
  }

  private long skipped() {
    return outcomes.stream().filter(o -> o.status().isSkip()).count();
  }

  /// Totals per folder, what of the skipped failed, and as the last line `N passed, M failed, K
  /// skipped`.
  public void print(PrintStream out) {
    Map<String, long[]> folders = new TreeMap<>();
    for (Outcome outcome : outcomes) {
      int column = outcome.status().isSkip() ? 2 : outcome.status().ordinal();
      folders.computeIfAbsent(outcome.folder(), f -> new long[3])[column]++;
    }
    out.printf(Locale.ROOT, "%-56s %8s %8s %8s%n", suite, "passed", "failed", "skipped");
    folders.forEach((folder, counts) ->
        out.printf(Locale.ROOT, "%-56s %8d %8d %8d%n", folder, counts[0], counts[1], counts[2]));
    printListed(out);
    out.printf(Locale.ROOT, "%d passed, %d failed, %d skipped%n", passed(), failed(), skipped());
  }

  /// What the list of exceptions turned from a failure into a skip.
  private void printListed(PrintStream out) {
    long exceptions = count(Status.EXPECTED_FAILURE);
    long notApproved = count(Status.NOT_APPROVED);
    if (exceptions + notApproved == 0) {
      return;
    }
    if (exceptions + notApproved <= LISTED_MAX) {
      outcomes.stream()
          .filter(o -> o.status() == Status.EXPECTED_FAILURE || o.status() == Status.NOT_APPROVED)
          .forEach(o ->
              out.printf(
                  Locale.ROOT,
                  "fails as listed: %s | %s | %s%n",
                  o.folder(),
                  o.name(),
                  o.message()));
    }
    out.printf(
        Locale.ROOT,
        "of the skipped %d are exceptions, %d fail but are not approved, %d did not run%n",
        exceptions,
        notApproved,
        count(Status.SKIPPED));
  }

  /// Writes `<suite>.html`, `<suite>.xml` (JUnit), `<suite>.txt` (failures with their reasons) and,
  /// for tests that have IRIs, `<suite>-earl.ttl`.
  public void write(Path directory) {
    try {
      Files.createDirectories(directory);
      try (Writer xml =
          Files.newBufferedWriter(directory.resolve(suite + ".xml"), StandardCharsets.UTF_8)) {
        writeXml(xml);
      }
      try (Writer html =
          Files.newBufferedWriter(directory.resolve(suite + ".html"), StandardCharsets.UTF_8)) {
        new HtmlReport(suite, outcomes).write(html);
      }
      if (outcomes.stream().anyMatch(outcome -> !outcome.iri().isEmpty())) {
        try (Writer earl =
            Files.newBufferedWriter(
                directory.resolve(suite + "-earl.ttl"), StandardCharsets.UTF_8)) {
          EarlReport.write(outcomes, earl);
        }
      }
      try (Writer text =
          Files.newBufferedWriter(directory.resolve(suite + ".txt"), StandardCharsets.UTF_8)) {
        for (Outcome outcome : outcomes) {
          if (outcome.status() != Status.PASSED) {
            text.write(
                outcome.status()
                    + " "
                    + outcome.folder()
                    + " | "
                    + outcome.name()
                    + "\n    "
                    + outcome.message().strip().replace("\n", "\n    ")
                    + "\n");
          }
        }
      }
    } catch (IOException cannotWrite) {
      throw new UncheckedIOException(cannotWrite);
    }
  }

  private void writeXml(Writer out) throws IOException {
    out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.write(
        String.format(
            Locale.ROOT,
            "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" skipped=\"%d\">\n",
            escape(suite),
            outcomes.size(),
            failed(),
            skipped()));
    for (Outcome outcome : outcomes) {
      out.write(
          String.format(
              Locale.ROOT,
              "  <testcase classname=\"%s\" name=\"%s\" time=\"%.3f\">",
              escape(outcome.folder()),
              escape(outcome.name()),
              outcome.millis() / 1000.0));
      switch (outcome.status()) {
        case PASSED -> {}
        case FAILED -> out.write("<failure>" + escape(outcome.message()) + "</failure>");
        case SKIPPED, EXPECTED_FAILURE, NOT_APPROVED ->
            out.write("<skipped message=\"" + escape(outcome.message()) + "\"/>");
      }
      out.write("</testcase>\n");
    }
    out.write("</testsuite>\n");
  }

  static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            case '"' -> out.append("&quot;");
            default -> {
              boolean legal = point >= 0x20 || point == '\n' || point == '\t';
              out.appendCodePoint(legal && !(point >= 0xD800 && point < 0xE000) ? point : '?');
            }
          }
        });
    return out.toString();
  }
}
