package io.sabot.engine;

import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import io.sabot.plan.statement.Statement;
import io.sabot.plan.statement.Statement.Mode;
import io.sabot.plan.statement.Statement.PlanForm;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `EXPLAIN (ANALYZE, FORMAT JSON, PHASE physical)` before a query of any language, as PostgreSQL
/// writes it; EXPLAIN without parentheses is a matter of each language.
///
/// @param rest the text with blanks in the place of EXPLAIN, so that positions stay
record ExplainOptions(Mode mode, PlanForm form, String rest) {
  private static final Pattern PREFIX =
      Pattern.compile(
          "(\\s*EXPLAIN\\s*\\()([^()]*)\\)(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern OPTION =
      Pattern.compile("\\s*(\\w+)(?:\\s+(?:'([^']*)'|([\\w ]*\\w)))?\\s*");

  private static final String KNOWN =
      "options are ANALYZE [true|false], FORMAT TEXT|JSON and PHASE name";

  static @Nullable ExplainOptions of(String text) {
    Matcher found = PREFIX.matcher(text);
    if (!found.matches()) {
      return null;
    }
    ExplainOptions options = new ExplainOptions(Mode.EXPLAIN, PlanForm.TEXT, blank(found, text));
    int at = found.start(2);
    for (String option : found.group(2).split(",", -1)) {
      Matcher parts = OPTION.matcher(option);
      if (!parts.matches()) {
        throw Errors.syntax(place(text, at), "an option of EXPLAIN is missing here", KNOWN);
      }
      options = options.with(parts, place(text, at + parts.start(1)));
      at += option.length() + 1;
    }
    return options;
  }

  private ExplainOptions with(Matcher option, SourceSpan place) {
    String value = option.group(2) != null ? option.group(2) : option.group(3);
    String word = value == null ? "" : value.toLowerCase(Locale.ROOT);
    return switch (option.group(1).toUpperCase(Locale.ROOT)) {
      case "ANALYZE" ->
          new ExplainOptions(isOn(word, place) ? Mode.PROFILE : Mode.EXPLAIN, form, rest);
      case "FORMAT" ->
          new ExplainOptions(mode, new PlanForm(form.phase(), isJson(word, place)), rest);
      case "PHASE" -> new ExplainOptions(mode, new PlanForm(word, form.asJson()), rest);
      default ->
          throw Errors.syntax(place, "EXPLAIN has no option '" + option.group(1) + "'", KNOWN);
    };
  }

  private static boolean isOn(String word, SourceSpan place) {
    return switch (word) {
      case "", "true", "on", "1" -> true;
      case "false", "off", "0" -> false;
      default -> throw Errors.syntax(place, "ANALYZE is true or false, not '" + word + "'", KNOWN);
    };
  }

  private static boolean isJson(String word, SourceSpan place) {
    return switch (word) {
      case "json" -> true;
      case "text" -> false;
      default -> throw Errors.syntax(place, "there is no format '" + word + "'", KNOWN);
    };
  }

  private static String blank(Matcher found, String text) {
    int end = found.start(3);
    return text.substring(0, end).replaceAll("[^\n]", " ") + found.group(3);
  }

  private static SourceSpan place(String text, int at) {
    int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    int column = at - text.lastIndexOf('\n', at - 1);
    return SourceSpan.at(line, column);
  }

  /// The statement with its plan shown instead of run.
  Statement of(Statement statement) {
    if (statement instanceof Statement.Query query && query.mode() == Mode.RUN) {
      return new Statement.Query(query.plan(), mode, query.form(), query.entitiesAsIris(), form);
    }
    throw Errors.unsupported(null, "EXPLAIN of a statement without a plan");
  }
}
