package io.sabot.tck.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Tests that are known to fail, each with a reason. A listed test that passes is a failure of the
/// list, and so is one that its suite does not have: the list can only shrink.
///
/// One test a line: `folder | name | reason`; `#` starts a comment.
public final class Exceptions {
  private final Map<String, String> reasons = new TreeMap<>();
  private final Set<String> met = new HashSet<>();

  private Exceptions() {}

  /// The list of a set of tests, from the resource `exceptions/<tests>.txt`.
  public static Exceptions of(String tests) {
    Exceptions exceptions = new Exceptions();
    InputStream in = Exceptions.class.getResourceAsStream("/exceptions/" + tests + ".txt");
    if (in == null) {
      throw new IllegalStateException("there is no list of exceptions for " + tests);
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

  /// The outcome of an approved test once the list has been consulted.
  public SuiteReport.Outcome apply(SuiteReport.Outcome outcome) {
    return apply(outcome, true);
  }

  /// The outcome of a test once the list has been consulted.
  ///
  /// @param approved whether those whose suite it is decided that it is right
  public SuiteReport.Outcome apply(SuiteReport.Outcome outcome, boolean approved) {
    String test = outcome.folder() + "|" + outcome.name();
    String reason = reasons.get(test);
    if (reason == null) {
      return outcome;
    }
    met.add(test);
    return switch (outcome.status()) {
      case FAILED ->
          approved
              ? outcome.with(SuiteReport.Status.EXPECTED_FAILURE, reason)
              : outcome.with(SuiteReport.Status.NOT_APPROVED, "not approved: " + reason);
      case PASSED ->
          outcome.with(
              SuiteReport.Status.FAILED, "passes, but is listed as an exception: " + reason);
      case SKIPPED, EXPECTED_FAILURE, NOT_APPROVED -> outcome;
    };
  }

  /// A failure for each listed test that was to run and that the suite does not have.
  ///
  /// @param wanted takes the folder and the name of a test
  public List<SuiteReport.Outcome> unmet(Predicate<String> wanted) {
    List<SuiteReport.Outcome> unmet = new ArrayList<>();
    for (String test : reasons.keySet()) {
      String[] parts = test.split("\\|", 2);
      if (!met.contains(test) && wanted.test(parts[0] + " " + parts[1])) {
        String message = "is listed as an exception, but there is no such test";
        unmet.add(
            new SuiteReport.Outcome(parts[0], parts[1], SuiteReport.Status.FAILED, message, 0));
      }
    }
    return unmet;
  }
}
