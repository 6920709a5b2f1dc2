package io.sabot.plan.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Between RDF literals (lexical form and datatype) and values.
///
/// A literal whose lexical form is the canonical one of a native record becomes that record; any
/// other stays a `TypedLiteral`, so that no form is ever lost. {@link #number} and its relatives
/// give the value behind either form.
public final class RdfLiterals {
  private static final Set<String> INTEGER_TYPES =
      Set.of(
          "integer",
          "long",
          "int",
          "short",
          "byte",
          "nonNegativeInteger",
          "positiveInteger",
          "nonPositiveInteger",
          "negativeInteger",
          "unsignedLong",
          "unsignedInt",
          "unsignedShort",
          "unsignedByte");
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)");
  private static final Pattern DOUBLE =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "(-?[0-9]{4,})-([0-9]{2})-([0-9]{2})"
              + "(?:T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]+))?)?"
              + "(Z|[+-][0-9]{2}:[0-9]{2})?");

  private RdfLiterals() {}

  /// The value of a literal without a language.
  public static Value of(String lexical, String datatype) {
    Value nativeValue =
        switch (datatype) {
          case Xsd.STRING -> new Value.Str(lexical);
          case Xsd.BOOLEAN ->
              lexical.equals("true")
                  ? Value.TRUE
                  : lexical.equals("false") ? Value.FALSE : Value.NULL;
          case Xsd.INTEGER -> integerOf(lexical);
          case Xsd.DECIMAL ->
              DECIMAL.matcher(lexical).matches()
                  ? new Value.Dec(new BigDecimal(lexical))
                  : Value.NULL;
          case Xsd.DOUBLE -> doubleOf(lexical);
          case Xsd.DATE -> dateOf(lexical);
          default -> Value.NULL;
        };
    return !nativeValue.isNull() && lexical(nativeValue).equals(lexical)
        ? nativeValue
        : new Value.TypedLiteral(lexical, datatype);
  }

  private static Value integerOf(String lexical) {
    if (!INTEGER.matcher(lexical).matches()) {
      return Value.NULL;
    }
    BigInteger value = new BigInteger(lexical);
    return value.bitLength() < 64 ? new Value.Int(value.longValueExact()) : Value.NULL;
  }

  private static Value doubleOf(String lexical) {
    return switch (lexical) {
      case "NaN" -> new Value.Real(Double.NaN);
      case "INF", "+INF" -> new Value.Real(Double.POSITIVE_INFINITY);
      case "-INF" -> new Value.Real(Double.NEGATIVE_INFINITY);
      default ->
          DOUBLE.matcher(lexical).matches()
              ? new Value.Real(Double.parseDouble(lexical))
              : Value.NULL;
    };
  }

  private static Value dateOf(String lexical) {
    try {
      return new Value.Date(LocalDate.parse(lexical));
    } catch (DateTimeException notADate) {
      return Value.NULL;
    }
  }

  /// The datatype IRI of a literal value; null for what is not a literal.
  public static @Nullable String datatype(Value value) {
    return switch (value) {
      case Value.Str _ -> Xsd.STRING;
      case Value.Bool _ -> Xsd.BOOLEAN;
      case Value.Int _ -> Xsd.INTEGER;
      case Value.Dec _ -> Xsd.DECIMAL;
      case Value.Real _ -> Xsd.DOUBLE;
      case Value.Date _ -> Xsd.DATE;
      case Value.Time _, Value.ZonedTime _ -> Xsd.TIME;
      case Value.DateTime _, Value.ZonedDateTime _ -> Xsd.DATE_TIME;
      case Value.Duration _ -> Xsd.DURATION;
      case Value.Bytes _ -> Xsd.HEX_BINARY;
      case Value.LangString(_, _, var direction) ->
          direction.isEmpty() ? Xsd.LANG_STRING : Xsd.DIR_LANG_STRING;
      case Value.TypedLiteral(_, var datatype) -> datatype;
      case Value.Null _,
          Value.ListValue _,
          Value.MapValue _,
          Value.NodeRef _,
          Value.EdgeRef _,
          Value.PathValue _,
          Value.Iri _,
          Value.BlankNode _,
          Value.TripleTerm _ ->
          null;
    };
  }

  public static boolean isLiteral(Value value) {
    return datatype(value) != null;
  }

  /// The canonical lexical form of a literal value.
  public static String lexical(Value value) {
    return switch (value) {
      case Value.Str(String v) -> v;
      case Value.Bool(boolean v) -> Boolean.toString(v);
      case Value.Int(long v) -> Long.toString(v);
      case Value.Dec(BigDecimal v) -> decimalText(v);
      case Value.Real(double v) -> doubleText(v);
      case Value.Date(var v) -> v.toString();
      case Value.Time(var v) -> timeText(v);
      case Value.ZonedTime(var v) -> timeText(v.toLocalTime()) + v.getOffset();
      case Value.DateTime(var v) -> v.toLocalDate() + "T" + timeText(v.toLocalTime());
      case Value.ZonedDateTime(var v) ->
          v.toLocalDate() + "T" + timeText(v.toLocalTime()) + v.getOffset();
      case Value.Duration v -> Durations.text(v);
      case Value.Bytes(String hex) -> hex;
      case Value.LangString(String v, _, _) -> v;
      case Value.TypedLiteral(String v, _) -> v;
      default -> throw new IllegalArgumentException("not a literal: " + value);
    };
  }

  private static String timeText(LocalTime time) {
    String seconds =
        String.format(
            Locale.ROOT, "%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
    if (time.getNano() == 0) {
      return seconds;
    }
    String fraction = String.format(Locale.ROOT, "%09d", time.getNano()).replaceAll("0+$", "");
    return seconds + "." + fraction;
  }

  private static String decimalText(BigDecimal value) {
    BigDecimal canonical = TermId.canonical(value);
    String text = canonical.toPlainString();
    return canonical.scale() == 0 ? text + ".0" : text;
  }

  /// XSD canonical double: one digit before the point, `E`, no leading zeros.
  public static String doubleText(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "INF" : "-INF";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0E0" : "0.0E0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    BigDecimal mantissa = exact.movePointLeft(exponent);
    String digits = mantissa.toPlainString();
    return (digits.contains(".") ? digits : digits + ".0") + "E" + exponent;
  }

  /// The numeric value of a literal, or null when it is not a (well-formed) number. Floats and
  /// doubles give `Real`, decimals `Dec`, all integer types `Int` (`Dec` beyond 64 bits).
  public static @Nullable Value number(Value value) {
    return switch (value) {
      case Value.Int _, Value.Real _, Value.Dec _ -> value;
      case Value.TypedLiteral(String lexical, String datatype) -> typedNumber(lexical, datatype);
      default -> null;
    };
  }

  public static boolean isFloat(Value value) {
    return value instanceof Value.TypedLiteral(_, var datatype) && datatype.equals(Xsd.FLOAT);
  }

  private static @Nullable Value typedNumber(String lexical, String datatype) {
    String text = lexical.strip();
    switch (datatype) {
      case Xsd.DECIMAL -> {
        return DECIMAL.matcher(text).matches() ? new Value.Dec(new BigDecimal(text)) : null;
      }
      case Xsd.DOUBLE -> {
        Value real = doubleOf(text);
        return real.isNull() ? null : real;
      }
      case Xsd.FLOAT -> {
        Value real = doubleOf(text);
        return real instanceof Value.Real(double v) ? new Value.Real((float) v) : null;
      }
      default -> {
        return isIntegerType(datatype) && INTEGER.matcher(text).matches() ? bigInteger(text) : null;
      }
    }
  }

  private static Value bigInteger(String text) {
    BigInteger value = new BigInteger(text);
    return value.bitLength() < 64
        ? new Value.Int(value.longValueExact())
        : new Value.Dec(new BigDecimal(value));
  }

  public static boolean isIntegerType(String datatype) {
    return datatype.startsWith(Xsd.NS)
        && INTEGER_TYPES.contains(datatype.substring(Xsd.NS.length()));
  }

  public static boolean isNumericType(String datatype) {
    return isIntegerType(datatype)
        || datatype.equals(Xsd.DECIMAL)
        || datatype.equals(Xsd.DOUBLE)
        || datatype.equals(Xsd.FLOAT);
  }

  /// The boolean value of an `xsd:boolean` literal, or null.
  public static @Nullable Boolean bool(Value value) {
    return switch (value) {
      case Value.Bool(boolean v) -> v;
      case Value.TypedLiteral(String lexical, String datatype) when datatype.equals(Xsd.BOOLEAN) ->
          switch (lexical.strip()) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> null;
          };
      default -> null;
    };
  }

  /// The point in time of a dateTime or date literal.
  ///
  /// @param zoned whether it names a time zone
  public record TimePoint(LocalDateTime local, ZoneOffset offset, boolean zoned, boolean isDate) {
    Instant instant() {
      return OffsetDateTime.of(local, offset).toInstant();
    }

    /// XSD order: null when one has a zone and the other has not and they are within 14 hours.
    @Nullable Integer compareTo(TimePoint other) {
      if (zoned == other.zoned) {
        return Integer.signum(
            OffsetDateTime.of(local, offset)
                .toInstant()
                .compareTo(OffsetDateTime.of(other.local, other.offset).toInstant()));
      }
      if (!zoned) {
        Integer flipped = other.compareTo(this);
        return flipped == null ? null : Integer.valueOf(-flipped);
      }
      var instant = OffsetDateTime.of(local, offset).toInstant();
      var earliest = other.local.toInstant(ZoneOffset.ofHours(14));
      var latest = other.local.toInstant(ZoneOffset.ofHours(-14));
      return instant.isBefore(earliest)
          ? Integer.valueOf(-1)
          : instant.isAfter(latest) ? Integer.valueOf(1) : null;
    }
  }

  /// The time point of an `xsd:dateTime` or `xsd:date` literal, or null.
  public static @Nullable TimePoint timePoint(Value value) {
    return switch (value) {
      case Value.Date(var v) -> new TimePoint(v.atStartOfDay(), ZoneOffset.UTC, false, true);
      case Value.DateTime(var v) -> new TimePoint(v, ZoneOffset.UTC, false, false);
      case Value.ZonedDateTime(var v) ->
          new TimePoint(v.toLocalDateTime(), v.getOffset(), true, false);
      case Value.TypedLiteral(String lexical, String datatype)
          when datatype.equals(Xsd.DATE_TIME) || datatype.equals(Xsd.DATE) ->
          parseTimePoint(lexical, datatype.equals(Xsd.DATE));
      default -> null;
    };
  }

  private static @Nullable TimePoint parseTimePoint(String lexical, boolean isDate) {
    boolean isUtc = lexical.length() == 20 && lexical.charAt(19) == 'Z';
    if (!isDate && (isUtc || lexical.length() == 19)) {
      TimePoint usual = usualDateTime(lexical, isUtc);
      if (usual != null) {
        return usual;
      }
    }
    var matcher = DATE_TIME.matcher(lexical.strip());
    if (!matcher.matches() || (matcher.group(4) == null) != isDate) {
      return null;
    }
    try {
      LocalDate date =
          LocalDate.of(
              Integer.parseInt(matcher.group(1)),
              Integer.parseInt(matcher.group(2)),
              Integer.parseInt(matcher.group(3)));
      LocalDateTime local = isDate ? date.atStartOfDay() : dateTime(date, matcher);
      String zone = matcher.group(8);
      return new TimePoint(
          local, zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone), zone != null, isDate);
    } catch (DateTimeException | NumberFormatException malformed) {
      return null;
    }
  }

  /// A time as most are written, `2026-01-31T23:59:59` with `Z` or without; null for any other.
  /// Filters parse millions of them.
  private static @Nullable TimePoint usualDateTime(String text, boolean isUtc) {
    boolean isSeparated =
        text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && text.charAt(10) == 'T'
            && text.charAt(13) == ':'
            && text.charAt(16) == ':';
    int year = 100 * twoDigits(text, 0) + twoDigits(text, 2);
    int month = twoDigits(text, 5);
    int day = twoDigits(text, 8);
    int hour = twoDigits(text, 11);
    int minute = twoDigits(text, 14);
    int second = twoDigits(text, 17);
    boolean isUsual =
        isSeparated
            && year > 0
            && month >= 1
            && month <= 12
            && day >= 1
            && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth())
            && hour >= 0
            && hour < 24
            && minute >= 0
            && minute < 60
            && second >= 0
            && second < 60;
    return isUsual
        ? new TimePoint(
            LocalDateTime.of(year, month, day, hour, minute, second), ZoneOffset.UTC, isUtc, false)
        : null;
  }

  /// The number of two ASCII digits, or far below 0.
  private static int twoDigits(String text, int at) {
    int tens = text.charAt(at) - '0';
    int ones = text.charAt(at + 1) - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -100_000 : 10 * tens + ones;
  }

  private static LocalDateTime dateTime(LocalDate date, java.util.regex.Matcher matcher) {
    int hour = Integer.parseInt(matcher.group(4));
    String fraction = matcher.group(7) == null ? "" : matcher.group(7);
    int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
    LocalTime time =
        LocalTime.of(
            hour == 24 ? 0 : hour,
            Integer.parseInt(matcher.group(5)),
            Integer.parseInt(matcher.group(6)),
            nanos);
    return (hour == 24 ? date.plusDays(1) : date).atTime(time);
  }

  /// A total order of the literals of one {@link #group} that agrees with {@link #compare}: NaN
  /// after all numbers, times without a zone as if in UTC; 0 where values do not tell them apart.
  static int total(Value left, Value right) {
    if (isDateTime(left) && isDateTime(right)) {
      TimePoint a = timePoint(left);
      TimePoint b = timePoint(right);
      return a == null || b == null ? 0 : a.instant().compareTo(b.instant());
    }
    Value numberLeft = number(left);
    Value numberRight = number(right);
    if (numberLeft != null && numberRight != null) {
      return Ordering.numbers(numberLeft, numberRight);
    }
    TimePoint timeLeft = timePoint(left);
    TimePoint timeRight = timePoint(right);
    if (timeLeft != null && timeRight != null) {
      return timeLeft.instant().compareTo(timeRight.instant());
    }
    Integer order = compare(left, right);
    return order == null ? 0 : order;
  }

  /// Compares two literals as SPARQL `<` does (§17.3); null where that is an error.
  public static @Nullable Integer compare(Value left, Value right) {
    if (isDateTime(left) && isDateTime(right)) {
      return times(left, right);
    }
    Value numberLeft = number(left);
    Value numberRight = number(right);
    if (numberLeft != null && numberRight != null) {
      return Numbers.compare(numberLeft, numberRight);
    }
    if (left instanceof Value.Str(String a) && right instanceof Value.Str(String b)) {
      return Ordering.codePoints(a, b);
    }
    Boolean boolLeft = bool(left);
    Boolean boolRight = bool(right);
    if (boolLeft != null && boolRight != null) {
      return Boolean.compare(boolLeft, boolRight);
    }
    return times(left, right);
  }

  private static @Nullable Integer times(Value left, Value right) {
    TimePoint timeLeft = timePoint(left);
    TimePoint timeRight = timePoint(right);
    if (timeLeft != null && timeRight != null && timeLeft.isDate() == timeRight.isDate()) {
      return timeLeft.compareTo(timeRight);
    }
    return null;
  }

  /// When an `xsd:dateTime` literal is, as if in UTC when it names no zone; null for any other
  /// value. Of two that have one, the earlier comes first in {@link Ordering#sparql}.
  public static @Nullable Instant instant(Value value) {
    TimePoint time = isDateTime(value) ? timePoint(value) : null;
    return time == null ? null : time.instant();
  }

  private static boolean isDateTime(Value value) {
    return value instanceof Value.TypedLiteral(_, String datatype)
        && datatype.equals(Xsd.DATE_TIME);
  }

  /// SPARQL `=` (§17.4.1.7 RDFterm-equal with the operator mapping): null is an error.
  public static @Nullable Boolean sparqlEquals(Value left, Value right) {
    if (left.isNull() || right.isNull()) {
      return null;
    }
    Value numberLeft = number(left);
    Value numberRight = number(right);
    if (numberLeft != null && numberRight != null) {
      Integer order = Numbers.compare(numberLeft, numberRight);
      return order != null && order == 0;
    }
    if (left.equals(right)) {
      return true;
    }
    if (left instanceof Value.TripleTerm a && right instanceof Value.TripleTerm b) {
      return triples(a, b);
    }
    if (!isLiteral(left) || !isLiteral(right)) {
      return false;
    }
    if (left instanceof Value.LangString a && right instanceof Value.LangString b) {
      return a.lexical().equals(b.lexical())
          && a.language().equalsIgnoreCase(b.language())
          && a.direction().equals(b.direction());
    }
    if (left instanceof Value.LangString || right instanceof Value.LangString) {
      return false;
    }
    Integer order = compare(left, right);
    if (order != null) {
      return order == 0;
    }
    return isKnown(left) && isKnown(right) && comparableKinds(left, right) ? Boolean.FALSE : null;
  }

  private static @Nullable Boolean triples(Value.TripleTerm a, Value.TripleTerm b) {
    Boolean subject = sparqlEquals(a.subject(), b.subject());
    Boolean predicate = sparqlEquals(a.predicate(), b.predicate());
    Boolean object = sparqlEquals(a.object(), b.object());
    if (Boolean.FALSE.equals(subject)
        || Boolean.FALSE.equals(predicate)
        || Boolean.FALSE.equals(object)) {
      return false;
    }
    return subject == null || predicate == null || object == null ? null : Boolean.TRUE;
  }

  /// Well-formed literals of two different value spaces are known to differ; two time points that
  /// merely do not compare are not.
  private static boolean comparableKinds(Value left, Value right) {
    return timePoint(left) == null || timePoint(right) == null || group(left) != group(right);
  }

  private static boolean isKnown(Value literal) {
    return literal instanceof Value.Str
        || literal instanceof Value.LangString
        || number(literal) != null
        || bool(literal) != null
        || timePoint(literal) != null;
  }

  /// Groups literals that `<` can compare, for a total order.
  static int group(Value literal) {
    if (isDateTime(literal)) {
      return timePoint(literal) == null ? 6 : 4;
    }
    if (number(literal) != null) {
      return 0;
    }
    if (literal instanceof Value.Str) {
      return 1;
    }
    if (literal instanceof Value.LangString) {
      return 2;
    }
    if (bool(literal) != null) {
      return 3;
    }
    TimePoint time = timePoint(literal);
    return time == null ? 6 : time.isDate() ? 5 : 4;
  }

  /// Rounds half up (away from zero for .5 of positive numbers), as `fn:round` does.
  static BigDecimal round(BigDecimal value) {
    return value.setScale(0, value.signum() < 0 ? RoundingMode.HALF_DOWN : RoundingMode.HALF_UP);
  }
}
