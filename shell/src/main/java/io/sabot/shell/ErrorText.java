package io.sabot.shell;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the user is told of a failure: one block, never a stack trace unless asked for.
///
/// ```
/// error[UNKNOWN_TABLE] table 'persn' does not exist
///   line 1, column 15
///   SELECT * FROM persn
///                 ^^^^^
/// hint: did you mean 'person'?
/// ```
public final class ErrorText {
  private static final int LINE_MAX = 160;

  private ErrorText() {}

  /// @param text the query, null when there is none
  public static String of(Throwable failed, @Nullable String text, boolean debug) {
    StringBuilder out = new StringBuilder();
    if (failed instanceof QueryException known) {
      out.append("error[").append(known.code()).append("] ").append(known.message()).append('\n');
      SourceSpan span = known.span();
      if (span != null) {
        out.append("  ").append(span).append('\n');
        if (text != null) {
          appendSource(out, span, text.lines().toList());
        }
      }
      if (!known.hint().isEmpty()) {
        out.append("hint: ").append(known.hint()).append('\n');
      }
    } else {
      out.append("error[").append(ErrorCode.INTERNAL).append("] internal error: ").append(failed);
      out.append('\n');
    }
    appendTrace(out, failed, debug);
    return out.toString();
  }

  private static void appendTrace(StringBuilder out, Throwable failed, boolean debug) {
    if (debug) {
      StringWriter trace = new StringWriter();
      failed.printStackTrace(new PrintWriter(trace));
      out.append(trace);
    } else if (!(failed instanceof QueryException known) || known.code() == ErrorCode.INTERNAL) {
      out.append("  run it again with --debug to see where\n");
    }
  }

  private static void appendSource(StringBuilder out, SourceSpan span, List<String> lines) {
    if (span.line() > lines.size()) {
      return;
    }
    String line = lines.get(span.line() - 1).replace('\t', ' ');
    int column = Math.min(Math.max(1, span.column()), line.length() + 1);
    int end = span.endLine() == span.line() ? span.endColumn() : line.length() + 1;
    int from = Math.max(0, Math.min(column - LINE_MAX / 2, line.length() - LINE_MAX));
    String shown = line.substring(from, Math.min(line.length(), from + LINE_MAX));
    int carets = Math.max(1, Math.min(end, line.length() + 1) - column);
    carets = Math.max(1, Math.min(carets, shown.length() - (column - 1 - from)));
    out.append("  ").append(shown).append('\n');
    out.append("  ").append(" ".repeat(column - 1 - from)).append("^".repeat(carets)).append('\n');
  }
}
