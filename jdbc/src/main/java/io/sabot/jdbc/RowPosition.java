package io.sabot.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// On which row a result set is.
sealed interface RowPosition {
  /// The row it is on.
  List<@Nullable Object> row() throws SQLException;

  boolean next() throws SQLException;

  /// From 1; 0 before the first row and behind the last.
  long number();

  boolean isBeforeFirst() throws SQLException;

  boolean isAfterLast();

  boolean isLast() throws SQLException;

  void afterLast() throws SQLException;

  /// From 1, or from the end with -1 for the last row.
  boolean absolute(int row) throws SQLException;

  boolean relative(int rows) throws SQLException;

  boolean isScrolling();

  /// Looks for the first row, so that what is wrong with a query shows when it is run.
  static RowPosition of(RowCursor cursor, boolean isScrolling, long rowsMax) throws SQLException {
    Forward forward = new Forward(cursor, rowsMax == 0 ? Long.MAX_VALUE : rowsMax);
    if (!isScrolling) {
      forward.look();
      return forward;
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    while (forward.next()) {
      rows.add(forward.row());
    }
    return new Scrolling(rows);
  }

  /// Each row once, in order; one row ahead is looked at where a question needs it.
  final class Forward implements RowPosition {
    private final RowCursor cursor;
    private final long rowsMax;
    private @Nullable List<@Nullable Object> current;
    private @Nullable List<@Nullable Object> ahead;
    private long number;
    private boolean isOver;

    private Forward(RowCursor cursor, long rowsMax) {
      this.cursor = cursor;
      this.rowsMax = rowsMax;
    }

    @Override
    public List<@Nullable Object> row() throws SQLException {
      List<@Nullable Object> row = current;
      if (row == null) {
        throw SqlErrors.noRow();
      }
      return row;
    }

    private void look() throws SQLException {
      if (ahead == null && !isOver) {
        ahead = number < rowsMax ? cursor.next() : null;
        if (ahead == null) {
          isOver = true;
          cursor.close();
        }
      }
    }

    @Override
    public boolean next() throws SQLException {
      look();
      current = ahead;
      ahead = null;
      if (current == null) {
        return false;
      }
      number++;
      return true;
    }

    @Override
    public long number() {
      return current == null ? 0 : number;
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
      if (number > 0) {
        return false;
      }
      look();
      return ahead != null;
    }

    @Override
    public boolean isAfterLast() {
      return isOver && current == null && number > 0;
    }

    @Override
    public boolean isLast() throws SQLException {
      if (current == null) {
        return false;
      }
      look();
      return ahead == null;
    }

    @Override
    public void afterLast() throws SQLException {
      throw SqlErrors.forwardOnly();
    }

    @Override
    public boolean absolute(int row) throws SQLException {
      throw SqlErrors.forwardOnly();
    }

    @Override
    public boolean relative(int rows) throws SQLException {
      throw SqlErrors.forwardOnly();
    }

    @Override
    public boolean isScrolling() {
      return false;
    }
  }

  /// All rows in memory.
  final class Scrolling implements RowPosition {
    private final List<List<@Nullable Object>> rows;

    /// From 1; 0 before the first row.
    private int at;

    private Scrolling(List<List<@Nullable Object>> rows) {
      this.rows = rows;
    }

    private boolean isOnRow() {
      return at >= 1 && at <= rows.size();
    }

    @Override
    public List<@Nullable Object> row() throws SQLException {
      if (!isOnRow()) {
        throw SqlErrors.noRow();
      }
      return rows.get(at - 1);
    }

    @Override
    public boolean next() {
      return relative(1);
    }

    @Override
    public long number() {
      return isOnRow() ? at : 0;
    }

    @Override
    public boolean isBeforeFirst() {
      return at == 0 && !rows.isEmpty();
    }

    @Override
    public boolean isAfterLast() {
      return at > rows.size() && !rows.isEmpty();
    }

    @Override
    public boolean isLast() {
      return isOnRow() && at == rows.size();
    }

    @Override
    public void afterLast() {
      at = rows.size() + 1;
    }

    @Override
    public boolean absolute(int row) {
      return move(row >= 0 ? row : rows.size() + 1L + row);
    }

    @Override
    public boolean relative(int rowCount) {
      return move(at + (long) rowCount);
    }

    private boolean move(long to) {
      at = (int) Math.clamp(to, 0, rows.size() + 1L);
      return isOnRow();
    }

    @Override
    public boolean isScrolling() {
      return true;
    }
  }
}
