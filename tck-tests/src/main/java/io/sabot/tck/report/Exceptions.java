package io.sabot.tck.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Tests that are known to fail, each with a reason. A listed test that passes is a failure of the
/// list, so that it can only shrink.
///
/// One exception a line: `folder | name | reason`; `#` starts a comment.
public final class Exceptions {
  private final Map<String, String> reasons = new TreeMap<>();

  private Exceptions() {}

  /// The list of a suite, from the resource `exceptions/<suite>.txt`; empty when there is none.
  public static Exceptions of(String suite) {
    Exceptions exceptions = new Exceptions();
    InputStream in = Exceptions.class.getResourceAsStream("/exceptions/" + suite + ".txt");
    if (in == null) {
      return exceptions;
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      reader
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(exceptions::add);
      return exceptions;
    } catch (IOException cannotRead) {
      throw new UncheckedIOException(cannotRead);
    }
  }

  private void add(String line) {
    String[] parts = line.split("\\|", 3);
    if (parts.length < 3 || parts[2].isBlank()) {
      throw new IllegalArgumentException(
          "an exception needs a folder, a name and a reason: " + line);
    }
    reasons.put(parts[0].strip() + "|" + parts[1].strip(), parts[2].strip());
  }

  /// The outcome of a test once the list has been consulted.
  public SuiteReport.Outcome apply(SuiteReport.Outcome outcome) {
    String reason = reasons.get(outcome.folder() + "|" + outcome.name());
    if (reason == null) {
      return outcome;
    }
    return switch (outcome.status()) {
      case FAILED -> outcome.with(SuiteReport.Status.EXPECTED_FAILURE, reason);
      case PASSED ->
          outcome.with(
              SuiteReport.Status.FAILED, "passes, but is listed as an exception: " + reason);
      case SKIPPED, EXPECTED_FAILURE -> outcome;
    };
  }
}
