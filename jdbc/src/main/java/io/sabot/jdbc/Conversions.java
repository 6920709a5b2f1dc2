package io.sabot.jdbc;

import io.sabot.engine.Edge;
import io.sabot.engine.JavaValues;
import io.sabot.engine.Node;
import io.sabot.engine.Path;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Durations;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// From cells, which are what a row of the engine gives (see `io.sabot.engine.Row`), to what a
/// program asks for. A number that does not fit is an error and never cut; a fraction that is read
/// as a whole number loses what is behind the point, as JDBC has it.
final class Conversions {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(TIME)
          .toFormatter(Locale.ROOT);
  private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  private Conversions() {}

  // ---- numbers

  static long integer(Object cell, long min, long max, String target) throws SQLException {
    long value =
        switch (cell) {
          case Long whole -> whole;
          case Integer whole -> whole;
          case Short whole -> whole;
          case Boolean truth -> truth ? 1 : 0;
          default -> fromDecimal(decimal(cell), target);
        };
    if (value < min || value > max) {
      throw SqlErrors.outOfRange(cell, target);
    }
    return value;
  }

  private static long fromDecimal(BigDecimal value, String target) throws SQLException {
    BigDecimal whole = value.setScale(0, RoundingMode.DOWN);
    if (whole.compareTo(LONG_MIN) < 0 || whole.compareTo(LONG_MAX) > 0) {
      throw SqlErrors.outOfRange(value, target);
    }
    return whole.longValueExact();
  }

  static BigDecimal decimal(Object cell) throws SQLException {
    try {
      return switch (cell) {
        case BigDecimal exact -> exact;
        case Long whole -> BigDecimal.valueOf(whole);
        case Integer whole -> BigDecimal.valueOf(whole);
        case Short whole -> BigDecimal.valueOf(whole);
        case Double real -> BigDecimal.valueOf(real);
        case Boolean truth -> truth ? BigDecimal.ONE : BigDecimal.ZERO;
        case String text -> new BigDecimal(text.strip());
        case Value.TypedLiteral(String lexical, _) -> new BigDecimal(lexical.strip());
        default -> throw SqlErrors.cannotRead(cell, "a number");
      };
    } catch (NumberFormatException notANumber) {
      throw SqlErrors.cannotRead(cell, "a number");
    }
  }

  static double real(Object cell) throws SQLException {
    if (cell instanceof Double real) {
      return real;
    }
    if (cell instanceof String text) {
      try {
        return Double.parseDouble(text.strip());
      } catch (NumberFormatException notANumber) {
        throw SqlErrors.cannotRead(cell, "a number");
      }
    }
    return decimal(cell).doubleValue();
  }

