package io.sabot.jdbc;

import io.sabot.engine.Edge;
import io.sabot.engine.JavaValues;
import io.sabot.engine.Node;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// From what a program sets as a parameter to what the engine takes.
final class ParameterValues {
  private ParameterValues() {}

  static Object of(@Nullable Object value) throws SQLException {
    return of(value, null);
  }

  /// @param calendar whose zone the older classes are in; null for that of the machine
  static Object of(@Nullable Object value, @Nullable Calendar calendar) throws SQLException {
    Object time = value == null ? null : Times.parameter(value, calendar);
    if (time != null) {
      return time;
    }
    try {
      return switch (value) {
        case null -> Value.NULL;
        case Node node -> node;
        case Edge edge -> edge;
        case byte[] bytes -> bytes(bytes);
        case UUID id -> id.toString();
        case Enum<?> constant -> constant.name();
        case SabotArray(_, var items) -> list(items.toArray());
        case Array array -> list(array.getArray());
        case Clob clob -> clob.getSubString(1, Math.toIntExact(clob.length()));
        case Blob blob -> bytes(blob.getBytes(1, Math.toIntExact(blob.length())));
        case InputStream stream -> bytes(stream.readAllBytes());
        case Reader reader -> text(reader);
        default -> value.getClass().isArray() ? list(value) : JavaValues.toValue(value);
      };
    } catch (QueryException unknown) {
      throw SqlErrors.of(unknown);
    } catch (IOException failed) {
      throw new SQLException("the stream of a parameter ended with an error", "58030", failed);
    }
  }

  static Value bytes(byte[] bytes) {
    return new Value.Bytes(HexFormat.of().formatHex(bytes));
  }

  static String text(Reader reader) throws IOException {
    StringWriter text = new StringWriter();
    reader.transferTo(text);
    return text.toString();
  }

  private static List<Object> list(Object array) throws SQLException {
    int length = java.lang.reflect.Array.getLength(array);
    List<Object> items = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      items.add(of(java.lang.reflect.Array.get(array, i)));
    }
    return items;
  }

  /// With the type that the program says: a text is read as it, a number is made it.
  static Object of(@Nullable Object value, int type) throws SQLException {
    if (value == null || type == Types.OTHER || type == Types.NULL || type == Types.JAVA_OBJECT) {
      return of(value);
    }
    Object cell = cell(value);
    return of(
        switch (type) {
          case Types.BOOLEAN, Types.BIT -> Conversions.truth(cell);
          case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
              Conversions.integer(cell, Long.MIN_VALUE, Long.MAX_VALUE, "a whole number");
          case Types.REAL, Types.FLOAT, Types.DOUBLE -> Conversions.real(cell);
          case Types.DECIMAL, Types.NUMERIC -> Conversions.decimal(cell);
          case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NVARCHAR, Types.CLOB ->
              Conversions.text(cell);
          case Types.DATE -> Times.date(cell);
          case Types.TIME -> Times.time(cell);
          case Types.TIMESTAMP -> cell instanceof String s ? Times.timestamp(s, null) : cell;
          default -> cell;
        });
  }

  /// The value as a row would have it.
  static Object cell(Object value) throws SQLException {
    Object taken = of(value);
    return switch (taken) {
      case Value.Bool(boolean truth) -> truth;
      case Value.Int(long whole) -> whole;
      case Value.Real(double real) -> real;
      case Value.Dec(var exact) -> exact;
      case Value.Str(String text) -> text;
      case Value.Date(var date) -> date;
      case Value.Time(var time) -> time;
      case Value.DateTime(var time) -> time;
      case Value.ZonedDateTime(var time) -> time;
      default -> taken;
    };
  }
}
