package io.sabot.jdbc;

import io.sabot.engine.Language;
import io.sabot.engine.Result;
import io.sabot.engine.Row;
import io.sabot.engine.Session;
import io.sabot.engine.SqlText;
import io.sabot.engine.Summary;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.statement.Statement.ResultForm;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Runs texts and holds what they gave: of a script, what each of its statements gave.
sealed class SabotStatement implements Statement, Unwrapping permits SabotPreparedStatement {
  /// What one statement gave: rows, or how many it changed.
  ///
  /// @param rows null when there are none
  /// @param count of rows that were changed; -1 when there are rows to be read
  private record Outcome(@Nullable RowCursor rows, long count) {}

  private final SabotConnection connection;
  private final boolean isScrolling;
  private final Queue<Outcome> outcomes = new ArrayDeque<>();
  private final List<String> batch = new ArrayList<>();
  private volatile @Nullable ResultRows current;
  private volatile boolean isRunning;
  private long updateCount = -1;
  private @Nullable RowCursor keys;
  private int timeoutSeconds;
  private long rowsMax;
  private int fetchSize;
  private boolean isClosedWithResult;
  private boolean isPoolable;
  private volatile boolean closed;

  SabotStatement(SabotConnection connection, boolean isScrolling) {
    this.connection = connection;
    this.isScrolling = isScrolling;
  }

  final SabotConnection connection() {
    return connection;
  }

  final void checkOpen() throws SQLException {
    if (closed) {
      throw SqlErrors.closed("statement");
    }
    connection.checkOpen();
  }

  // ---- running

  /// Runs all statements of a text.
  ///
  /// @param parameters by position, for the whole text
  /// @return whether the first gave rows
  final boolean run(String text, List<?> parameters, KeyRequest wanted) throws SQLException {
    checkOpen();
    LanguageText known = LanguageText.of(text, connection.language());
    return connection.locked(_ -> {
      closeResults();
      List<String> parts = Session.statements(known.language(), known.text());
      int first = 0;
      for (String part : parts) {
        Map<String, Object> values = new HashMap<>();
        int count = parts.size() == 1 ? parameters.size() : SqlText.positionalParameters(part);
        for (int i = 0; i < count && first + i < parameters.size(); i++) {
          values.put(Integer.toString(i + 1), parameters.get(first + i));
        }
        first += count;
        outcomes.forEach(SabotStatement::buffer);
        outcomes.add(runOne(known.language(), part, values, wanted));
      }
      return advance();
    });
  }

  private static void buffer(Outcome outcome) {
    if (outcome.rows() instanceof LiveRows live) {
      live.buffer();
    }
  }

  private Outcome runOne(
      Language language, String text, Map<String, Object> values, KeyRequest wanted)
      throws SQLException {
    String returning =
        language == Language.SQL && wanted.isWanted()
            ? wanted.withReturning(text, connection.catalog())
            : null;
    isRunning = true;
    Result result;
    try {
      result =
          connection.run(language, returning == null ? text : returning, values, timeoutSeconds);
    } finally {
      isRunning = false;
    }
    if (returning != null) {
      return keep(result);
    }
    if (result.form() != ResultForm.NONE && !result.columns().isEmpty()) {
      return new Outcome(connection.live(result), -1);
    }
    try (result) {
      return new Outcome(null, count(result));
    }
  }

  /// The rows of a RETURNING clause that the caller did not write are generated keys.
  private Outcome keep(Result result) {
    FixedRows rows = new FixedRows(result.columns(), result.types());
    long count = 0;
    try (result) {
      while (result.hasNext()) {
        rows.add(result.next().objects());
        count++;
      }
    }
    keys = rows;
    return new Outcome(null, count);
  }

  private static long count(Result result) {
    if (result.columns().equals(List.of("count")) && result.hasNext()) {
      Row row = result.next();
      if (row.get(0) instanceof Long count) {
        return count;
      }
    }
    Summary summary = result.summary();
    return summary.rowsChanged()
        + summary.nodesCreated()
        + summary.nodesDeleted()
        + summary.edgesCreated()
        + summary.edgesDeleted()
        + summary.propertiesSet()
        + summary.labelsAdded()
        + summary.labelsRemoved()
        + summary.quadsInserted()
        + summary.quadsDeleted();
  }

  /// Goes to what the next statement gave.
  private boolean advance() throws SQLException {
    Outcome next = outcomes.poll();
    updateCount = next == null ? -1 : next.count();
    if (next == null || next.rows() == null) {
      current = null;
      return false;
    }
    current = new ResultRows(next.rows(), this, isScrolling, rowsMax);
    return true;
  }

