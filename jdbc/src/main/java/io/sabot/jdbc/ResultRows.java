package io.sabot.jdbc;

import io.sabot.plan.type.Type;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.List;
import java.util.Map;
import javax.sql.rowset.serial.SerialBlob;
import javax.sql.rowset.serial.SerialClob;
import org.jspecify.annotations.Nullable;

/// The result set: one that goes forward reads its rows as they are computed, one that scrolls has
/// them all in memory.
final class ResultRows implements LabelledRows, ReadOnlyRows, Unwrapping {
  private final RowCursor cursor;
  private final RowPosition position;
  private final @Nullable SabotStatement statement;
  private int fetchSize;
  private boolean wasNull;
  private boolean closed;

  /// @param statement null for rows that no statement gave
  /// @param rowsMax after so many rows the result set ends; 0 for all
  ResultRows(
      RowCursor cursor, @Nullable SabotStatement statement, boolean isScrolling, long rowsMax)
      throws SQLException {
    this.cursor = cursor;
    this.statement = statement;
    this.position = RowPosition.of(cursor, isScrolling, rowsMax);
  }

  static ResultRows of(RowCursor cursor) throws SQLException {
    return new ResultRows(cursor, null, true, 0);
  }

  // ---- cells

  private void checkOpen() throws SQLException {
    if (closed) {
      throw SqlErrors.closed("result set");
    }
  }

  private @Nullable Object cell(int column) throws SQLException {
    checkOpen();
    List<@Nullable Object> row = position.row();
    if (column < 1 || column > row.size()) {
      throw SqlErrors.argument(
          "there is no column " + column + ", the result has " + row.size() + " columns");
    }
    Object cell = row.get(column - 1);
    wasNull = cell == null;
    return cell;
  }

  private Type type(int column) {
    return cursor.types().get(column - 1);
  }

  private long integer(int column, long min, long max, String target) throws SQLException {
    Object cell = cell(column);
    return cell == null ? 0 : Conversions.integer(cell, min, max, target);
  }

  @Override
  public boolean wasNull() {
    return wasNull;
  }

  @Override
  public @Nullable String getString(int column) throws SQLException {
    Object cell = cell(column);
    return cell == null ? null : Conversions.text(cell, type(column));
  }

  @Override
  public boolean getBoolean(int column) throws SQLException {
    Object cell = cell(column);
    return cell != null && Conversions.truth(cell);
  }

  @Override
  public byte getByte(int column) throws SQLException {
    return (byte) integer(column, Byte.MIN_VALUE, Byte.MAX_VALUE, "a byte");
  }

  @Override
  public short getShort(int column) throws SQLException {
    return (short) integer(column, Short.MIN_VALUE, Short.MAX_VALUE, "a short");
  }

  @Override
  public int getInt(int column) throws SQLException {
    return (int) integer(column, Integer.MIN_VALUE, Integer.MAX_VALUE, "an int");
  }

  @Override
  public long getLong(int column) throws SQLException {
    return integer(column, Long.MIN_VALUE, Long.MAX_VALUE, "a long");
  }

  @Override
  public float getFloat(int column) throws SQLException {
    return (float) getDouble(column);
  }

  @Override
  public double getDouble(int column) throws SQLException {
    Object cell = cell(column);
    return cell == null ? 0 : Conversions.real(cell);
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int column) throws SQLException {
    Object cell = cell(column);
    if (cell == null) {
      return null;
    }
    BigDecimal exact = Conversions.decimal(cell);
    int scale = SqlTypes.scale(type(column));
    return type(column) instanceof Type.Decimal && exact.scale() < scale
        ? exact.setScale(scale)
        : exact;
  }

  @Override
  @Deprecated
  public @Nullable BigDecimal getBigDecimal(int column, int scale) throws SQLException {
    return rounded(column, scale);
  }

