package io.sabot.tck.slt;

import io.sabot.plan.error.ErrorCode;
import io.sabot.tck.slt.SltFileRun.Failure;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Where SQLite's dialect, in which the files are written, is not the one of Sabot, which follows
/// PostgreSQL. Each has a reason, which the report counts, and a rule that says which failures it
/// explains; a failure that no rule explains is a failure of the engine.
enum Difference {
  DIVISION_BY_ZERO(
      "SQLite gives NULL for a division by zero; PostgreSQL, and Sabot, an error",
      failure -> failure.code() == ErrorCode.DIVISION_BY_ZERO),
  EMPTY_LIST(
      "SQLite and MySQL know an IN with an empty list; in PostgreSQL it is a syntax error",
      failure ->
          failure.code() == ErrorCode.SYNTAX_ERROR
              && Rules.EMPTY_LIST.matcher(failure.record().sql()).find()),
  MIXED_TYPES(
      "SQLite compares a blob with integers; PostgreSQL refuses",
      failure ->
          failure.code() == ErrorCode.SEMANTIC_ERROR
              && failure.message().contains("compatible types")
              && Rules.BLOB.matcher(failure.record().sql()).find()),
  PLUS_TEXT(
      "SQLite takes + before a text for nothing; PostgreSQL knows no such operator",
      failure ->
          failure.code() == ErrorCode.SEMANTIC_ERROR && failure.message().contains("'+<VARCHAR>'")),
  UNGROUPED(
      "SQLite lets a column stand that is not grouped; PostgreSQL refuses",
      failure ->
          failure.code() == ErrorCode.SEMANTIC_ERROR
              && failure.message().endsWith("is not being grouped")),
  WIDTH(
      "SQLite's INTEGER has 64 bits, PostgreSQL's 32",
      failure ->
          failure.code() == ErrorCode.OUT_OF_RANGE
              && failure.message().endsWith("does not fit in a 32-bit integer")),
  ROUNDED(
      "a CAST to INTEGER cuts the fraction off in SQLite; in PostgreSQL it rounds",
      failure ->
          failure.code() == null && Rules.CAST_OF_AVERAGE.matcher(failure.record().sql()).find()),
  CHOSEN_TYPE(
      "in SQLite COALESCE, NULLIF and CASE have the type of what they choose, in PostgreSQL one"
          + " for all, so that / beside an AVG is a division of integers in one of them only",
      failure ->
          failure.code() == null
              && Rules.CHOICE_WITH_AVERAGE.matcher(failure.record().sql()).find()
              && failure.record().sql().contains("/")),
  SET_TWICE(
      "SQLite lets UPDATE set a column twice, and the last counts; PostgreSQL refuses",
      failure -> failure.code() == ErrorCode.DUPLICATE_NAME && begins(failure, "UPDATE")),
  TRIGGER(
      "triggers are no part of Sabot",
      failure -> begins(failure, "CREATE TRIGGER", "DROP TRIGGER")),
  REPLACE(
      "REPLACE and INSERT OR REPLACE are SQLite's and MySQL's words for INSERT ... ON CONFLICT",
      failure -> begins(failure, "REPLACE INTO", "INSERT OR REPLACE")),
  REINDEX("there is nothing to reindex in Sabot", failure -> begins(failure, "REINDEX"));

  /// An enum's constants cannot refer to its own static fields.
  private static final class Rules {
    static final Pattern EMPTY_LIST = Pattern.compile("(?i)\\bIN\\s*\\(\\s*\\)");
    static final Pattern BLOB = Pattern.compile("(?i)\\bx'[0-9a-f]*'");
    static final Pattern CHOICE_WITH_AVERAGE =
        Pattern.compile("(?is)\\b(COALESCE|NULLIF|CASE)\\b.*\\bAVG\\b");
    static final Pattern CAST_OF_AVERAGE =
        Pattern.compile("(?is)\\bCAST\\b.*\\bAVG\\b.*\\bAS INTEGER\\b");
  }

  private final String reason;
  private final Predicate<Failure> explains;

  Difference(String reason, Predicate<Failure> explains) {
    this.reason = reason;
    this.explains = explains;
  }

  String reason() {
    return reason;
  }

  /// The difference that explains a failure.
  static Optional<Difference> of(Failure failure) {
    return Arrays.stream(values()).filter(d -> d.explains.test(failure)).findFirst();
  }

  /// The difference whose reason a message begins with.
  static Difference explained(String message) {
    return Arrays.stream(values())
        .filter(difference -> message.startsWith(difference.reason))
        .findFirst()
        .orElseThrow();
  }

  private static boolean begins(Failure failure, String... words) {
    String sql = failure.record().sql().toUpperCase(Locale.ROOT);
    return Arrays.stream(words).anyMatch(sql::startsWith);
  }
}