  final void closeResults() throws SQLException {
    ResultRows open = current;
    current = null;
    if (open != null) {
      open.close();
    }
    for (Outcome outcome : outcomes) {
      if (outcome.rows() != null) {
        outcome.rows().close();
      }
    }
    outcomes.clear();
    updateCount = -1;
    keys = null;
  }

  /// A result set of this statement was closed.
  final void onClosed(ResultRows rows) throws SQLException {
    if (rows == current && isClosedWithResult && outcomes.isEmpty()) {
      close();
    }
  }

  final ResultSet rows() throws SQLException {
    ResultRows rows = current;
    if (rows == null) {
      throw SqlErrors.noRows();
    }
    return rows;
  }

  final long changed() throws SQLException {
    if (current != null) {
      closeResults();
      throw SqlErrors.rowsReturned();
    }
    return Math.max(0, updateCount);
  }

  private static int small(long count) {
    return (int) Math.min(Integer.MAX_VALUE, count);
  }

  @Override
  public ResultSet executeQuery(String text) throws SQLException {
    run(text, List.of(), KeyRequest.NONE);
    return rows();
  }

  @Override
  public boolean execute(String text) throws SQLException {
    return run(text, List.of(), KeyRequest.NONE);
  }

  @Override
  public boolean execute(String text, int wanted) throws SQLException {
    return run(text, List.of(), KeyRequest.of(wanted));
  }

  @Override
  public boolean execute(String text, String[] columns) throws SQLException {
    return run(text, List.of(), KeyRequest.of(columns));
  }

  @Override
  public boolean execute(String text, int[] columns) throws SQLException {
    throw SqlErrors.unsupported("generated keys by number of the column");
  }

  @Override
  public long executeLargeUpdate(String text) throws SQLException {
    run(text, List.of(), KeyRequest.NONE);
    return changed();
  }

  @Override
  public long executeLargeUpdate(String text, int wanted) throws SQLException {
    run(text, List.of(), KeyRequest.of(wanted));
    return changed();
  }

  @Override
  public long executeLargeUpdate(String text, String[] columns) throws SQLException {
    run(text, List.of(), KeyRequest.of(columns));
    return changed();
  }

  @Override
  public int executeUpdate(String text) throws SQLException {
    return small(executeLargeUpdate(text));
  }

  @Override
  public int executeUpdate(String text, int wanted) throws SQLException {
    return small(executeLargeUpdate(text, wanted));
  }

  @Override
  public int executeUpdate(String text, String[] columns) throws SQLException {
    return small(executeLargeUpdate(text, columns));
  }

  @Override
  public int executeUpdate(String text, int[] columns) throws SQLException {
    throw SqlErrors.unsupported("generated keys by number of the column");
  }

  // ---- batches

  /// One entry of a batch.
  interface Entry {
    /// Runs it and returns how many rows it changed.
    long run() throws SQLException;
  }

  /// Runs all entries, in one transaction where every statement would commit: then all of them
  /// count or none does.
  final long[] runBatch(List<? extends Entry> entries) throws SQLException {
    checkOpen();
    long[] counts = new long[entries.size()];
    List<List<@Nullable Object>> allKeys = new ArrayList<>();
    boolean[] isWhole = new boolean[1];
    try {
      return connection.wholly(open -> {
        isWhole[0] = connection.getAutoCommit();
        FixedRows all = null;
        for (int i = 0; i < counts.length; i++) {
          Arrays.fill(counts, i, counts.length, EXECUTE_FAILED);
          counts[i] = entries.get(i).run();
          all = gather(all, allKeys);
        }
        if (all != null) {
          allKeys.forEach(all::add);
          keys = all;
        }
        return counts;
      });
    } catch (SQLException failed) {
      if (isWhole[0]) {
        Arrays.fill(counts, EXECUTE_FAILED);
      }
      BatchUpdateException wrapped =
          new BatchUpdateException(
              failed.getMessage(),
              failed.getSQLState(),
              failed.getErrorCode(),
              counts,
              failed.getCause());
      wrapped.setNextException(failed);
      throw wrapped;
    }
  }

  private @Nullable FixedRows gather(@Nullable FixedRows all, List<List<@Nullable Object>> allKeys)
      throws SQLException {
    RowCursor own = keys;
    if (own == null) {
      return all;
    }
    for (List<@Nullable Object> row = own.next(); row != null; row = own.next()) {
      allKeys.add(row);
    }
    return all == null ? new FixedRows(own.names(), own.types()) : all;
  }