  @Override
  @Deprecated
  public @Nullable BigDecimal getBigDecimal(String label, int scale) throws SQLException {
    return rounded(findColumn(label), scale);
  }

  private @Nullable BigDecimal rounded(int column, int scale) throws SQLException {
    BigDecimal exact = getBigDecimal(column);
    return exact == null ? null : exact.setScale(scale, RoundingMode.HALF_UP);
  }

  @Override
  public byte @Nullable [] getBytes(int column) throws SQLException {
    Object cell = cell(column);
    return cell == null ? null : Conversions.bytes(cell);
  }

  @Override
  public @Nullable Date getDate(int column) throws SQLException {
    return getDate(column, null);
  }

  @Override
  public @Nullable Time getTime(int column) throws SQLException {
    return getTime(column, null);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int column) throws SQLException {
    return getTimestamp(column, null);
  }

  @Override
  public @Nullable Date getDate(int column, @Nullable Calendar calendar) throws SQLException {
    Object cell = cell(column);
    return cell == null ? null : Times.sqlDate(Times.date(cell), calendar);
  }

  @Override
  public @Nullable Time getTime(int column, @Nullable Calendar calendar) throws SQLException {
    Object cell = cell(column);
    return cell == null ? null : Times.sqlTime(Times.time(cell), calendar);
  }

  @Override
  public @Nullable Timestamp getTimestamp(int column, @Nullable Calendar calendar)
      throws SQLException {
    Object cell = cell(column);
    return cell == null ? null : Times.timestamp(cell, calendar);
  }

  @Override
  public @Nullable Object getObject(int column) throws SQLException {
    Object cell = cell(column);
    return cell == null ? null : Conversions.natural(cell, type(column));
  }

  @Override
  public @Nullable Object getObject(int column, @Nullable Map<String, Class<?>> types)
      throws SQLException {
    if (types != null && !types.isEmpty()) {
      throw SqlErrors.unsupported("a type map");
    }
    return getObject(column);
  }

  @Override
  public <T> @Nullable T getObject(int column, Class<T> wanted) throws SQLException {
    Object cell = cell(column);
    return cell == null ? null : wanted.cast(Conversions.as(cell, type(column), wanted));
  }

  @Override
  public @Nullable Array getArray(int column) throws SQLException {
    return getObject(column, Array.class);
  }

  // ---- texts and bytes as streams

