package io.sabot.plan.statement;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;

/// A label or relationship type that a query asks for and that nothing has. The query is no error
/// in its language: what asks for the name finds nothing.
///
/// @param findsNothing whether a required part of the query cannot have a row because of it
public record UnknownName(
    String kind, String name, SourceSpan span, String hint, boolean findsNothing) {
  /// In one line, for a warning.
  public String message() {
    return fact() + (hint.isEmpty() ? "" : "; " + hint);
  }

  /// The same as an error, for callers to whom a query that can find nothing is a mistake.
  public QueryException asError() {
    String way = hint.isEmpty() ? "OPTIONAL MATCH asks for what may not be there" : hint;
    return new QueryException(ErrorCode.UNKNOWN_LABEL, span, fact(), way);
  }

  private String fact() {
    return "nothing has the " + kind + " '" + name + "'";
  }
}
