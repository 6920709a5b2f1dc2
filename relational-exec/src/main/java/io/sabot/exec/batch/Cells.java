package io.sabot.exec.batch;

import io.sabot.plan.error.Errors;
import io.sabot.plan.function.Kinds;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.TermDictionary;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/// One cell of a vector as a value, and back. For the borders of the engine and for functions
/// without a kernel; hot paths never come here.
public final class Cells {
  private static final long MICROS = 1_000_000L;
  private static final BigInteger LIMIT = BigInteger.TEN.pow(Type.Decimal.MAX_PRECISION);

  private Cells() {}

  public static Value get(Vector vector, int row, Type type, TermDictionary dictionary) {
    if (vector.isNull(row)) {
      return Value.NULL;
    }
    return switch (vector.kind()) {
      case BOOL -> Value.of(vector.getBool(row));
      case LONG -> ofLong(vector.getLong(row), type);
      case DOUBLE -> Value.of(vector.getDouble(row));
      case DECIMAL -> Value.of(new BigDecimal(vector.getUnscaled(row), scale(type)));
      case STRING -> Value.of(vector.getString(row));
      case TERM -> dictionary.decode(vector.getLong(row));
    };
  }

  public static Value ofLong(long value, Type type) {
    if (type == Type.DATE) {
      return new Value.Date(LocalDate.ofEpochDay(value));
    }
    if (type == Type.TIMESTAMP) {
      return new Value.DateTime(
          LocalDateTime.ofEpochSecond(
              Math.floorDiv(value, MICROS),
              (int) Math.floorMod(value, MICROS) * 1000,
              ZoneOffset.UTC));
    }
    if (type == Type.TIME) {
      return new Value.Time(LocalTime.ofNanoOfDay(value * 1000));
    }
    return Value.of(value);
  }

  /// Writes a value; it must fit the type. `rows` is the capacity in use.
  public static void set(
      Vector vector, int row, Value value, Type type, TermDictionary dictionary, int rows) {
    if (value.isNull()) {
      vector.setNull(row, rows);
      return;
    }
    vector.setValid(row);
    switch (vector.kind()) {
      case BOOL -> vector.setBool(row, asBool(value));
      case LONG -> vector.setLong(row, asLong(value, type));
      case DOUBLE -> vector.setDouble(row, asDouble(value, type));
      case DECIMAL -> vector.setUnscaled(row, unscaled(value, (Type.Decimal) type), rows, rows);
      case STRING -> vector.setString(row, asString(value).getBytes(StandardCharsets.UTF_8));
      case TERM -> vector.setLong(row, dictionary.encode(value));
    }
  }

  private static boolean asBool(Value value) {
    if (value instanceof Value.Bool(boolean v)) {
      return v;
    }
    throw Errors.typeMismatch(Kinds.name(value), "a boolean", "this column");
  }

  private static String asString(Value value) {
    return switch (value) {
      case Value.Str(String v) -> v;
      case Value.Iri(String v) -> v;
      default -> throw Errors.typeMismatch(Kinds.name(value), "a string", "this column");
    };
  }

  private static double asDouble(Value value, Type type) {
    if (!Numbers.isNumber(value)) {
      throw Errors.typeMismatch(Kinds.name(value), "a number", "this column");
    }
    double number = Numbers.toDouble(value);
    return type instanceof Type.Floating(int bits) && bits == 32 ? (float) number : number;
  }

  public static long asLong(Value value, Type type) {
    return switch (value) {
      case Value.Int(long v) -> checked(v, type);
      case Value.Date(var v) when type == Type.TIMESTAMP -> v.toEpochDay() * 86_400 * MICROS;
      case Value.Date(var v) -> v.toEpochDay();
      case Value.DateTime(var v) when type == Type.DATE -> v.toLocalDate().toEpochDay();
      case Value.DateTime(var v) ->
          Math.addExact(
              Math.multiplyExact(v.toEpochSecond(ZoneOffset.UTC), MICROS), v.getNano() / 1000);
      case Value.Time(var v) -> v.toNanoOfDay() / 1000;
      case Value.Dec(var v) -> v.setScale(0, RoundingMode.HALF_UP).longValueExact();
      default -> throw Errors.typeMismatch(Kinds.name(value), type.toString(), "this column");
    };
  }

  private static long checked(long value, Type type) {
    if (type instanceof Type.Int(int bits)
        && bits < 64
        && value != value << (64 - bits) >> (64 - bits)) {
      throw Errors.outOfRange("the value " + value, "a " + bits + "-bit integer");
    }
    return value;
  }

  /// The value scaled to the type, rounded half up; an error when it has too many digits.
  public static BigInteger unscaled(Value value, Type.Decimal type) {
    if (!Numbers.isNumber(value)) {
      throw Errors.typeMismatch(Kinds.name(value), "a number", "this column");
    }
    BigInteger unscaled =
        Numbers.toDecimal(value).setScale(type.scale(), RoundingMode.HALF_UP).unscaledValue();
    if (unscaled.abs().compareTo(LIMIT) >= 0) {
      throw Errors.outOfRange("the value " + value, type.toString());
    }
    return unscaled;
  }

  public static int scale(Type type) {
    return type instanceof Type.Decimal(_, int scale) ? scale : 0;
  }

  /// The term identifier of a cell.
  public static long term(Vector vector, int row, Type type, TermDictionary dictionary) {
    if (vector.kind() == Physical.TERM) {
      return vector.getLong(row);
    }
    if (vector.isNull(row)) {
      return TermId.NULL;
    }
    if (vector.kind() == Physical.BOOL) {
      return TermId.ofBool(vector.getBool(row));
    }
    if (vector.kind() == Physical.LONG && type instanceof Type.Int) {
      long inline = TermId.ofInt(vector.getLong(row));
      if (inline != TermId.NULL) {
        return inline;
      }
    }
    return dictionary.encode(get(vector, row, type, dictionary));
  }
}