  static boolean truth(Object cell) throws SQLException {
    return switch (cell) {
      case Boolean truth -> truth;
      case Long whole when whole == 0 || whole == 1 -> whole == 1;
      case Integer whole when whole == 0 || whole == 1 -> whole == 1;
      case String text ->
          switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> true;
            case "false", "f", "no", "n", "off", "0" -> false;
            default -> throw SqlErrors.cannotRead(cell, "a boolean");
          };
      default -> throw SqlErrors.cannotRead(cell, "a boolean");
    };
  }

  // ---- texts

  /// A decimal has all digits behind the point that its type has.
  static String text(Object cell, Type type) {
    return cell instanceof BigDecimal exact
            && type instanceof Type.Decimal(_, int scale)
            && exact.scale() < scale
        ? exact.setScale(scale).toPlainString()
        : text(cell);
  }

  static String text(Object cell) {
    return switch (cell) {
      case String text -> text;
      case BigDecimal exact -> exact.toPlainString();
      case LocalTime time -> TIME.format(time);
      case OffsetTime time -> TIME.format(time) + time.getOffset();
      case LocalDateTime time -> TIMESTAMP.format(time);
      case ZonedDateTime time -> TIMESTAMP.format(time) + offset(time);
      case Value.Bytes(String hex) -> "\\x" + hex.toLowerCase(Locale.ROOT);
      case Value.Duration duration -> Durations.text(duration);
      case Value.Iri(String iri) -> iri;
      case Value.BlankNode(String label) -> "_:" + label;
      case Value.LangString(String lexical, _, _) -> lexical;
      case Value.TypedLiteral(String lexical, _) -> lexical;
      case List<?> items -> {
        StringJoiner all = new StringJoiner(", ", "[", "]");
        items.forEach(item -> all.add(item == null ? "null" : text(item)));
        yield all.toString();
      }
      case Map<?, ?> entries -> {
        StringJoiner all = new StringJoiner(", ", "{", "}");
        entries.forEach((k, v) -> all.add(k + ": " + (v == null ? "null" : text(v))));
        yield all.toString();
      }
      default -> cell.toString();
    };
  }

  private static String offset(ZonedDateTime time) {
    return time.getOffset().getTotalSeconds() == 0 ? "+00:00" : time.getOffset().getId();
  }

  static byte[] bytes(Object cell) throws SQLException {
    return switch (cell) {
      case Value.Bytes(String hex) -> HexFormat.of().parseHex(hex);
      case String text -> text.getBytes(StandardCharsets.UTF_8);
      default -> throw SqlErrors.cannotRead(cell, "bytes");
    };
  }

  static UUID uuid(Object cell) throws SQLException {
    try {
      return UUID.fromString(text(cell));
    } catch (IllegalArgumentException notOne) {
      throw SqlErrors.cannotRead(cell, "a UUID");
    }
  }

  // ---- by type

  /// What `getObject` gives when no class is asked for.
  static Object natural(Object cell, Type type) throws SQLException {
    return switch (cell) {
      case Long whole ->
          type instanceof Type.Int(int bits) && bits < 64 ? (Object) whole.intValue() : whole;
      case Double real ->
          type instanceof Type.Floating(int bits) && bits == 32 ? (Object) real.floatValue() : real;
      case BigDecimal exact ->
          type instanceof Type.Decimal(_, int scale) && exact.scale() < scale
              ? exact.setScale(scale)
              : exact;
      case LocalDate date -> java.sql.Date.valueOf(date);
      case LocalTime time -> Times.sqlTime(time, null);
      case LocalDateTime time -> java.sql.Timestamp.valueOf(time);
      case ZonedDateTime time -> time.toOffsetDateTime();
      case Value.Bytes _ -> bytes(cell);
      case Value.Duration _, Value.Iri _, Value.BlankNode _ -> text(cell);
      case List<?> items -> new SabotArray(elementType(type), items);
      case String text -> type.equals(Type.UUID) ? uuid(text) : text;
      default -> cell;
    };
  }

  static Type elementType(Type type) {
    return type instanceof Type.ListOf(Type element) ? element : Type.ANY;
  }

  /// The cell as an object of a class that the program asks for.
  static Object as(Object cell, Type type, Class<?> wanted) throws SQLException {
    Object converted = simple(cell, wanted);
    if (converted == null) {
      converted = Times.as(cell, wanted);
    }
    if (converted == null) {
      converted = composite(cell, type, wanted);
    }
    if (converted == null || !wanted.isInstance(converted)) {
      throw SqlErrors.cannotRead(cell, wanted.getName());
    }
    return converted;
  }

  private static @Nullable Object simple(Object cell, Class<?> wanted) throws SQLException {
    return switch (wanted.getName()) {
      case "java.lang.String" -> text(cell);
      case "java.lang.Boolean" -> truth(cell);
      case "java.lang.Byte" -> (byte) integer(cell, Byte.MIN_VALUE, Byte.MAX_VALUE, "a byte");
      case "java.lang.Short" -> (short) integer(cell, Short.MIN_VALUE, Short.MAX_VALUE, "a short");
      case "java.lang.Integer" ->
          (int) integer(cell, Integer.MIN_VALUE, Integer.MAX_VALUE, "an int");
      case "java.lang.Long" -> integer(cell, Long.MIN_VALUE, Long.MAX_VALUE, "a long");
      case "java.lang.Float" -> (float) real(cell);
      case "java.lang.Double" -> real(cell);
      case "java.math.BigDecimal" -> decimal(cell);
      case "java.math.BigInteger" -> whole(cell);
      case "[B" -> bytes(cell);
      case "java.util.UUID" -> uuid(cell);
      default -> null;
    };
  }

  private static BigInteger whole(Object cell) throws SQLException {
    return decimal(cell).toBigInteger();
  }

  private static @Nullable Object composite(Object cell, Type type, Class<?> wanted)
      throws SQLException {
    if (wanted == Object.class) {
      return natural(cell, type);
    }
    if (wanted == java.sql.Array.class) {
      return cell instanceof List<?> items ? new SabotArray(elementType(type), items) : null;
    }
    if (wanted.isArray()) {
      return cell instanceof List<?> items
          ? new SabotArray(elementType(type), items).as(wanted)
          : null;
    }
    if (Value.class.isAssignableFrom(wanted)) {
      return cell instanceof Node || cell instanceof Edge || cell instanceof Path
          ? null
          : JavaValues.toValue(cell);
    }
    return wanted.isInstance(cell) ? cell : null;
  }
}
