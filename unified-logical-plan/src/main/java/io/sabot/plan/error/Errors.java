package io.sabot.plan.error;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All wording that more than one module uses. Lower-case start, quotes round what the user wrote,
/// what was found, what was expected, what to do.
public final class Errors {
  private Errors() {}

  public static QueryException syntax(@Nullable SourceSpan span, String message) {
    return new QueryException(ErrorCode.SYNTAX_ERROR, span, message, "");
  }

  public static QueryException syntax(@Nullable SourceSpan span, String message, String hint) {
    return new QueryException(ErrorCode.SYNTAX_ERROR, span, message, hint);
  }

  /// A compile-time fault of meaning, with the language's own word for it.
  public static QueryException semantic(
      @Nullable SourceSpan span, String detail, String message, String hint) {
    return new QueryException(ErrorCode.SEMANTIC_ERROR, span, message, hint, detail, null);
  }

  public static QueryException unsupported(@Nullable SourceSpan span, String construct) {
    return new QueryException(ErrorCode.UNSUPPORTED, span, construct + " is not supported yet", "");
  }

  public static QueryException unknownTable(
      @Nullable SourceSpan span, String name, Collection<String> known) {
    return new QueryException(
        ErrorCode.UNKNOWN_TABLE,
        span,
        "table '" + name + "' does not exist",
        didYouMean(name, known));
  }

  public static QueryException unknownColumn(
      @Nullable SourceSpan span, String name, String where, Collection<String> known) {
    return new QueryException(
        ErrorCode.UNKNOWN_COLUMN,
        span,
        "column '" + name + "' does not exist in " + where,
        didYouMean(name, known));
  }

  public static QueryException unknownVariable(
      @Nullable SourceSpan span, String name, Collection<String> known) {
    return new QueryException(
        ErrorCode.UNKNOWN_VARIABLE,
        span,
        "variable '" + name + "' is not defined",
        didYouMean(name, known),
        "UndefinedVariable",
        null);
  }

  public static QueryException unknownFunction(
      @Nullable SourceSpan span, String name, Collection<String> known) {
    return new QueryException(
        ErrorCode.UNKNOWN_FUNCTION,
        span,
        "function '" + name + "' does not exist",
        didYouMean(name, known),
        "UnknownFunction",
        null);
  }

  public static QueryException missingParameter(@Nullable SourceSpan span, String name) {
    return new QueryException(
        ErrorCode.PARAMETER_MISSING,
        span,
        "parameter '" + name + "' has no value",
        "pass it with -p " + name + "=VALUE or in the parameter map",
        "MissingParameter",
        null);
  }

  public static QueryException typeMismatch(String found, String expected, String where) {
    return new QueryException(
        ErrorCode.TYPE_MISMATCH,
        null,
        "found " + found + ", expected " + expected + " in " + where,
        "",
        "InvalidArgumentType",
        null);
  }

  public static QueryException invalidArgument(String message) {
    return new QueryException(
        ErrorCode.INVALID_ARGUMENT, null, message, "", "InvalidArgumentValue", null);
  }

  public static QueryException invalidText(String text, String type) {
    return new QueryException(
        ErrorCode.INVALID_TEXT, null, "'" + text + "' is not a valid " + type, "");
  }

  public static QueryException outOfRange(String operation, String type) {
    return new QueryException(
        ErrorCode.OUT_OF_RANGE,
        null,
        "the result of " + operation + " does not fit in " + type,
        "",
        "NumberOutOfRange",
        null);
  }

  public static QueryException divisionByZero() {
    return new QueryException(
        ErrorCode.DIVISION_BY_ZERO, null, "division by zero", "", "DivisionByZero", null);
  }

  public static QueryException deletedEntity() {
    return new QueryException(
        ErrorCode.DELETED_ENTITY,
        null,
        "the node or relationship was deleted earlier in this statement",
        "read what you need of it before DELETE",
        "DeletedEntityAccess",
        null);
  }

  public static QueryException moreThanOneRow() {
    return new QueryException(
        ErrorCode.MORE_THAN_ONE_ROW,
        null,
        "a subquery used as a value returned more than one row",
        "aggregate it or add LIMIT 1");
  }

  public static QueryException memoryLimit(long limitBytes) {
    return new QueryException(
        ErrorCode.MEMORY_LIMIT,
        null,
        "the query needs more than its memory limit of " + bytes(limitBytes),
        "raise the limit with the setting memory_limit, or make the query smaller");
  }

  /// The same, with the part of the query that asked for more.
  public static QueryException memoryLimit(QueryException error, String operator) {
    return new QueryException(
        error.code(),
        error.span(),
        error.message() + ", in the operator '" + operator + "'",
        error.hint(),
        error.detail(),
        error);
  }

  public static QueryException spillLimit(long limitBytes) {
    return new QueryException(
        ErrorCode.MEMORY_LIMIT,
        null,
        "the query needs more than its memory limit, and more than "
            + bytes(limitBytes)
            + " of temporary files",
        "raise the setting memory_limit or spill_limit, or make the query smaller");
  }

  /// @param place a directory or a file
  public static QueryException spillFailed(String place, Exception cause) {
    return new QueryException(
        ErrorCode.FILE_ERROR,
        null,
        "the temporary files of the query cannot be used, at '" + place + "': " + cause,
        "make room there, or name another directory with the setting spill_directory",
        "",
        cause);
  }

  public static QueryException spillDamaged(String file) {
    return new QueryException(
        ErrorCode.FILE_ERROR,
        null,
        "a temporary file of the query was changed or damaged while it ran: '" + file + "'",
        "run the query again; if it happens again, name another directory with the setting"
            + " spill_directory");
  }

  public static QueryException timeout(long millis) {
    return new QueryException(
        ErrorCode.TIMEOUT,
        null,
        "the query ran longer than its timeout of " + millis + " ms",
        "raise the setting timeout, or make the query smaller");
  }

  public static QueryException cancelled() {
    return new QueryException(ErrorCode.CANCELLED, null, "the query was cancelled", "");
  }

  public static QueryException conflict(String what) {
    return new QueryException(
        ErrorCode.CONFLICT,
        null,
        "another transaction changed " + what + " first",
        "run the transaction again");
  }

  public static QueryException internal(String message, @Nullable Throwable cause) {
    return new QueryException(
        ErrorCode.INTERNAL,
        null,
        message,
        "this is a bug in Sabot; please report it with the query",
        "",
        cause);
  }

  private static String bytes(long count) {
    if (count >= 1L << 30 && count % (1L << 30) == 0) {
      return (count >> 30) + " GiB";
    }
    return count >= 1L << 20 ? (count >> 20) + " MiB" : count + " bytes";
  }

  /// `did you mean 'x'?` for the nearest known name, or an empty text when none is near.
  public static String didYouMean(String name, Collection<String> known) {
    return nearest(name, known).map(near -> "did you mean '" + near + "'?").orElse("");
  }

  /// The known name at the smallest edit distance, if that is at most a third of the length.
  public static Optional<String> nearest(String name, Collection<String> known) {
    String best = null;
    int bestDistance = Math.max(1, name.length() / 3) + 1;
    for (String candidate : known) {
      int distance = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
