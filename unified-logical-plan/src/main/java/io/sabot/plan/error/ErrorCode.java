package io.sabot.plan.error;

/// What went wrong, for programs. Codes are append-only; the five characters are a SQLSTATE.
public enum ErrorCode {
  SYNTAX_ERROR("42601", Category.USER),
  UNSUPPORTED("0A000", Category.USER),
  UNKNOWN_TABLE("42P01", Category.USER),
  UNKNOWN_COLUMN("42703", Category.USER),
  UNKNOWN_FUNCTION("42883", Category.USER),
  UNKNOWN_PROCEDURE("42884", Category.USER),
  UNKNOWN_VARIABLE("42704", Category.USER),
  UNKNOWN_PREFIX("42705", Category.USER),
  UNKNOWN_LABEL("42706", Category.USER),
  DUPLICATE_NAME("42710", Category.USER),
  SEMANTIC_ERROR("42000", Category.USER),
  TYPE_MISMATCH("42804", Category.USER),
  PARAMETER_MISSING("07001", Category.USER),
  INVALID_ARGUMENT("22023", Category.USER),
  INVALID_TEXT("22P02", Category.USER),
  OUT_OF_RANGE("22003", Category.USER),
  DIVISION_BY_ZERO("22012", Category.USER),
  MORE_THAN_ONE_ROW("21000", Category.USER),
  NOT_NULL_VIOLATION("23502", Category.USER),
  FOREIGN_KEY_VIOLATION("23503", Category.USER),
  UNIQUE_VIOLATION("23505", Category.USER),
  CHECK_VIOLATION("23514", Category.USER),
  STILL_CONNECTED("23001", Category.USER),
  DELETED_ENTITY("02000", Category.USER),
  READ_ONLY("25006", Category.USER),
  TRANSACTION_STATE("25000", Category.USER),
  FILE_ERROR("58030", Category.USER),
  MALFORMED_INPUT("22000", Category.USER),
  STORE_LOCKED("55006", Category.USER),
  STORE_FORMAT("58P01", Category.USER),
  CORRUPTION("XX001", Category.BUG),
  MEMORY_LIMIT("53200", Category.USER),
  TIMEOUT("57014", Category.USER),
  CANCELLED("57015", Category.USER),
  CLOSED("55000", Category.USER),
  CONFLICT("40001", Category.RETRY),
  INTERNAL("XX000", Category.BUG),
  SERVICE_ERROR("58000", Category.USER),
  FUNCTION_FAILED("38000", Category.USER);

  /// Who has to act: the author of the query, nobody but to try again, or us.
  public enum Category {
    USER,
    RETRY,
    BUG
  }

  private final String sqlState;
  private final Category category;

  ErrorCode(String sqlState, Category category) {
    this.sqlState = sqlState;
    this.category = category;
  }

  public String sqlState() {
    return sqlState;
  }

  public Category category() {
    return category;
  }
}
