package io.sabot.store.segment;

import io.sabot.plan.type.Type;

/// The physical form of a stored column.
public enum ColumnKind {
  /// 64-bit integers: every integer width, dates (days), times and timestamps (microseconds),
  /// decimals of at most 18 digits (scaled), term identifiers (0 is null).
  LONG,
  /// IEEE doubles.
  DOUBLE,
  BOOL,
  /// UTF-8 text.
  STRING,
  /// Decimals of more than 18 digits: two longs a row, low word first, two's complement.
  WIDE;

  private static final int LONG_DIGITS_MAX = 18;

  /// The form in which a table column of `type` is stored.
  public static ColumnKind of(Type type) {
    return switch (type.physical()) {
      case BOOL -> BOOL;
      case LONG, TERM -> LONG;
      case DOUBLE -> DOUBLE;
      case STRING -> STRING;
      case DECIMAL ->
          type instanceof Type.Decimal(int precision, int _) && precision > LONG_DIGITS_MAX
              ? WIDE
              : LONG;
    };
  }
}
