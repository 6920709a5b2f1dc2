package io.sabot.plan.error;

import org.jspecify.annotations.Nullable;

/// The one exception that users see.
///
/// `detail` is a language's own word for the fault (an openCypher TCK detail such as
/// `UndefinedVariable`), empty where there is none.
public final class QueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient @Nullable SourceSpan span;
  private final String hint;
  private final String detail;

  public QueryException(ErrorCode code, @Nullable SourceSpan span, String message, String hint) {
    this(code, span, message, hint, "", null);
  }

  public QueryException(
      ErrorCode code,
      @Nullable SourceSpan span,
      String message,
      String hint,
      String detail,
      @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.span = span;
    this.hint = hint;
    this.detail = detail;
  }

  public ErrorCode code() {
    return code;
  }

  public @Nullable SourceSpan span() {
    return span;
  }

  /// What to do about it; empty when there is nothing useful to say.
  public String hint() {
    return hint;
  }

  public String detail() {
    return detail;
  }

  /// The same error with a language's own word for it.
  public QueryException withDetail(String word) {
    return new QueryException(code, span, message(), hint, word, getCause());
  }

  /// The same error at a place in the text, unless it has one already.
  public QueryException at(@Nullable SourceSpan place) {
    return span != null || place == null
        ? this
        : new QueryException(code, place, message(), hint, detail, getCause());
  }

  public String message() {
    String message = getMessage();
    return message == null ? code.name() : message;
  }
}
