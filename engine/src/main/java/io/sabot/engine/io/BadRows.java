package io.sabot.engine.io;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.util.function.Consumer;

/// Counts the rows of a file that are left out, and ends the import when there are too many.
final class BadRows {
  private final String file;
  private final int errorsMax;
  private final Consumer<String> listener;
  private final String hint;
  private int errors;

  /// @param file its name, for messages
  /// @param errorsMax how many bad rows are left out before the import fails
  /// @param listener is told about each row that is left out
  BadRows(String file, int errorsMax, Consumer<String> listener) {
    this(
        file,
        errorsMax,
        listener,
        errorsMax == 0
            ? "--max-errors N leaves out up to N bad rows; nothing was imported"
            : "more than " + errorsMax + " bad rows; nothing was imported");
  }

  private BadRows(String file, int errorsMax, Consumer<String> listener, String hint) {
    this.file = file;
    this.errorsMax = errorsMax;
    this.listener = listener;
    this.hint = hint;
  }

  /// Takes no bad row.
  static BadRows refused(String file, String hint) {
    return new BadRows(file, 0, _ -> {}, hint);
  }

  void reject(long line, String reason) {
    String message = file + ":" + line + ": " + reason;
    if (++errors > errorsMax) {
      throw new QueryException(ErrorCode.MALFORMED_INPUT, null, message, hint);
    }
    listener.accept(message);
  }
}