  @Override
  public void addBatch(String text) throws SQLException {
    checkOpen();
    batch.add(text);
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    batch.clear();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    List<Entry> entries = new ArrayList<>();
    batch.forEach(text -> entries.add(() -> executeLargeUpdate(text)));
    batch.clear();
    return runBatch(entries);
  }

  @Override
  public int[] executeBatch() throws SQLException {
    return Arrays.stream(executeLargeBatch()).mapToInt(SabotStatement::small).toArray();
  }

  // ---- results

  @Override
  public @Nullable ResultSet getResultSet() throws SQLException {
    checkOpen();
    return current;
  }

  @Override
  public int getUpdateCount() throws SQLException {
    return small(getLargeUpdateCount());
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    checkOpen();
    return current == null ? updateCount : -1;
  }

  @Override
  public boolean getMoreResults() throws SQLException {
    return getMoreResults(CLOSE_CURRENT_RESULT);
  }

  @Override
  public boolean getMoreResults(int what) throws SQLException {
    checkOpen();
    ResultRows before = current;
    current = null;
    if (before != null && what != KEEP_CURRENT_RESULT) {
      before.close();
    }
    return advance();
  }

  @Override
  public ResultSet getGeneratedKeys() throws SQLException {
    checkOpen();
    RowCursor kept = keys;
    return new ResultRows(
        kept == null ? new FixedRows(List.of(), List.of()) : kept, this, isScrolling, 0);
  }

  // ---- limits

  @Override
  public void setMaxRows(int max) throws SQLException {
    setLargeMaxRows(max);
  }

  @Override
  public int getMaxRows() throws SQLException {
    return small(getLargeMaxRows());
  }

  @Override
  public void setLargeMaxRows(long max) throws SQLException {
    checkOpen();
    if (max < 0) {
      throw SqlErrors.argument("a limit of " + max + " rows");
    }
    rowsMax = max;
  }

  @Override
  public long getLargeMaxRows() throws SQLException {
    checkOpen();
    return rowsMax;
  }

  @Override
  public int getMaxFieldSize() {
    return 0;
  }

  @Override
  public void setMaxFieldSize(int max) throws SQLException {
    if (max != 0) {
      throw SqlErrors.unsupported("a limit of the size of a value");
    }
  }

  @Override
  public void setQueryTimeout(int seconds) throws SQLException {
    checkOpen();
    if (seconds < 0) {
      throw SqlErrors.argument("a timeout of " + seconds + " seconds");
    }
    timeoutSeconds = seconds;
  }

  @Override
  public int getQueryTimeout() throws SQLException {
    checkOpen();
    return timeoutSeconds;
  }

  /// Stops what this statement runs or whose rows are read. Any thread may call it.
  @Override
  public void cancel() throws SQLException {
    if (isRunning) {
      connection.cancel();
    }
    ResultRows rows = current;
    if (rows != null) {
      rows.cancel();
    }
  }

  // ---- the rest

  @Override
  public void setFetchSize(int rows) throws SQLException {
    checkOpen();
    if (rows < 0) {
      throw SqlErrors.argument("a fetch size of " + rows + " rows");
    }
    fetchSize = rows;
  }

  @Override
  public int getFetchSize() throws SQLException {
    checkOpen();
    return fetchSize;
  }

  @Override
  public void setFetchDirection(int direction) throws SQLException {
    checkOpen();
  }

  @Override
  public int getFetchDirection() {
    return ResultSet.FETCH_FORWARD;
  }

  @Override
  public int getResultSetConcurrency() {
    return ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public int getResultSetType() {
    return isScrolling ? ResultSet.TYPE_SCROLL_INSENSITIVE : ResultSet.TYPE_FORWARD_ONLY;
  }

  @Override
  public int getResultSetHoldability() {
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  @Override
  public void setEscapeProcessing(boolean on) {}

  @Override
  public void setCursorName(String name) throws SQLException {
    throw SqlErrors.unsupported("a named cursor");
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
  }

  @Override
  public Connection getConnection() throws SQLException {
    checkOpen();
    return connection;
  }

  @Override
  public void setPoolable(boolean poolable) {
    isPoolable = poolable;
  }

  @Override
  public boolean isPoolable() {
    return isPoolable;
  }

  @Override
  public void closeOnCompletion() {
    isClosedWithResult = true;
  }

  @Override
  public boolean isCloseOnCompletion() {
    return isClosedWithResult;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() throws SQLException {
    if (!closed) {
      closed = true;
      try {
        closeResults();
      } catch (QueryException failed) {
        throw SqlErrors.of(failed);
      }
      connection.forget(this);
    }
  }
}
