package io.sabot.store;

import io.sabot.plan.type.Type;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Value;
import io.sabot.store.segment.BytesHash;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.ColumnKind;
import io.sabot.store.segment.Layouts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/// The words by which a stored column is kept in order: comparing words, signed and first to last,
/// never contradicts comparing values.
///
/// ```
/// LONG    the number
/// DOUBLE  its bits, those of negative numbers turned over; both zeros alike
/// BOOL    0 or 1
/// WIDE    the high word, the low word with its sign bit turned over
/// STRING  UTF-8 bytes 0 to 7 and 8 to 15, big-endian, zeros behind the end, sign bit turned over;
///         then a hash of all bytes, which only equality can use
/// ```
///
/// A null is the smallest word everywhere; it shares that with values, so whoever finds an entry
/// looks at the row.
final class ColumnWords {
  private static final long MICROS = 1_000_000L;
  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  /// Doubles have all integers up to here.
  private static final long EXACT = 1L << 53;

  private ColumnWords() {}

  static int count(ColumnKind kind) {
    return switch (kind) {
      case LONG, DOUBLE, BOOL -> 1;
      case WIDE -> 2;
      case STRING -> 3;
    };
  }

  /// How many of the words an order can use.
  static int ordered(ColumnKind kind) {
    return kind == ColumnKind.STRING ? 2 : count(kind);
  }

  static void write(ColumnChunk column, ColumnKind kind, int row, long[] out, int at) {
    if (column.isNull(row)) {
      Arrays.fill(out, at, at + count(kind), Long.MIN_VALUE);
      return;
    }
    switch (kind) {
      case LONG -> out[at] = column.longAt(row);
      case BOOL -> out[at] = column.boolAt(row) ? 1 : 0;
      case DOUBLE -> out[at] = sortable(column.doubleAt(row));
      case WIDE -> {
        out[at] = column.wideHighAt(row);
        out[at + 1] = column.wideLowAt(row) ^ Long.MIN_VALUE;
      }
      case STRING -> bytes(column.bytesAt(row).toArray(Layouts.BYTE), out, at);
    }
  }

  /// A double as a number with the same order; both zeros are one.
  static long sortable(double value) {
    long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  static void bytes(byte[] text, long[] out, int at) {
    out[at] = prefix(text, 0);
    out[at + 1] = prefix(text, 8);
    out[at + 2] = BytesHash.of(text, 0, text.length);
  }

  static void text(String text, long[] out, int at) {
    bytes(text.getBytes(StandardCharsets.UTF_8), out, at);
  }

  private static long prefix(byte[] text, int from) {
    long word = 0;
    for (int i = from; i < from + 8; i++) {
      word = word << 8 | (i < text.length ? text[i] & 0xFF : 0);
    }
    return word ^ Long.MIN_VALUE;
  }

  /// Writes words that no stored value which compares as equal to or, with FLOOR, above, with
  /// CEILING, below `value` lies beyond. False when the kind of value says nothing about the order.
  static boolean bound(Type type, Value value, RoundingMode mode, long[] out, int at) {
    return switch (ColumnKind.of(type)) {
      case BOOL -> {
        out[at] = value instanceof Value.Bool(boolean b) && b ? 1 : 0;
        yield value instanceof Value.Bool;
      }
      case DOUBLE -> number(value, mode, out, at);
      case STRING -> {
        if (value instanceof Value.Str(String text)) {
          text(text, out, at);
          yield true;
        }
        yield false;
      }
      case LONG -> whole(type, value, mode, out, at);
      case WIDE -> wide(type, value, mode, out, at);
    };
  }

  private static boolean isNumber(Value value) {
    return Numbers.isNumber(value)
        && !(value instanceof Value.Real(double v) && !Double.isFinite(v));
  }

  private static boolean number(Value value, RoundingMode mode, long[] out, int at) {
    if (!Numbers.isNumber(value)) {
      return false;
    }
    double near = Numbers.toDouble(value);
    boolean isExact =
        value instanceof Value.Real || value instanceof Value.Int(long v) && Math.abs(v) < EXACT;
    double bound =
        isExact ? near : mode == RoundingMode.FLOOR ? Math.nextDown(near) : Math.nextUp(near);
    out[at] = sortable(bound);
    return true;
  }

  private static boolean whole(Type type, Value value, RoundingMode mode, long[] out, int at) {
    boolean up = mode == RoundingMode.CEILING;
    if (type instanceof Type.Int || type instanceof Type.Decimal) {
      if (!isNumber(value)) {
        return false;
      }
      if (type instanceof Type.Int && value instanceof Value.Int(long v)) {
        out[at] = v;
        return true;
      }
      BigDecimal scaled = unscaled(type, value, mode);
      out[at] = scaled.max(LEAST).min(MOST).longValue();
      return true;
    }
    if (type == Type.DATE) {
      switch (value) {
        case Value.Date(var date) -> out[at] = date.toEpochDay();
        case Value.DateTime(var time) -> out[at] = time.toLocalDate().toEpochDay() + (up ? 1 : 0);
        default -> {
          return false;
        }
      }
      return true;
    }
    if (type == Type.TIMESTAMP) {
      switch (value) {
        case Value.Date(var date) -> {
          return micros(date.atStartOfDay(), up, out, at);
        }
        case Value.DateTime(var time) -> {
          return micros(time, up, out, at);
        }
        default -> {
          return false;
        }
      }
    }
    if (type == Type.TIME && value instanceof Value.Time(var time)) {
      out[at] = time.toNanoOfDay() / 1000 + (up && time.toNanoOfDay() % 1000 != 0 ? 1 : 0);
      return true;
    }
    return false;
  }

  /// False when the time is too far away to be stored.
  private static boolean micros(LocalDateTime time, boolean up, long[] out, int at) {
    long seconds = time.toEpochSecond(ZoneOffset.UTC);
    if (Math.abs(seconds) >= Long.MAX_VALUE / MICROS) {
      return false;
    }
    int nanos = time.getNano();
    out[at] = seconds * MICROS + nanos / 1000 + (up && nanos % 1000 != 0 ? 1 : 0);
    return true;
  }

  private static BigDecimal unscaled(Type type, Value value, RoundingMode mode) {
    int scale = type instanceof Type.Decimal(int _, int s) ? s : 0;
    BigDecimal exact =
        value instanceof Value.Real(double v) ? new BigDecimal(v) : Numbers.toDecimal(value);
    return new BigDecimal(exact.setScale(scale, mode).unscaledValue());
  }

  private static boolean wide(Type type, Value value, RoundingMode mode, long[] out, int at) {
    if (!isNumber(value)) {
      return false;
    }
    BigInteger limit = BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);
    BigInteger word = unscaled(type, value, mode).toBigInteger().max(limit.negate()).min(limit);
    out[at] = word.shiftRight(64).longValue();
    out[at + 1] = word.longValue() ^ Long.MIN_VALUE;
    return true;
  }
}
