package io.sabot.jdbc;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.error.QueryException;
import io.sabot.store.Isolation;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Struct;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One session of a database. May be used by several threads, one at a time: what one runs, others
/// wait for; only cancelling does not wait.
final class SabotConnection implements Connection, Unwrapping {
  static final String CATALOG = "sabot";
  static final String SCHEMA = "main";

  /// Guards everything below.
  final ReentrantLock lock = new ReentrantLock();

  private final OpenDatabases.Lease lease;
  private final Session session;
  private final String url;
  private final Language language;
  private final Set<LiveRows> live = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<SabotStatement> statements = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Properties clientInfo = new Properties();
  private boolean autoCommit = true;
  private boolean readOnly;
  private int isolation = TRANSACTION_REPEATABLE_READ;
  private int networkTimeoutMillis;
  private int savepoints;
  private volatile boolean closed;

  SabotConnection(OpenDatabases.Lease lease, String url, Language language) {
    this.lease = lease;
    this.session = lease.database().session();
    this.url = url;
    this.language = language;
    this.isolation = level(session.options().isolation());
  }

  private static int level(Isolation isolation) {
    return switch (isolation) {
      case SNAPSHOT -> TRANSACTION_REPEATABLE_READ;
      case SERIALIZABLE -> TRANSACTION_SERIALIZABLE;
    };
  }

  /// Sets what a URL says, which may differ from what the database was opened with.
  void apply(ConnectionUrl parsed) throws SQLException {
    session.setOptions(parsed.applyTo(lease.database().options()));
    isolation = level(session.options().isolation());
  }

  // ---- for the classes around it

  /// What is done with the session, under the lock and with its errors in JDBC's classes.
  interface Work<T extends @Nullable Object> {
    T run(Session session) throws SQLException;
  }

  <T extends @Nullable Object> T locked(Work<T> work) throws SQLException {
    lock.lock();
    try {
      checkOpen();
      return work.run(session);
    } catch (QueryException failed) {
      throw SqlErrors.of(failed);
    } finally {
      lock.unlock();
    }
  }

  void checkOpen() throws SQLException {
    if (closed) {
      throw SqlErrors.closed("connection");
    }
  }

  String url() {
    return url;
  }

  Language language() {
    return language;
  }

  Sabot database() {
    return lease.database();
  }

  Catalog catalog() throws SQLException {
    return locked(Session::catalog);
  }

  /// Runs one statement, in the transaction that there is or must be.
  ///
  /// @param timeoutSeconds 0 for that of the session
  Result run(Language in, String text, Map<String, ?> parameters, int timeoutSeconds)
      throws SQLException {
    return locked(open -> {
      if (open.inTransaction()) {
        buffer();
      } else if (!autoCommit && !begins(text)) {
        begin();
      }
      Options before = open.options();
      Duration limit = limit(timeoutSeconds, before);
      if (limit.equals(before.timeout())) {
        return open.run(in, text, parameters);
      }
      open.setTimeout(limit);
      try {
        return open.run(in, text, parameters);
      } finally {
        open.setTimeout(before.timeout());
      }
    });
  }

  private static boolean begins(String text) {
    String first = text.strip().toUpperCase(Locale.ROOT);
    return first.startsWith("BEGIN") || first.startsWith("START");
  }

  private Duration limit(int timeoutSeconds, Options options) {
    Duration limit = timeoutSeconds == 0 ? options.timeout() : Duration.ofSeconds(timeoutSeconds);
    Duration network = Duration.ofMillis(networkTimeoutMillis);
    return network.isZero() || (!limit.isZero() && limit.compareTo(network) < 0) ? limit : network;
  }

  private void begin() {
    session.begin(
        isolation == TRANSACTION_SERIALIZABLE ? Isolation.SERIALIZABLE : Isolation.SNAPSHOT);
  }

  /// Runs `work` in the open transaction, or in one of its own.
  <T> T wholly(Work<T> work) throws SQLException {
    return locked(open -> {
      if (open.inTransaction() || !autoCommit) {
        return work.run(open);
      }
      begin();
      boolean done = false;
      try {
        T result = work.run(open);
        open.commit();
        done = true;
        return result;
      } finally {
        if (!done && open.inTransaction()) {
          open.rollback();
        }
      }
    });
  }

  LiveRows live(Result result) {
    LiveRows rows = new LiveRows(result, lock, live::remove);
    live.add(rows);
    return rows;
  }

  void cancel() {
    session.cancel();
  }

  void forget(SabotStatement statement) {
    lock.lock();
    try {
      statements.remove(statement);
    } finally {
      lock.unlock();
    }
  }

  /// Reads what open results still have to give: it depends on the transaction as it is now.
  private void buffer() {
    live.forEach(LiveRows::buffer);
  }

  private void closeResults() {
    List.copyOf(live).forEach(LiveRows::close);
  }

