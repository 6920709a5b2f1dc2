package io.sabot.jdbc;

import io.sabot.engine.Language;
import io.sabot.engine.Session;
import io.sabot.engine.SqlText;
import io.sabot.plan.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A text with parameters: `?` in SQL, `$1`, `$2`, ... in the other languages. A parameter has the
/// type of its value.
final class SabotPreparedStatement extends SabotStatement implements PreparedStatement {
  private final String text;
  private final KeyRequest keys;

  /// -1 where the language does not tell.
  private final int count;

  private final List<@Nullable Object> parameters = new ArrayList<>();
  private final List<List<Object>> batch = new ArrayList<>();

  SabotPreparedStatement(
      SabotConnection connection, String text, boolean isScrolling, KeyRequest keys)
      throws SQLException {
    super(connection, isScrolling);
    this.text = text;
    this.keys = keys;
    LanguageText known = LanguageText.of(text, connection.language());
    this.count =
        known.language() == Language.SQL
            ? connection.locked(_ -> SqlText.positionalParameters(known.text()))
            : -1;
  }

  // ---- running

  /// The parameters, all of which must be set.
  private List<Object> all() throws SQLException {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < Math.max(count, parameters.size()); i++) {
      Object value = i < parameters.size() ? parameters.get(i) : null;
      if (value == null) {
        throw new SQLException("parameter " + (i + 1) + " is not set", "07001");
      }
      all.add(value);
    }
    return all;
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    run(text, all(), keys);
    return rows();
  }

  @Override
  public boolean execute() throws SQLException {
    return run(text, all(), keys);
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    return update(all());
  }

  private long update(List<Object> values) throws SQLException {
    run(text, values, keys);
    return changed();
  }

  @Override
  public int executeUpdate() throws SQLException {
    return (int) Math.min(Integer.MAX_VALUE, executeLargeUpdate());
  }

  @Override
  public void addBatch() throws SQLException {
    batch.add(all());
  }

  @Override
  public void addBatch(String other) throws SQLException {
    throw ownText();
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    batch.clear();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    List<Entry> entries = new ArrayList<>();
    batch.forEach(values -> entries.add(() -> update(values)));
    batch.clear();
    return runBatch(entries);
  }

  @Override
  public ResultSet executeQuery(String other) throws SQLException {
    throw ownText();
  }

  @Override
  public boolean execute(String other) throws SQLException {
    throw ownText();
  }

  @Override
  public int executeUpdate(String other) throws SQLException {
    throw ownText();
  }

  private static SQLException ownText() {
    return SqlErrors.argument("a prepared statement runs its own text; call it without one");
  }

  // ---- metadata

  /// The columns that a run would give, null when there are none or when it depends on parameters
  /// that are not set.
  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    Map<String, Object> values = new HashMap<>();
    for (int i = 0; i < Math.max(count, parameters.size()); i++) {
      Object value = i < parameters.size() ? parameters.get(i) : null;
      values.put(Integer.toString(i + 1), value == null ? Value.NULL : value);
    }
    LanguageText known = LanguageText.of(text, connection().language());
    try {
      return connection()
          .locked(session -> {
            Session.Description found = session.describe(known.language(), known.text(), values);
            return found.columns().isEmpty()
                ? null
                : new ResultColumns(found.columns(), found.types());
          });
    } catch (SQLException unknown) {
      if (parameters.size() < count || parameters.contains(null)) {
        return null;
      }
      throw unknown;
    }
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    checkOpen();
    return new ParameterTypes(Math.max(count, parameters.size()), List.copyOf(known()));
  }

  private List<Object> known() {
    List<Object> known = new ArrayList<>();
    parameters.forEach(value -> known.add(value == null ? Value.NULL : value));
    return known;
  }

  // ---- parameters

  private void put(int index, Object value) throws SQLException {
    checkOpen();
    if (index < 1 || (count >= 0 && index > count)) {
      throw SqlErrors.argument(
          "there is no parameter " + index + ", the statement has " + count + " parameters");
    }
    while (parameters.size() < index) {
      parameters.add(null);
    }
    parameters.set(index - 1, value);
  }

  private void convert(int index, @Nullable Object value, @Nullable Calendar calendar)
      throws SQLException {
    put(index, ParameterValues.of(value, calendar));
  }

  @Override
  public void clearParameters() throws SQLException {
    checkOpen();
    parameters.clear();
  }

  @Override
  public void setNull(int index, int type) throws SQLException {
    put(index, Value.NULL);
  }

  @Override
  public void setNull(int index, int type, String name) throws SQLException {
    put(index, Value.NULL);
  }

  @Override
  public void setBoolean(int index, boolean value) throws SQLException {
    put(index, value);
  }

  @Override
  public void setByte(int index, byte value) throws SQLException {
    put(index, (long) value);
  }

  @Override
  public void setShort(int index, short value) throws SQLException {
    put(index, (long) value);
  }

  @Override
  public void setInt(int index, int value) throws SQLException {
    put(index, (long) value);
  }

  @Override
  public void setLong(int index, long value) throws SQLException {
    put(index, value);
  }

  /// By the digits that the float shows: 0.1f is 0.1.
  @Override
  public void setFloat(int index, float value) throws SQLException {
    put(index, Double.parseDouble(Float.toString(value)));
  }

  @Override
  public void setDouble(int index, double value) throws SQLException {
    put(index, value);
  }

  @Override
  public void setBigDecimal(int index, @Nullable BigDecimal value) throws SQLException {
    convert(index, value, null);
  }

  @Override
  public void setString(int index, @Nullable String value) throws SQLException {
    convert(index, value, null);
  }

  @Override
  public void setNString(int index, @Nullable String value) throws SQLException {
    convert(index, value, null);
  }

  @Override
  public void setBytes(int index, byte @Nullable [] value) throws SQLException {
    convert(index, value, null);
  }

  @Override
  public void setDate(int index, @Nullable Date value) throws SQLException {
    convert(index, value, null);
  }

  @Override
  public void setTime(int index, @Nullable Time value) throws SQLException {
    convert(index, value, null);
  }

  @Override
  public void setTimestamp(int index, @Nullable Timestamp value) throws SQLException {
    convert(index, value, null);
  }

  @Override
  public void setDate(int index, @Nullable Date value, @Nullable Calendar calendar)
      throws SQLException {
    convert(index, value, calendar);
  }

  @Override
  public void setTime(int index, @Nullable Time value, @Nullable Calendar calendar)
      throws SQLException {
    convert(index, value, calendar);
  }

  @Override
  public void setTimestamp(int index, @Nullable Timestamp value, @Nullable Calendar calendar)
      throws SQLException {
    convert(index, value, calendar);
  }

  @Override
  public void setObject(int index, @Nullable Object value) throws SQLException {
    convert(index, value, null);
  }

  @Override
  public void setObject(int index, @Nullable Object value, int type) throws SQLException {
    put(index, ParameterValues.of(value, type));
  }

  @Override
  public void setObject(int index, @Nullable Object value, int type, int scale)
      throws SQLException {
    Object converted = ParameterValues.of(value, type);
    boolean isDecimal = type == java.sql.Types.DECIMAL || type == java.sql.Types.NUMERIC;
    put(
        index,
        isDecimal && converted instanceof Value.Dec(BigDecimal exact)
            ? new Value.Dec(exact.setScale(scale, java.math.RoundingMode.HALF_UP))
            : converted);
  }

  @Override
  public void setArray(int index, @Nullable Array value) throws SQLException {
    convert(index, value, null);
  }

  @Override
  public void setURL(int index, @Nullable URL value) throws SQLException {
    convert(index, value == null ? null : value.toString(), null);
  }

  // ---- streams

  @Override
  public void setBlob(int index, @Nullable Blob value) throws SQLException {
    convert(index, value, null);
  }

  @Override
  public void setClob(int index, @Nullable Clob value) throws SQLException {
    convert(index, value, null);
  }

  @Override
  public void setNClob(int index, @Nullable NClob value) throws SQLException {
    convert(index, value, null);
  }

  @Override
  public void setBinaryStream(int index, @Nullable InputStream value) throws SQLException {
    convert(index, value, null);
  }

  @Override
  public void setBinaryStream(int index, @Nullable InputStream value, long length)
      throws SQLException {
    if (value == null) {
      put(index, Value.NULL);
      return;
    }
    try {
      put(index, ParameterValues.bytes(value.readNBytes(Math.toIntExact(length))));
    } catch (IOException failed) {
      throw broken(failed);
    }
  }

  @Override
  public void setBinaryStream(int index, @Nullable InputStream value, int length)
      throws SQLException {
    setBinaryStream(index, value, (long) length);
  }

  @Override
  public void setBlob(int index, @Nullable InputStream value) throws SQLException {
    setBinaryStream(index, value);
  }

  @Override
  public void setBlob(int index, @Nullable InputStream value, long length) throws SQLException {
    setBinaryStream(index, value, length);
  }

  @Override
  public void setCharacterStream(int index, @Nullable Reader value) throws SQLException {
    convert(index, value, null);
  }

  @Override
  public void setCharacterStream(int index, @Nullable Reader value, long length)
      throws SQLException {
    if (value == null) {
      put(index, Value.NULL);
      return;
    }
    try {
      String whole = ParameterValues.text(value);
      convert(index, whole.substring(0, (int) Math.min(length, whole.length())), null);
    } catch (IOException failed) {
      throw broken(failed);
    }
  }

  @Override
  public void setCharacterStream(int index, @Nullable Reader value, int length)
      throws SQLException {
    setCharacterStream(index, value, (long) length);
  }

  @Override
  public void setNCharacterStream(int index, @Nullable Reader value) throws SQLException {
    setCharacterStream(index, value);
  }

  @Override
  public void setNCharacterStream(int index, @Nullable Reader value, long length)
      throws SQLException {
    setCharacterStream(index, value, length);
  }

  @Override
  public void setClob(int index, @Nullable Reader value) throws SQLException {
    setCharacterStream(index, value);
  }

  @Override
  public void setClob(int index, @Nullable Reader value, long length) throws SQLException {
    setCharacterStream(index, value, length);
  }

  @Override
  public void setNClob(int index, @Nullable Reader value) throws SQLException {
    setCharacterStream(index, value);
  }

  @Override
  public void setNClob(int index, @Nullable Reader value, long length) throws SQLException {
    setCharacterStream(index, value, length);
  }

  @Override
  public void setAsciiStream(int index, @Nullable InputStream value) throws SQLException {
    try {
      byte[] bytes = value == null ? null : value.readAllBytes();
      convert(index, bytes == null ? null : new String(bytes, StandardCharsets.US_ASCII), null);
    } catch (IOException failed) {
      throw broken(failed);
    }
  }

  @Override
  public void setAsciiStream(int index, @Nullable InputStream value, long length)
      throws SQLException {
    try {
      byte[] bytes = value == null ? null : value.readNBytes(Math.toIntExact(length));
      convert(index, bytes == null ? null : new String(bytes, StandardCharsets.US_ASCII), null);
    } catch (IOException failed) {
      throw broken(failed);
    }
  }

  @Override
  public void setAsciiStream(int index, @Nullable InputStream value, int length)
      throws SQLException {
    setAsciiStream(index, value, (long) length);
  }

  @Override
  @Deprecated
  public void setUnicodeStream(int index, InputStream value, int length) throws SQLException {
    try {
      convert(index, new String(value.readNBytes(length), StandardCharsets.UTF_8), null);
    } catch (IOException failed) {
      throw broken(failed);
    }
  }

  private static SQLException broken(IOException failed) {
    return new SQLException("the stream of a parameter ended with an error", "58030", failed);
  }

  // ---- what there is not

  @Override
  public void setRef(int index, Ref value) throws SQLException {
    throw SqlErrors.unsupported("REF");
  }

  @Override
  public void setRowId(int index, RowId value) throws SQLException {
    throw SqlErrors.unsupported("ROWID");
  }

  @Override
  public void setSQLXML(int index, SQLXML value) throws SQLException {
    throw SqlErrors.unsupported("SQLXML");
  }

  @Override
  public String toString() {
    return text + Arrays.asList(parameters.toArray());
  }
}
