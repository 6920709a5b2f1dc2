package io.sabot.engine.io;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/// What a column of a Parquet file becomes, and how its values get there. Times stored as UTC
/// instants become timestamps of UTC.
///
/// Source: the Parquet format specification, "Logical Types".
final class ParquetTypes {
  private static final long MICROS_A_MILLI = 1_000;
  private static final long NANOS_A_MICRO = 1_000;
  private static final long MICROS_A_DAY = 86_400_000_000L;

  /// The Julian day of 1970-01-01, from which the days of an INT96 count.
  private static final long JULIAN_EPOCH_DAY = 2_440_588;

  private static final int UNSIGNED_LONG_DIGITS = 20;

  /// Adds the current value of a reader to a buffer.
  interface Copy {
    void copy(ColumnReader from, ColumnBuffer to);
  }

  /// A column's type and the way its values are copied.
  record Mapping(Type type, Copy copy) {}

  private ParquetTypes() {}

  static Mapping of(PrimitiveType column) {
    LogicalTypeAnnotation logical = column.getLogicalTypeAnnotation();
    Mapping mapping =
        switch (column.getPrimitiveTypeName()) {
          case BOOLEAN -> new Mapping(Type.BOOL, (from, to) -> to.addBool(from.getBoolean()));
          case INT32 -> int32(logical);
          case INT64 -> int64(logical);
          case FLOAT ->
              new Mapping(new Type.Floating(32), (from, to) -> to.addDouble(from.getFloat()));
          case DOUBLE -> new Mapping(Type.FLOAT64, (from, to) -> to.addDouble(from.getDouble()));
          case INT96 -> new Mapping(Type.TIMESTAMP, (from, to) -> to.addLong(int96(from)));
          case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(column, logical);
        };
    if (mapping == null) {
      throw Errors.unsupported(
          null, "the Parquet type of column '" + column.getName() + "', " + column);
    }
    return mapping;
  }

  private static Mapping int32(@Nullable LogicalTypeAnnotation logical) {
    return switch (logical) {
      case DecimalLogicalTypeAnnotation decimal ->
          decimal(decimal, from -> BigInteger.valueOf(from.getInteger()));
      case LogicalTypeAnnotation.DateLogicalTypeAnnotation _ ->
          new Mapping(Type.DATE, (from, to) -> to.addLong(from.getInteger()));
      case TimeLogicalTypeAnnotation _ ->
          new Mapping(Type.TIME, (from, to) -> to.addLong(from.getInteger() * MICROS_A_MILLI));
      case IntLogicalTypeAnnotation integer when !integer.isSigned() ->
          new Mapping(
              integer.getBitWidth() == 32 ? Type.INT64 : Type.INT32,
              (from, to) -> to.addLong(Integer.toUnsignedLong(from.getInteger())));
      case null, default -> new Mapping(Type.INT32, (from, to) -> to.addLong(from.getInteger()));
    };
  }

  private static Mapping int64(@Nullable LogicalTypeAnnotation logical) {
    return switch (logical) {
      case DecimalLogicalTypeAnnotation decimal ->
          decimal(decimal, from -> BigInteger.valueOf(from.getLong()));
      case TimestampLogicalTypeAnnotation timestamp ->
          new Mapping(
              Type.TIMESTAMP,
              (from, to) -> to.addLong(micros(from.getLong(), timestamp.getUnit())));
      case TimeLogicalTypeAnnotation time ->
          new Mapping(Type.TIME, (from, to) -> to.addLong(micros(from.getLong(), time.getUnit())));
      case IntLogicalTypeAnnotation integer when !integer.isSigned() ->
          new Mapping(
              new Type.Decimal(UNSIGNED_LONG_DIGITS, 0),
              (from, to) -> to.addDecimal(new BigDecimal(Long.toUnsignedString(from.getLong()))));
      case null, default -> new Mapping(Type.INT64, (from, to) -> to.addLong(from.getLong()));
    };
  }

  private static long micros(long value, TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> Math.multiplyExact(value, MICROS_A_MILLI);
      case MICROS -> value;
      case NANOS -> Math.floorDiv(value, NANOS_A_MICRO);
    };
  }

  /// Nanoseconds of the day and the Julian day, both little-endian.
  private static long int96(ColumnReader from) {
    ByteBuffer bytes = ByteBuffer.wrap(from.getBinary().getBytes()).order(ByteOrder.LITTLE_ENDIAN);
    long nanos = bytes.getLong();
    return (bytes.getInt() - JULIAN_EPOCH_DAY) * MICROS_A_DAY + nanos / NANOS_A_MICRO;
  }

  private static @Nullable Mapping bytes(
      PrimitiveType column, @Nullable LogicalTypeAnnotation logical) {
    return switch (logical) {
      case DecimalLogicalTypeAnnotation decimal ->
          decimal(decimal, from -> new BigInteger(from.getBinary().getBytes()));
      case LogicalTypeAnnotation.UUIDLogicalTypeAnnotation _ ->
          new Mapping(Type.STRING, (from, to) -> to.addString(uuid(from.getBinary())));
      case LogicalTypeAnnotation.StringLogicalTypeAnnotation _,
          LogicalTypeAnnotation.EnumLogicalTypeAnnotation _,
          LogicalTypeAnnotation.JsonLogicalTypeAnnotation _ ->
          text();
      case null -> column.getTypeLength() == 0 ? text() : null;
      default -> null;
    };
  }

  private static Mapping text() {
    return new Mapping(
        Type.STRING, (from, to) -> to.addString(from.getBinary().toStringUsingUTF8()));
  }

  private static String uuid(Binary binary) {
    ByteBuffer bytes = ByteBuffer.wrap(binary.getBytes());
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }

  private interface Unscaled {
    BigInteger of(ColumnReader from);
  }

  private static Mapping decimal(DecimalLogicalTypeAnnotation decimal, Unscaled unscaled) {
    int scale = decimal.getScale();
    return new Mapping(
        new Type.Decimal(decimal.getPrecision(), scale),
        (from, to) -> to.addDecimal(new BigDecimal(unscaled.of(from), scale)));
  }
}