  // ---- transactions

  @Override
  public void setAutoCommit(boolean on) throws SQLException {
    locked(open -> {
      if (on != autoCommit && open.inTransaction()) {
        commitOpen(open);
      }
      autoCommit = on;
      return null;
    });
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    checkOpen();
    return autoCommit;
  }

  @Override
  public void commit() throws SQLException {
    locked(open -> {
      checkManual("commit");
      if (open.inTransaction()) {
        commitOpen(open);
      }
      return null;
    });
  }

  private void commitOpen(Session open) {
    closeResults();
    open.commit();
  }

  @Override
  public void rollback() throws SQLException {
    locked(open -> {
      checkManual("roll back");
      if (open.inTransaction()) {
        closeResults();
        open.rollback();
      }
      return null;
    });
  }

  /// A transaction that BEGIN started may be ended by these, too.
  private void checkManual(String verb) throws SQLException {
    if (autoCommit && !session.inTransaction()) {
      throw SqlErrors.transactionState(
          "there is nothing to " + verb + ": every statement commits; call setAutoCommit(false)");
    }
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    return set(new SabotSavepoint(++savepoints, null));
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    return set(new SabotSavepoint(0, name));
  }

  private Savepoint set(SabotSavepoint savepoint) throws SQLException {
    return locked(open -> {
      checkManual("mark");
      if (!open.inTransaction()) {
        begin();
      }
      open.savepoint(savepoint.key());
      return savepoint;
    });
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    locked(open -> {
      checkManual("roll back");
      buffer();
      open.rollbackTo(key(savepoint));
      return null;
    });
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    locked(open -> {
      open.release(key(savepoint));
      return null;
    });
  }

  private static String key(Savepoint savepoint) throws SQLException {
    if (savepoint instanceof SabotSavepoint ours) {
      return ours.key();
    }
    throw SqlErrors.argument("the savepoint is of another driver");
  }

