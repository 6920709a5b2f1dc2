package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Expr.CastMode;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Locale;

/// SQL casts over values, after PostgreSQL: decimals round half away from zero, floating-point
/// numbers half to even, text is trimmed before it is read as anything else.
public final class Casts {
  private Casts() {}

  public static Value cast(Value value, Type type, CastMode mode) {
    if (value.isNull() || (mode == CastMode.FORM && type instanceof Type.ListOf)) {
      return value;
    }
    if (mode == CastMode.FORM && (type == Type.TIMESTAMPTZ || type == Type.INTERVAL)) {
      return value;
    }
    if (mode != CastMode.FORM && type == Type.STRING) {
      return new Value.Str(sqlText(value));
    }
    if (mode == CastMode.TRY) {
      try {
        return convert(value, type);
      } catch (QueryException doesNotConvert) {
        return Value.NULL;
      }
    }
    return convert(value, type);
  }

  private static Value convert(Value value, Type type) {
    return switch (type) {
      case Type.Int(int bits) -> toInt(value, bits);
      case Type.Floating(int bits) -> toReal(value, bits);
      case Type.Decimal decimal -> toDecimal(value, decimal);
      case Type.ListOf(Type element) -> toList(value, element);
      case Type.Simple simple -> toSimple(value, simple);
    };
  }

  private static Value toList(Value value, Type element) {
    return switch (value) {
      case Value.Str(String text) ->
          SqlArrayText.read(text, element instanceof Type.ListOf(Type inner) ? inner : element);
      case Value.ListValue(var items) when element != Type.ANY ->
          new Value.ListValue(
              items.stream().map(item -> cast(item, element, CastMode.SQL)).toList());
      default -> value;
    };
  }

  private static Value toSimple(Value value, Type.Simple type) {
    return switch (type) {
      case STRING ->
          new Value.Str(
              value instanceof Value.ListValue array ? SqlArrayText.write(array) : text(value));
      case BOOL -> toBool(value);
      case DATE -> toDate(value);
      case TIME -> toTime(value);
      case TIMESTAMP -> toTimestamp(value);
      case JSON -> Value.of(SqlJsonText.checked(json(value)));
      case JSONB -> Value.of(SqlJsonTree.normal(json(value)));
      case TIMESTAMPTZ -> toInstant(value);
      case INTERVAL -> toInterval(value);
      case BYTES -> value instanceof Value.Str(String text) ? SqlBytes.read(text) : value;
      case UUID, NODE, EDGE, PATH, IRI, MAP, ANY -> value;
    };
  }

  private static String json(Value value) {
    if (value instanceof Value.Str(String text)) {
      return text;
    }
    throw Errors.typeMismatch(
        Kinds.name(value), "a text", "a cast to JSON; to_json makes it of a value");
  }

  private static Value toInt(Value value, int bits) {
    long number =
        switch (value) {
          case Value.Int(long v) -> v;
          case Value.Bool(boolean v) -> v ? 1 : 0;
          case Value.Str(String text) -> parseInt(text);
          case Value.Real(double v) -> exactLong(realToDecimal(v), bits, RoundingMode.HALF_EVEN);
          case Value.Dec(BigDecimal v) -> exactLong(v, bits, RoundingMode.HALF_UP);
          default -> throw mismatch(value, new Type.Int(bits));
        };
    if (bits < 64 && number != number << (64 - bits) >> (64 - bits)) {
      throw Errors.outOfRange("the cast of " + number, bits + "-bit integer");
    }
    return new Value.Int(number);
  }

  private static BigDecimal realToDecimal(double v) {
    if (Double.isNaN(v) || Double.isInfinite(v)) {
      throw Errors.outOfRange("the cast of " + v, "an exact number");
    }
    return new BigDecimal(v);
  }

  private static long exactLong(BigDecimal v, int bits, RoundingMode mode) {
    try {
      return v.setScale(0, mode).longValueExact();
    } catch (ArithmeticException tooLarge) {
      throw Errors.outOfRange("the cast of " + v, bits + "-bit integer");
    }
  }

