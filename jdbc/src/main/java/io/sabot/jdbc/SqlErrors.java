package io.sabot.jdbc;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;

/// Every `SQLException` of the driver: the engine's errors in JDBC's classes, and its own wording.
///
/// The cause of a translated error is the {@link QueryException}, which has the place in the text
/// as a span; the message says it in words.
final class SqlErrors {
  private SqlErrors() {}

  static SQLException of(QueryException failed) {
    String message = message(failed);
    String state = state(failed.code());
    SQLException translated =
        switch (failed.code()) {
          case TIMEOUT -> new SQLTimeoutException(message, state);
          case CONFLICT -> new SQLTransactionRollbackException(message, state);
          case UNSUPPORTED -> new SQLFeatureNotSupportedException(message, state);
          case CLOSED -> new SQLNonTransientConnectionException(message, state);
          default ->
              switch (state.substring(0, 2)) {
                case "22" -> new SQLDataException(message, state);
                case "23" -> new SQLIntegrityConstraintViolationException(message, state);
                case "42" -> new SQLSyntaxErrorException(message, state);
                case "28" -> new SQLInvalidAuthorizationSpecException(message, state);
                default -> new SQLException(message, state);
              };
        };
    translated.initCause(failed);
    return translated;
  }

  /// That of PostgreSQL, which has one for a timeout and for a cancelled query.
  private static String state(ErrorCode code) {
    return code == ErrorCode.CANCELLED ? ErrorCode.TIMEOUT.sqlState() : code.sqlState();
  }

  private static String message(QueryException failed) {
    StringBuilder message = new StringBuilder(failed.message());
    if (failed.span() != null) {
      message.append(" (").append(failed.span()).append(')');
    }
    if (!failed.hint().isEmpty()) {
      message.append("; ").append(failed.hint());
    }
    return message.toString();
  }

  static SQLException closed(String what) {
    return new SQLNonTransientConnectionException("the " + what + " is closed", "08003");
  }

  static SQLFeatureNotSupportedException unsupported(String what) {
    return new SQLFeatureNotSupportedException(what + " is not supported", "0A000");
  }

  static SQLFeatureNotSupportedException rowsCannotChange() {
    return new SQLFeatureNotSupportedException(
        "the rows of a result set are read-only; use UPDATE, INSERT or DELETE", "0A000");
  }

  static SQLException url(String found, String expected) {
    return new SQLException("found '" + found + "', expected " + expected, "08001");
  }

  static SQLException argument(String message) {
    return new SQLException(message, "22023");
  }

  static SQLException noColumn(String label, Iterable<String> known) {
    return new SQLException(
        "the result has no column '" + label + "', its columns are " + String.join(", ", known),
        "42703");
  }

  static SQLException noRow() {
    return new SQLException("the result set is not on a row; call next() first", "24000");
  }

  static SQLException forwardOnly() {
    return new SQLException(
        "the result set only goes forward; ask for TYPE_SCROLL_INSENSITIVE", "24000");
  }

  static SQLException transactionState(String message) {
    return new SQLException(message, "25000");
  }

  static SQLException noRows() {
    return new SQLException("the statement returns no rows; use execute or executeUpdate", "02000");
  }

  static SQLException rowsReturned() {
    return new SQLException("the statement returns rows; use execute or executeQuery", "0100E");
  }

  static SQLDataException cannotRead(Object value, String target) {
    return new SQLDataException("the value '" + value + "' cannot be read as " + target, "22018");
  }

  static SQLDataException outOfRange(Object value, String target) {
    return new SQLDataException("the value " + value + " does not fit into " + target, "22003");
  }
}