  @Override
  public @Nullable InputStream getAsciiStream(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  @Deprecated
  public @Nullable InputStream getUnicodeStream(int column) throws SQLException {
    return utf8(column);
  }

  @Override
  @Deprecated
  public @Nullable InputStream getUnicodeStream(String label) throws SQLException {
    return utf8(findColumn(label));
  }

  private @Nullable InputStream utf8(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public @Nullable InputStream getBinaryStream(int column) throws SQLException {
    byte[] bytes = getBytes(column);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  @Override
  public @Nullable Reader getCharacterStream(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new StringReader(text);
  }

  @Override
  public @Nullable Reader getNCharacterStream(int column) throws SQLException {
    return getCharacterStream(column);
  }

  @Override
  public @Nullable String getNString(int column) throws SQLException {
    return getString(column);
  }

  @Override
  public @Nullable Blob getBlob(int column) throws SQLException {
    byte[] bytes = getBytes(column);
    return bytes == null ? null : new SerialBlob(bytes);
  }

  @Override
  public @Nullable Clob getClob(int column) throws SQLException {
    String text = getString(column);
    return text == null ? null : new SerialClob(text.toCharArray());
  }

  @Override
  public @Nullable URL getURL(int column) throws SQLException {
    String text = getString(column);
    try {
      return text == null ? null : URI.create(text).toURL();
    } catch (IllegalArgumentException | MalformedURLException malformed) {
      throw SqlErrors.cannotRead(String.valueOf(text), "a URL");
    }
  }

  @Override
  public NClob getNClob(int column) throws SQLException {
    throw SqlErrors.unsupported("NCLOB");
  }

  @Override
  public Ref getRef(int column) throws SQLException {
    throw SqlErrors.unsupported("REF");
  }

  @Override
  public RowId getRowId(int column) throws SQLException {
    throw SqlErrors.unsupported("ROWID");
  }

  @Override
  public SQLXML getSQLXML(int column) throws SQLException {
    throw SqlErrors.unsupported("SQLXML");
  }

  // ---- position

  @Override
  public boolean next() throws SQLException {
    checkOpen();
    return position.next();
  }

  @Override
  public boolean previous() throws SQLException {
    checkOpen();
    return position.relative(-1);
  }

  @Override
  public boolean isBeforeFirst() throws SQLException {
    checkOpen();
    return position.isBeforeFirst();
  }

  @Override
  public boolean isAfterLast() throws SQLException {
    checkOpen();
    return position.isAfterLast();
  }

  @Override
  public boolean isFirst() throws SQLException {
    checkOpen();
    return position.number() == 1;
  }

  @Override
  public boolean isLast() throws SQLException {
    checkOpen();
    return position.isLast();
  }

  @Override
  public void beforeFirst() throws SQLException {
    checkOpen();
    position.absolute(0);
  }

  @Override
  public void afterLast() throws SQLException {
    checkOpen();
    position.afterLast();
  }

  @Override
  public boolean first() throws SQLException {
    checkOpen();
    return position.absolute(1);
  }

  @Override
  public boolean last() throws SQLException {
    checkOpen();
    return position.absolute(-1);
  }

  @Override
  public int getRow() throws SQLException {
    checkOpen();
    return (int) Math.min(Integer.MAX_VALUE, position.number());
  }

  @Override
  public boolean absolute(int row) throws SQLException {
    checkOpen();
    return position.absolute(row);
  }

  @Override
  public boolean relative(int rows) throws SQLException {
    checkOpen();
    return position.relative(rows);
  }

  @Override
  public void refreshRow() throws SQLException {
    throw SqlErrors.rowsCannotChange();
  }

  // ---- about the result set

  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    return new ResultColumns(cursor.names(), cursor.types());
  }

  @Override
  public int findColumn(String label) throws SQLException {
    checkOpen();
    List<String> names = cursor.names();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equals(label)) {
        return i + 1;
      }
    }
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(label)) {
        return i + 1;
      }
    }
    throw SqlErrors.noColumn(label, names);
  }

  @Override
  public @Nullable Statement getStatement() throws SQLException {
    checkOpen();
    return statement;
  }

  @Override
  public int getType() {
    return position.isScrolling() ? ResultSet.TYPE_SCROLL_INSENSITIVE : ResultSet.TYPE_FORWARD_ONLY;
  }

  @Override
  public int getHoldability() {
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  @Override
  public String getCursorName() throws SQLException {
    throw SqlErrors.unsupported("a named cursor");
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    if (direction != FETCH_FORWARD && !position.isScrolling()) {
      throw SqlErrors.forwardOnly();
    }
  }

  @Override
  public int getFetchDirection() {
    return FETCH_FORWARD;
  }

  /// A hint that nothing needs: rows come in batches of the engine.
  @Override
  public void setFetchSize(int rows) throws SQLException {
    if (rows < 0) {
      throw SqlErrors.argument("a fetch size of " + rows + " rows");
    }
    fetchSize = rows;
  }

  @Override
  public int getFetchSize() {
    return fetchSize;
  }

  @Override
  public @Nullable SQLWarning getWarnings() {
    return null;
  }

  @Override
  public void clearWarnings() {}

  /// Stops the query. May be called by any thread.
  void cancel() {
    cursor.cancel();
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() throws SQLException {
    if (!closed) {
      closed = true;
      cursor.close();
      if (statement != null) {
        statement.onClosed(this);
      }
    }
  }
}