  /// The weaker levels get the snapshot that is stronger than they.
  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    locked(open -> {
      Isolation kind =
          switch (level) {
            case TRANSACTION_SERIALIZABLE -> Isolation.SERIALIZABLE;
            case TRANSACTION_READ_UNCOMMITTED,
                TRANSACTION_READ_COMMITTED,
                TRANSACTION_REPEATABLE_READ ->
                Isolation.SNAPSHOT;
            default -> throw SqlErrors.argument("there is no isolation level " + level);
          };
      if (open.inTransaction()) {
        throw SqlErrors.transactionState("the isolation level of an open transaction is fixed");
      }
      open.setOptions(open.options().withIsolation(kind));
      isolation = level;
      return null;
    });
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    checkOpen();
    return isolation;
  }

  @Override
  public void setReadOnly(boolean on) throws SQLException {
    locked(open -> {
      open.setReadOnly(on);
      readOnly = on;
      return null;
    });
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    checkOpen();
    return readOnly;
  }

  // ---- statements

  @Override
  public Statement createStatement() throws SQLException {
    return createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    return register(new SabotStatement(this, isScrolling(type, concurrency)));
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    return createStatement(type, concurrency);
  }

  @Override
  public PreparedStatement prepareStatement(String text) throws SQLException {
    return prepare(text, false, KeyRequest.NONE);
  }

  @Override
  public PreparedStatement prepareStatement(String text, int type, int concurrency)
      throws SQLException {
    return prepare(text, isScrolling(type, concurrency), KeyRequest.NONE);
  }

  @Override
  public PreparedStatement prepareStatement(String text, int type, int concurrency, int holdability)
      throws SQLException {
    return prepareStatement(text, type, concurrency);
  }

  @Override
  public PreparedStatement prepareStatement(String text, int keys) throws SQLException {
    return prepare(text, false, KeyRequest.of(keys));
  }

  @Override
  public PreparedStatement prepareStatement(String text, int[] columns) throws SQLException {
    throw SqlErrors.unsupported("generated keys by number of the column");
  }

  @Override
  public PreparedStatement prepareStatement(String text, String[] columns) throws SQLException {
    return prepare(text, false, KeyRequest.of(columns));
  }

  private PreparedStatement prepare(String text, boolean isScrolling, KeyRequest keys)
      throws SQLException {
    return register(new SabotPreparedStatement(this, text, isScrolling, keys));
  }

  private <S extends SabotStatement> S register(S statement) throws SQLException {
    return locked(_ -> {
      statements.add(statement);
      return statement;
    });
  }

  private static boolean isScrolling(int type, int concurrency) throws SQLException {
    if (concurrency != ResultSet.CONCUR_READ_ONLY) {
      throw SqlErrors.rowsCannotChange();
    }
    return switch (type) {
      case ResultSet.TYPE_FORWARD_ONLY -> false;
      case ResultSet.TYPE_SCROLL_INSENSITIVE -> true;
      default -> throw SqlErrors.unsupported("a result set that sees later changes");
    };
  }

  @Override
  public CallableStatement prepareCall(String text) throws SQLException {
    throw SqlErrors.unsupported("a call with output parameters");
  }

  @Override
  public CallableStatement prepareCall(String text, int type, int concurrency) throws SQLException {
    return prepareCall(text);
  }

  @Override
  public CallableStatement prepareCall(String text, int type, int concurrency, int holdability)
      throws SQLException {
    return prepareCall(text);
  }

  /// Nothing to translate: the parser knows JDBC's escapes `{d '...'}`, `{ts '...'}`, `{fn ...}`.
  @Override
  public String nativeSQL(String text) throws SQLException {
    checkOpen();
    return text;
  }

  // ---- about the connection

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    checkOpen();
    return new SabotMetaData(this);
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public boolean isValid(int timeoutSeconds) throws SQLException {
    if (timeoutSeconds < 0) {
      throw SqlErrors.argument("a timeout of " + timeoutSeconds + " seconds");
    }
    if (closed) {
      return false;
    }
    try {
      lease.database().catalog();
      return true;
    } catch (QueryException closedUnderneath) {
      return false;
    }
  }

  @Override
  public void close() throws SQLException {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      for (SabotStatement statement : new ArrayList<>(statements)) {
        statement.close();
      }
      closeResults();
      session.close();
      closed = true;
      lease.close();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void abort(Executor executor) {
    session.cancel();
    executor.execute(() -> {
      try {
        close();
      } catch (SQLException alreadyBroken) {
        closed = true;
      }
    });
  }

  /// There is one catalog, so another cannot be chosen.
  @Override
  public void setCatalog(@Nullable String catalog) {}

  @Override
  public String getCatalog() {
    return CATALOG;
  }

  @Override
  public void setSchema(@Nullable String schema) throws SQLException {
    checkOpen();
    if (schema != null && !schema.equalsIgnoreCase(SCHEMA)) {
      throw SqlErrors.unsupported("a schema for names without one other than main");
    }
  }

  @Override
  public String getSchema() {
    return SCHEMA;
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
  public Map<String, Class<?>> getTypeMap() {
    return Map.of();
  }

  @Override
  public void setTypeMap(@Nullable Map<String, Class<?>> types) throws SQLException {
    if (types != null && !types.isEmpty()) {
      throw SqlErrors.unsupported("a type map");
    }
  }

  @Override
  public void setHoldability(int holdability) throws SQLException {
    if (holdability != ResultSet.CLOSE_CURSORS_AT_COMMIT) {
      throw SqlErrors.unsupported("a result set that outlives its transaction");
    }
  }

  @Override
  public int getHoldability() {
    return ResultSet.CLOSE_CURSORS_AT_COMMIT;
  }

  @Override
  public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
    if (value == null) {
      clientInfo.remove(name);
    } else {
      clientInfo.setProperty(name, value);
    }
  }

  @Override
  public void setClientInfo(Properties properties) throws SQLClientInfoException {
    clientInfo.clear();
    properties.forEach(clientInfo::put);
  }

  @Override
  public @Nullable String getClientInfo(String name) {
    return clientInfo.getProperty(name);
  }

  @Override
  public Properties getClientInfo() {
    Properties copy = new Properties();
    clientInfo.forEach(copy::put);
    return copy;
  }

  /// There is no network; it limits every statement like a query timeout.
  @Override
  public void setNetworkTimeout(@Nullable Executor executor, int millis) throws SQLException {
    if (millis < 0) {
      throw SqlErrors.argument("a timeout of " + millis + " milliseconds");
    }
    locked(_ -> {
      networkTimeoutMillis = millis;
      return null;
    });
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    checkOpen();
    return networkTimeoutMillis;
  }

  // ---- large objects

  @Override
  public Array createArrayOf(String type, Object[] elements) throws SQLException {
    checkOpen();
    List<@Nullable Object> cells = new ArrayList<>();
    for (Object element : Arrays.asList(elements)) {
      cells.add(element == null ? null : ParameterValues.cell(element));
    }
    return new SabotArray(SqlTypes.named(type), cells);
  }

  @Override
  public Clob createClob() throws SQLException {
    throw SqlErrors.unsupported("createClob; use setString or setCharacterStream");
  }

  @Override
  public Blob createBlob() throws SQLException {
    throw SqlErrors.unsupported("createBlob; use setBytes or setBinaryStream");
  }

  @Override
  public NClob createNClob() throws SQLException {
    throw SqlErrors.unsupported("createNClob; use setString or setCharacterStream");
  }

  @Override
  public SQLXML createSQLXML() throws SQLException {
    throw SqlErrors.unsupported("SQLXML");
  }

  @Override
  public Struct createStruct(String type, Object[] attributes) throws SQLException {
    throw SqlErrors.unsupported("STRUCT");
  }
}
