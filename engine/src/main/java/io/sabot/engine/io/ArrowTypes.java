package io.sabot.engine.io;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/// What a column of an Arrow file becomes, and how its values get there. Times stored as instants
/// of a zone become timestamps of UTC.
final class ArrowTypes {
  private static final int DECIMAL_DIGITS_MAX = 38;
  private static final int UNSIGNED_LONG_DIGITS = 20;
  private static final long MICROS = 1_000_000;
  private static final long MILLIS_A_DAY = 86_400_000;

  private ArrowTypes() {}

  /// Adds a value to a buffer.
  interface Copy {
    void copy(ValueVector from, int row, ColumnBuffer to);
  }

  /// A column's type and the way its values are copied.
  record Mapping(Type type, Copy copy) {}

  static Mapping of(Field field) {
    return switch (field.getType()) {
      case ArrowType.Int integer -> integer(integer);
      case ArrowType.FloatingPoint real -> real(field, real);
      case ArrowType.Bool _ ->
          new Mapping(Type.BOOL, (from, row, to) -> to.addBool(((BitVector) from).get(row) != 0));
      case ArrowType.Decimal decimal -> decimal(field, decimal);
      case ArrowType.Utf8 _, ArrowType.LargeUtf8 _, ArrowType.Utf8View _ ->
          new Mapping(Type.STRING, (from, row, to) -> to.addString(text(from, row)));
      case ArrowType.Date _ ->
          new Mapping(Type.DATE, (from, row, to) -> to.addLong(days(from, row)));
      case ArrowType.Time _ ->
          new Mapping(Type.TIME, (from, row, to) -> to.addLong(timeMicros(from, row)));
      case ArrowType.Timestamp timestamp ->
          new Mapping(
              Type.TIMESTAMP,
              (from, row, to) ->
                  to.addLong(micros(((TimeStampVector) from).get(row), timestamp.getUnit())));
      default -> throw unsupported(field);
    };
  }

  private static RuntimeException unsupported(Field field) {
    return Errors.unsupported(
        null, "the Arrow type of column '" + field.getName() + "', " + field.getType());
  }

  private static Mapping integer(ArrowType.Int type) {
    if (!type.getIsSigned() && type.getBitWidth() == 64) {
      return new Mapping(
          new Type.Decimal(UNSIGNED_LONG_DIGITS, 0),
          (from, row, to) -> {
            String digits = Long.toUnsignedString(((UInt8Vector) from).get(row));
            to.addDecimal(new BigDecimal(digits));
          });
    }
    int bits = type.getIsSigned() ? type.getBitWidth() : 2 * type.getBitWidth();
    return new Mapping(
        bits > 32 ? Type.INT64 : Type.INT32,
        (from, row, to) ->
            to.addLong(
                from instanceof BigIntVector longs
                    ? longs.get(row)
                    : ((BaseIntVector) from).getValueAsLong(row)));
  }

  private static Mapping real(Field field, ArrowType.FloatingPoint type) {
    return switch (type.getPrecision()) {
      case SINGLE ->
          new Mapping(
              new Type.Floating(32),
              (from, row, to) -> to.addDouble(((Float4Vector) from).get(row)));
      case DOUBLE ->
          new Mapping(
              Type.FLOAT64, (from, row, to) -> to.addDouble(((Float8Vector) from).get(row)));
      case HALF -> throw unsupported(field);
    };
  }

  private static Mapping decimal(Field field, ArrowType.Decimal type) {
    if (type.getPrecision() > DECIMAL_DIGITS_MAX || type.getScale() < 0) {
      throw unsupported(field);
    }
    return new Mapping(
        new Type.Decimal(type.getPrecision(), type.getScale()),
        (from, row, to) ->
            to.addDecimal(
                from instanceof Decimal256Vector wide
                    ? wide.getObjectNotNull(row)
                    : ((DecimalVector) from).getObjectNotNull(row)));
  }

  private static String text(ValueVector from, int row) {
    byte[] bytes =
        switch (from) {
          case VarCharVector texts -> texts.get(row);
          case LargeVarCharVector texts -> texts.get(row);
          case ViewVarCharVector texts -> texts.get(row);
          default -> throw new IllegalStateException("no text in " + from.getClass());
        };
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static long days(ValueVector from, int row) {
    return from instanceof DateDayVector days
        ? days.get(row)
        : Math.floorDiv(((DateMilliVector) from).get(row), MILLIS_A_DAY);
  }

  private static long timeMicros(ValueVector from, int row) {
    return switch (from) {
      case TimeSecVector times -> times.get(row) * MICROS;
      case TimeMilliVector times -> times.get(row) * 1000L;
      case TimeMicroVector times -> times.get(row);
      case TimeNanoVector times -> Math.floorDiv(times.get(row), 1000);
      default -> throw new IllegalStateException("no time in " + from.getClass());
    };
  }

  private static long micros(long value, TimeUnit unit) {
    return switch (unit) {
      case SECOND -> Math.multiplyExact(value, MICROS);
      case MILLISECOND -> Math.multiplyExact(value, 1000);
      case MICROSECOND -> value;
      case NANOSECOND -> Math.floorDiv(value, 1000);
    };
  }
}
