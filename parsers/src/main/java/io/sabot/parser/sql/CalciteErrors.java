package io.sabot.parser.sql;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Calcite's complaints in our words.
final class CalciteErrors {
  private static final Pattern TABLE =
      Pattern.compile("(?:Object|Table) '([^']*)' not found(?: within '.*')?.*", Pattern.DOTALL);
  private static final Pattern COLUMN =
      Pattern.compile(
          "Column '([^']*)' not found in (?:any table|table '([^']*)').*", Pattern.DOTALL);
  private static final Pattern TARGET =
      Pattern.compile("Unknown target column '([^']*)'.*", Pattern.DOTALL);
  private static final Pattern FUNCTION =
      Pattern.compile("No match found for function signature (\\w+)(\\(.*\\)).*", Pattern.DOTALL);
  private static final Pattern NOT_NULL =
      Pattern.compile(
          "Column '([^']*)' has no default value and does not allow NULLs.*", Pattern.DOTALL);
  private static final Pattern ENCOUNTERED =
      Pattern.compile(
          "(?s)(?:Encountered|Incorrect syntax near the keyword) [\"'](.*?)[\"'] at line.*");

  /// Names that only our own forms write.
  private static final Pattern OURS =
      Pattern.compile("\\$(EXTRACT|DATE_PART|AT_ZONE|INTERVAL|OVERLAPS)\\b");

  private CalciteErrors() {}

  static @Nullable SourceSpan span(SqlParserPos position) {
    return position.getLineNum() == 0
        ? null
        : new SourceSpan(
            position.getLineNum(),
            position.getColumnNum(),
            position.getEndLineNum(),
            position.getEndColumnNum() + 1);
  }

  static QueryException translate(Throwable failed, SqlBinder binder, String text) {
    SourceSpan span = null;
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case QueryException ours -> {
          return ours.at(span);
        }
        case SqlParseException malformed -> {
          return syntax(malformed, text);
        }
        case CalciteContextException place -> {
          span =
              new SourceSpan(
                  place.getPosLine(),
                  place.getPosColumn(),
                  place.getEndPosLine(),
                  place.getEndPosColumn() + 1);
          if (place.getCause() != null && place.getCause().getMessage() != null) {
            if (!(place.getCause() instanceof QueryException)) {
              return semantic(span, place.getCause().getMessage(), binder, failed);
            }
          }
        }
        default -> {}
      }
    }
    if (failed instanceof UnsupportedOperationException) {
      return Errors.unsupported(span, String.valueOf(failed.getMessage()));
    }
    if (failed instanceof CalciteException refused && refused.getMessage() != null) {
      return semantic(span, refused.getMessage(), binder, failed);
    }
    return Errors.internal("internal error in the SQL front-end: " + failed, failed);
  }

  private static QueryException syntax(SqlParseException malformed, String text) {
    SqlParserPos position = malformed.getPos();
    SourceSpan span = position == null ? Scanner.span(text, text.length()) : span(position);
    String message = String.valueOf(malformed.getMessage());
    Matcher encountered = ENCOUNTERED.matcher(message);
    if (!encountered.matches()) {
      return Errors.syntax(span, message.lines().findFirst().orElse(message));
    }
    String found = encountered.group(1);
    if (found.equals("<EOF>")) {
      return Errors.syntax(span, "the statement ends too early", expected(malformed));
    }
    if (message.startsWith("Incorrect") && isLast(span, text)) {
      return Errors.syntax(span, "the statement cannot end with '" + found + "'", "");
    }
    return Errors.syntax(span, "found '" + found + "' here", expected(malformed));
  }

  /// Whether the word at `span` is the last of the text.
  private static boolean isLast(@Nullable SourceSpan span, String text) {
    String stripped = text.stripTrailing();
    SourceSpan end = Scanner.span(stripped, stripped.length());
    return span != null && span.endLine() == end.line() && span.endColumn() == end.column();
  }

  private static String expected(SqlParseException malformed) {
    List<String> names = new ArrayList<>();
    int[][] sequences = malformed.getExpectedTokenSequences();
    if (sequences != null && sequences.length <= 12) {
      for (int[] sequence : sequences) {
        String[] images = malformed.getTokenImages();
        if (sequence.length > 0 && images != null) {
          names.add(images[sequence[0]].replace("\"", ""));
        }
      }
    }
    return names.isEmpty() ? "" : "expected " + String.join(", ", names);
  }

  private static QueryException semantic(
      @Nullable SourceSpan span, String message, SqlBinder binder, Throwable failed) {
    Matcher table = TABLE.matcher(message);
    if (table.matches()) {
      List<String> known = new ArrayList<>();
      binder.catalog.tables().forEach(t -> known.add(t.name()));
      binder.catalog.views().forEach(v -> known.add(v.name()));
      return Errors.unknownTable(span, table.group(1), known);
    }
    Matcher column = COLUMN.matcher(message);
    if (column.matches()) {
      String where = column.group(2);
      return unknownColumn(span, column.group(1), where, binder);
    }
    Matcher target = TARGET.matcher(message);
    if (target.matches()) {
      return unknownColumn(span, target.group(1), null, binder);
    }
    Matcher notNull = NOT_NULL.matcher(message);
    if (notNull.matches()) {
      return new QueryException(
          ErrorCode.NOT_NULL_VIOLATION,
          span,
          "column '" + notNull.group(1) + "' must not be null",
          "give it a value");
    }
    Matcher function = FUNCTION.matcher(message);
    if (function.matches()) {
      String name = function.group(1);
      return Operators.names().contains(name.toLowerCase(java.util.Locale.ROOT))
          ? Errors.semantic(
              span,
              "ArgumentTypes",
              "function '" + name + "' does not take " + function.group(2),
              "")
          : Errors.unknownFunction(span, name, Operators.names());
    }
    return new QueryException(ErrorCode.SEMANTIC_ERROR, span, plain(message), "", "", failed);
  }

  private static QueryException unknownColumn(
      @Nullable SourceSpan span, String name, @Nullable String where, SqlBinder binder) {
    List<String> known = new ArrayList<>();
    for (TableDef table : binder.catalog.tables()) {
      table.columns().stream().map(ColumnDef::name).forEach(known::add);
    }
    return Errors.unknownColumn(
        span, name, where == null ? "the tables in scope" : "table '" + where + "'", known);
  }

  private static String plain(String message) {
    String line = OURS.matcher(message.lines().findFirst().orElse(message)).replaceAll("$1");
    boolean shouts = line.length() > 1 && Character.isUpperCase(line.charAt(1));
    return line.isEmpty() || shouts
        ? line
        : Character.toLowerCase(line.charAt(0)) + line.substring(1);
  }
}