  private static long parseInt(String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException malformed) {
      throw Errors.invalidText(text, "integer");
    }
  }

  private static Value toReal(Value value, int bits) {
    double number =
        switch (value) {
          case Value.Str(String text) -> parseReal(text);
          default -> {
            if (!Numbers.isNumber(value)) {
              throw mismatch(value, new Type.Floating(bits));
            }
            yield Numbers.toDouble(value);
          }
        };
    return new Value.Real(bits == 32 ? (float) number : number);
  }

  private static double parseReal(String text) {
    String trimmed = text.strip();
    switch (trimmed.toLowerCase(Locale.ROOT)) {
      case "nan":
        return Double.NaN;
      case "infinity", "inf", "+infinity":
        return Double.POSITIVE_INFINITY;
      case "-infinity", "-inf":
        return Double.NEGATIVE_INFINITY;
      default:
        try {
          return new BigDecimal(trimmed).doubleValue();
        } catch (NumberFormatException malformed) {
          throw Errors.invalidText(text, "floating-point number");
        }
    }
  }

  private static Value toDecimal(Value value, Type.Decimal type) {
    BigDecimal number =
        switch (value) {
          case Value.Int(long v) -> BigDecimal.valueOf(v);
          case Value.Dec(BigDecimal v) -> v;
          case Value.Real(double v) -> {
            realToDecimal(v);
            yield BigDecimal.valueOf(v);
          }
          case Value.Str(String text) -> parseDecimal(text);
          default -> throw mismatch(value, type);
        };
    BigDecimal scaled = number.setScale(type.scale(), RoundingMode.HALF_UP);
    if (scaled.precision() - scaled.scale() > type.precision() - type.scale()
        && scaled.signum() != 0) {
      throw Errors.outOfRange("the cast of " + number, type.toString());
    }
    return new Value.Dec(scaled);
  }

  private static BigDecimal parseDecimal(String text) {
    try {
      return new BigDecimal(text.strip());
    } catch (NumberFormatException malformed) {
      throw Errors.invalidText(text, "decimal number");
    }
  }

  private static Value toBool(Value value) {
    return switch (value) {
      case Value.Bool _ -> value;
      case Value.Int(long v) -> Value.of(v != 0);
      case Value.Str(String text) ->
          switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> Value.TRUE;
            case "false", "f", "no", "n", "off", "0" -> Value.FALSE;
            default -> throw Errors.invalidText(text, "boolean");
          };
      default -> throw mismatch(value, Type.BOOL);
    };
  }

  private static Value toDate(Value value) {
    return switch (value) {
      case Value.Date _ -> value;
      case Value.DateTime(var v) -> new Value.Date(v.toLocalDate());
      case Value.ZonedDateTime(var v) -> new Value.Date(inUtc(v).toLocalDate());
      case Value.Str(String text) -> {
        try {
          yield new Value.Date(TimeTexts.date(text));
        } catch (DateTimeException malformed) {
          throw Errors.invalidText(text, "date");
        }
      }
      default -> throw mismatch(value, Type.DATE);
    };
  }

  private static Value toTime(Value value) {
    return switch (value) {
      case Value.Time _ -> value;
      case Value.DateTime(var v) -> new Value.Time(v.toLocalTime());
      case Value.ZonedTime(var v) -> new Value.Time(v.toLocalTime());
      case Value.ZonedDateTime(var v) -> new Value.Time(inUtc(v).toLocalTime());
      case Value.Duration v ->
          new Value.Time(
              LocalTime.ofSecondOfDay(Math.floorMod(v.seconds(), 86_400)).plusNanos(v.nanos()));
      case Value.Str(String text) -> {
        try {
          yield new Value.Time(TimeTexts.time(text));
        } catch (DateTimeException malformed) {
          throw Errors.invalidText(text, "time");
        }
      }
      default -> throw mismatch(value, Type.TIME);
    };
  }

  /// A type without a zone holds the time in UTC, so that the cast keeps the order of instants.
  private static LocalDateTime inUtc(ZonedDateTime value) {
    return value.withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
  }

  /// A time without a zone is in UTC here; {@link SqlSessionZone} asks the session.
  private static Value toInstant(Value value) {
    return switch (value) {
      case Value.ZonedDateTime(var v) -> SqlSessionZone.utc(v);
      case Value.DateTime(var v) -> new Value.ZonedDateTime(v.atZone(ZoneOffset.UTC));
      case Value.Date(var v) -> new Value.ZonedDateTime(v.atStartOfDay(ZoneOffset.UTC));
      case Value.Str(String text) -> SqlSessionZone.utc(TimeTexts.instant(text, ZoneOffset.UTC));
      default -> throw mismatch(value, Type.TIMESTAMPTZ);
    };
  }

  private static Value toInterval(Value value) {
    return switch (value) {
      case Value.Duration _ -> value;
      case Value.Time(var v) -> Value.Duration.of(0, 0, v.toSecondOfDay(), v.getNano());
      case Value.Str(String text) -> IntervalText.parse(text);
      default -> throw mismatch(value, Type.INTERVAL);
    };
  }

  private static Value toTimestamp(Value value) {
    return switch (value) {
      case Value.DateTime _ -> value;
      case Value.ZonedDateTime(var v) -> new Value.DateTime(inUtc(v));
      case Value.Date(var v) -> new Value.DateTime(v.atStartOfDay());
      case Value.Str(String text) -> {
        try {
          yield new Value.DateTime(TimeTexts.dateTime(text));
        } catch (DateTimeException malformed) {
          throw Errors.invalidText(text, "timestamp");
        }
      }
      default -> throw mismatch(value, Type.TIMESTAMP);
    };
  }

  /// The text that a cast of SQL gives; intervals and instants as PostgreSQL writes them.
  static String sqlText(Value value) {
    return switch (value) {
      case Value.ListValue array -> SqlArrayText.write(array);
      case Value.Duration span -> IntervalText.write(span);
      case Value.ZonedDateTime(var time) ->
          TimeTexts.text(time.withZoneSameInstant(ZoneOffset.UTC));
      default -> text(value);
    };
  }

  /// The text of a value as SQL prints it.
  public static String text(Value value) {
    return switch (value) {
      case Value.Str(String v) -> v;
      case Value.Bool(boolean v) -> Boolean.toString(v);
      case Value.Int(long v) -> Long.toString(v);
      case Value.Dec(BigDecimal v) -> v.toPlainString();
      case Value.Real(double v) -> realText(v);
      case Value.Iri(String v) -> v;
      case Value.Bytes(String hex) -> "\\x" + hex.toLowerCase(Locale.ROOT);
      case Value.DateTime(var v) -> RdfLiterals.lexical(new Value.DateTime(v)).replace('T', ' ');
      default -> {
        if (RdfLiterals.isLiteral(value)) {
          yield RdfLiterals.lexical(value);
        }
        throw mismatch(value, Type.STRING);
      }
    };
  }

  /// The shortest text that reads back as the same double.
  public static String realText(double v) {
    if (Double.isNaN(v) || Double.isInfinite(v)) {
      return Double.toString(v);
    }
    return v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v) : Double.toString(v);
  }

  private static QueryException mismatch(Value value, Type type) {
    return Errors.typeMismatch(Kinds.name(value), "something that converts to " + type, "a cast");
  }
}
