package io.sabot.engine.io;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.type.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;

/// Recognises the type of a column from its texts, and puts texts of a type into buffers.
final class FieldTypes {
  private static final Pattern INT = Pattern.compile("-?(0|[1-9][0-9]{0,18})");
  private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)\\.([0-9]+)");
  private static final Pattern DOUBLE =
      Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?|NaN|-?Infinity");
  private static final int DECIMAL_DIGITS = 18;
  private static final int MICROS = 1_000_000;

  private boolean maybeBool = true;
  private boolean maybeInt = true;
  private boolean maybeDecimal = true;
  private boolean maybeDouble = true;
  private boolean maybeDate = true;
  private boolean maybeTimestamp = true;
  private boolean isEmpty = true;
  private int integerDigits;
  private int scale;

  /// Takes one more text into account; empty texts are nulls and say nothing.
  void look(String text) {
    if (text.isEmpty()) {
      return;
    }
    isEmpty = false;
    maybeBool &= isBool(text);
    maybeInt &= INT.matcher(text).matches() && fitsLong(text);
    lookDecimal(text);
    maybeDouble &= DOUBLE.matcher(text).matches() && !hasLeadingZero(text);
    maybeDate &= parses(() -> LocalDate.parse(text));
    maybeTimestamp &= parses(() -> timestamp(text));
  }

  private void lookDecimal(String text) {
    if (!maybeDecimal) {
      return;
    }
    var matcher = DECIMAL.matcher(text);
    if (matcher.matches()) {
      integerDigits = Math.max(integerDigits, matcher.group(1).length());
      scale = Math.max(scale, matcher.group(2).length());
    } else if (INT.matcher(text).matches()) {
      integerDigits = Math.max(integerDigits, text.length());
    } else {
      maybeDecimal = false;
    }
    maybeDecimal &= integerDigits + scale <= DECIMAL_DIGITS;
  }

  /// Codes such as `007` are texts.
  private static boolean hasLeadingZero(String text) {
    return text.length() > 1 && text.charAt(0) == '0' && Character.isDigit(text.charAt(1));
  }

  Type type() {
    if (isEmpty) {
      return Type.STRING;
    }
    if (maybeBool) {
      return Type.BOOL;
    }
    if (maybeInt) {
      return Type.INT64;
    }
    if (maybeDecimal) {
      return new Type.Decimal(DECIMAL_DIGITS, scale);
    }
    if (maybeDouble) {
      return Type.FLOAT64;
    }
    if (maybeDate) {
      return Type.DATE;
    }
    return maybeTimestamp ? Type.TIMESTAMP : Type.STRING;
  }

  private static boolean isBool(String text) {
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
  }

  private static boolean fitsLong(String text) {
    return parses(() -> Long.parseLong(text));
  }

  private interface Parse {
    Object parse();
  }

  private static boolean parses(Parse parse) {
    try {
      parse.parse();
      return true;
    } catch (DateTimeException | NumberFormatException no) {
      return false;
    }
  }

  /// `2024-01-31T10:00:00`, with a blank for the T, perhaps with a zone, which makes it UTC.
  private static LocalDateTime timestamp(String text) {
    String iso = text.length() > 10 && text.charAt(10) == ' ' ? text.replace(' ', 'T') : text;
    if (iso.endsWith("Z")) {
      return LocalDateTime.parse(iso.substring(0, iso.length() - 1));
    }
    return LocalDateTime.parse(iso);
  }

  /// Adds a field of a text file to the buffer of its column; an empty one is null.
  static void addField(String text, ColumnDef column, ColumnBuffer buffer) {
    if (!text.isEmpty() || (!column.nullable() && column.type() == Type.STRING)) {
      try {
        add(text, column.type(), buffer);
      } catch (QueryException bad) {
        throw Errors.invalidArgument("column '" + column.name() + "': " + bad.message());
      }
    } else {
      addNull(column, buffer);
    }
  }

  static void addNull(ColumnDef column, ColumnBuffer buffer) {
    if (!column.nullable()) {
      throw Errors.invalidArgument("column '" + column.name() + "' must not be empty");
    }
    buffer.addNull();
  }

  /// Adds a text to a buffer of a column of `type`; throws when it is none.
  static void add(String text, Type type, ColumnBuffer buffer) {
    try {
      parseInto(text, type, buffer);
    } catch (NumberFormatException | DateTimeException | ArithmeticException notOne) {
      throw Errors.invalidText(text, type.toString().toLowerCase(Locale.ROOT));
    }
  }

  private static void parseInto(String text, Type type, ColumnBuffer buffer) {
    switch (type) {
      case Type.Int(int bits) -> buffer.addLong(integer(text, bits));
      case Type.Floating _ -> buffer.addDouble(Double.parseDouble(text));
      case Type.Decimal(int precision, int scale) -> {
        if (buffer.holdsLongs() && addPlainDecimal(text, precision, scale, buffer)) {
          return;
        }
        BigDecimal value = new BigDecimal(text).setScale(scale, RoundingMode.HALF_UP);
        if (value.precision() > precision) {
          throw new ArithmeticException("too many digits");
        }
        buffer.addDecimal(value);
      }
      case Type.ListOf _ -> throw Errors.unsupported(null, "importing a column of type " + type);
      case Type.Simple simple -> parseSimple(text, simple, buffer);
    }
  }

  /// A number of digits with perhaps a point, as nearly all are, that fits as it is; false when it
  /// is written in another way.
  private static boolean addPlainDecimal(
      String text, int precision, int scale, ColumnBuffer buffer) {
    int length = text.length();
    int first = length > 0 && text.charAt(0) == '-' ? 1 : 0;
    long unscaled = 0;
    int point = -1;
    for (int i = first; i < length; i++) {
      char c = text.charAt(i);
      if (c == '.' && point < 0 && i > first) {
        point = i;
      } else if (c >= '0' && c <= '9' && i - first < DECIMAL_DIGITS) {
        unscaled = unscaled * 10 + (c - '0');
      } else {
        return false;
      }
    }
    int decimals = point < 0 ? 0 : length - point - 1;
    int integers = (point < 0 ? length : point) - first;
    boolean isPlain =
        integers > 0
            && decimals <= scale
            && (point < 0 || decimals > 0)
            && integers + scale <= Math.min(precision, DECIMAL_DIGITS);
    if (isPlain) {
      for (int i = decimals; i < scale; i++) {
        unscaled *= 10;
      }
      buffer.addLong(first == 1 ? -unscaled : unscaled);
    }
    return isPlain;
  }

  /// Four digits, two and two without a formatter.
  private static LocalDate date(String text) {
    if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return LocalDate.parse(text);
    }
    int number = 0;
    for (int i = 0; i < 10; i++) {
      char c = text.charAt(i);
      if (i == 4 || i == 7) {
        continue;
      }
      if (c < '0' || c > '9') {
        return LocalDate.parse(text);
      }
      number = number * 10 + (c - '0');
    }
    return LocalDate.of(number / 10_000, number / 100 % 100, number % 100);
  }

  private static long integer(String text, int bits) {
    long value = Long.parseLong(text);
    if (bits < 64 && value >> (bits - 1) != value >> 63) {
      throw new ArithmeticException("too large");
    }
    return value;
  }

  private static void parseSimple(String text, Type.Simple type, ColumnBuffer buffer) {
    switch (type) {
      case STRING -> buffer.addString(text);
      case BOOL -> {
        if (!isBool(text)) {
          throw new NumberFormatException(text);
        }
        buffer.addBool(Boolean.parseBoolean(text));
      }
      case DATE -> buffer.addLong(date(text).toEpochDay());
      case TIME -> buffer.addLong(LocalTime.parse(text).toNanoOfDay() / 1000);
      case TIMESTAMP -> {
        LocalDateTime value = timestamp(text);
        buffer.addLong(value.toEpochSecond(ZoneOffset.UTC) * MICROS + value.getNano() / 1000);
      }
      case BYTES, TIMESTAMPTZ, INTERVAL, UUID, JSON, JSONB, NODE, EDGE, PATH, IRI, MAP, ANY ->
          throw Errors.unsupported(null, "importing a column of type " + type);
    }
  }
}
