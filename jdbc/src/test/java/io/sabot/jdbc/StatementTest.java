package io.sabot.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Statements, parameters, batches, keys and result sets.
class StatementTest {
  /// Some 10^12 pairs: nothing that ends by itself.
  private static final String ENDLESS =
      "SELECT count(*) FROM generate_series(1, 1000000) AS a(x), generate_series(1, 1000000) AS"
          + " b(y) WHERE x * 7 % 1000003 + y * 11 % 1000033 < 0";

  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sabot:");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private void run(String... texts) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String text : texts) {
        statement.execute(text);
      }
    }
  }

  @Test
  void everyTypeGoesInAndComesOutExactly() throws SQLException {
    run(
        "CREATE TABLE t (i INTEGER, l BIGINT, s SMALLINT, d DECIMAL(38, 10), r DOUBLE PRECISION,"
            + " b BOOLEAN, v VARCHAR, y VARBINARY, da DATE, ti TIME, ts TIMESTAMP)");
    BigDecimal exact = new BigDecimal("1234567890123456789012345678.0123456789");
    LocalDateTime nanos = LocalDateTime.of(2024, 2, 29, 23, 59, 59, 123_456_000);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setInt(1, Integer.MIN_VALUE);
      insert.setLong(2, Long.MAX_VALUE);
      insert.setShort(3, (short) -7);
      insert.setBigDecimal(4, exact);
      insert.setDouble(5, 0.1);
      insert.setBoolean(6, true);
      insert.setString(7, "naïve '?' 𝕏");
      insert.setBytes(8, new byte[] {0, 1, -1});
      insert.setObject(9, LocalDate.of(2024, 2, 29));
      insert.setObject(10, LocalTime.of(1, 2, 3));
      insert.setObject(11, nanos);
      assertThat(insert.executeUpdate()).isEqualTo(1);
      for (int i = 1; i <= 11; i++) {
        insert.setNull(i, Types.OTHER);
      }
      assertThat(insert.executeUpdate()).isEqualTo(1);
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM t ORDER BY i NULLS LAST")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getObject("I")).isEqualTo(Integer.MIN_VALUE);
      assertThat(rows.getObject(2)).isEqualTo(Long.MAX_VALUE);
      assertThat(rows.getObject(3)).isEqualTo(-7);
      assertThat(rows.getObject(4)).isEqualTo(exact);
      assertThat(rows.getDouble(5)).isEqualTo(0.1);
      assertThat(rows.getBoolean(6)).isTrue();
      assertThat(rows.getString(7)).isEqualTo("naïve '?' 𝕏");
      assertThat(rows.getBytes(8)).containsExactly(0, 1, -1);
      assertThat(rows.getObject(9)).isEqualTo(Date.valueOf("2024-02-29"));
      assertThat(rows.getObject(10, LocalTime.class)).isEqualTo(LocalTime.of(1, 2, 3));
      assertThat(rows.getObject(11, LocalDateTime.class)).isEqualTo(nanos);
      assertThat(rows.getTimestamp(11)).isEqualTo(Timestamp.valueOf(nanos));
      assertThat(rows.getString(11)).isEqualTo("2024-02-29 23:59:59.123456");
      assertThatThrownBy(() -> rows.getInt(2))
          .isInstanceOf(SQLDataException.class)
          .hasFieldOrPropertyWithValue("SQLState", "22003");
      assertThatThrownBy(() -> rows.getObject("nothing")).hasMessageContaining("nothing");
      assertThat(rows.next()).isTrue();
      for (int i = 1; i <= 11; i++) {
        assertThat(rows.getObject(i)).isNull();
        assertThat(rows.wasNull()).isTrue();
      }
      assertThat(rows.getInt(1)).isZero();
      assertThat(rows.next()).isFalse();
      assertThat(rows.getMetaData().getColumnType(4)).isEqualTo(Types.DECIMAL);
      assertThat(rows.getMetaData().getPrecision(4)).isEqualTo(38);
      assertThat(rows.getMetaData().getScale(4)).isEqualTo(10);
      assertThat(rows.getMetaData().getColumnClassName(1)).isEqualTo("java.lang.Integer");
    }
  }

  @Test
  void parametersOfOtherKinds() throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT ? AS a, ? AS b, ? AS c, ? AS d, ? AS e, ? AS f")) {
      UUID id = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
      query.setObject(1, "42", Types.INTEGER);
      query.setObject(2, id);
      query.setArray(3, connection.createArrayOf("INTEGER", new Object[] {1, null, 3}));
      query.setCharacterStream(4, new StringReader("streamed"));
      query.setAsciiStream(
          5, new ByteArrayInputStream("ascii, cut".getBytes(StandardCharsets.US_ASCII)), 5);
      query.setTimestamp(6, Timestamp.valueOf("2024-01-02 03:04:05.5"));
      try (ResultSet rows = query.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(42);
        assertThat(rows.getObject(2, UUID.class)).isEqualTo(id);
        assertThat(rows.getArray(3).getBaseType()).isIn(Types.BIGINT, Types.OTHER);
        assertThat((Object[]) rows.getArray(3).getArray()).hasSize(3);
        assertThat(rows.getObject(3, Integer[].class)).containsExactly(1, null, 3);
        assertThat(rows.getString(4)).isEqualTo("streamed");
        assertThat(rows.getString(5)).isEqualTo("ascii");
        assertThat(rows.getTimestamp(6)).isEqualTo(Timestamp.valueOf("2024-01-02 03:04:05.5"));
      }
      query.clearParameters();
      assertThatThrownBy(query::executeQuery)
          .hasFieldOrPropertyWithValue("SQLState", "07001")
          .hasMessageContaining("parameter 1");
      assertThatThrownBy(() -> query.setInt(7, 1)).hasMessageContaining("6 parameters");
      assertThat(query.getParameterMetaData().getParameterCount()).isEqualTo(6);
    }
  }

  @Test
  void listsAreParameters() throws SQLException {
    run(
        "CREATE TABLE t (a INTEGER, b VARCHAR)",
        "INSERT INTO t VALUES (1, 'x'), (2, 'y'), (3, 'z')");
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT a FROM t WHERE a = ANY (?) OR b = ANY (?) ORDER BY a")) {
      query.setObject(1, new int[] {3, 7});
      query.setArray(2, connection.createArrayOf("VARCHAR", new Object[] {"x"}));
      ResultSet rows = query.executeQuery();
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1);
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(3);
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void aPreparedStatementKnowsItsColumnsBeforeItRuns() throws SQLException {
    run("CREATE TABLE t (a INTEGER, b VARCHAR)");
    try (PreparedStatement query =
            connection.prepareStatement("SELECT b, a + 1 AS c FROM t WHERE a = ?");
        PreparedStatement update = connection.prepareStatement("DELETE FROM t WHERE a = ?")) {
      assertThat(query.getMetaData().getColumnCount()).isEqualTo(2);
      assertThat(query.getMetaData().getColumnName(2)).isEqualTo("c");
      assertThat(query.getMetaData().getColumnType(1)).isEqualTo(Types.VARCHAR);
      assertThat(update.getMetaData()).isNull();
    }
  }

  @Test
  void batchesRunAsOne() throws SQLException {
    run("CREATE TABLE t (a INTEGER PRIMARY KEY, b VARCHAR)");
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
      for (int i = 0; i < 100; i++) {
        insert.setInt(1, i);
        insert.setString(2, "row " + i);
        insert.addBatch();
      }
      assertThat(insert.executeBatch()).hasSize(100).containsOnly(1);
      insert.setInt(1, 100);
      insert.addBatch();
      insert.setInt(1, 50);
      insert.addBatch();
      assertThatThrownBy(insert::executeBatch)
          .isInstanceOf(BatchUpdateException.class)
          .hasFieldOrPropertyWithValue("SQLState", "23505")
          .satisfies(failed ->
              assertThat(((BatchUpdateException) failed).getUpdateCounts())
                  .containsOnly(Statement.EXECUTE_FAILED));
    }
    try (Statement statement = connection.createStatement()) {
      statement.addBatch("UPDATE t SET b = 'x' WHERE a < 10");
      statement.addBatch("DELETE FROM t WHERE a >= 90");
      assertThat(statement.executeBatch()).containsExactly(10, 10);
      ResultSet rows = statement.executeQuery("SELECT count(*) FROM t");
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(90);
    }
  }

  @Test
  void keysThatTheTableMakesComeBack() throws SQLException {
    run("CREATE TABLE t (id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY, b VARCHAR)");
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO t (b) VALUES (?), (?); -- two", Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, "x");
      insert.setString(2, "y");
      assertThat(insert.executeUpdate()).isEqualTo(2);
      try (ResultSet keys = insert.getGeneratedKeys()) {
        assertThat(keys.getMetaData().getColumnCount()).isEqualTo(1);
        assertThat(keys.next()).isTrue();
        assertThat(keys.getInt(1)).isEqualTo(1);
        assertThat(keys.next()).isTrue();
        assertThat(keys.getInt("id")).isEqualTo(2);
        assertThat(keys.next()).isFalse();
      }
      insert.setString(1, "z");
      insert.addBatch();
      insert.addBatch();
      insert.executeBatch();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        int count = 0;
        while (keys.next()) {
          count++;
        }
        assertThat(count).isEqualTo(4);
      }
    }
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE t SET b = 'new' WHERE id = 1", new String[] {"id", "b"})) {
      assertThat(update.executeUpdate()).isEqualTo(1);
      ResultSet keys = update.getGeneratedKeys();
      assertThat(keys.next()).isTrue();
      assertThat(keys.getString("b")).isEqualTo("new");
    }
    try (Statement statement = connection.createStatement()) {
      ResultSet rows = statement.executeQuery("DELETE FROM t WHERE id > 2 RETURNING id");
      assertThat(rows.next()).isTrue();
    }
  }

  @Test
  void scriptsGiveOneResultAfterTheOther() throws SQLException {
    try (PreparedStatement script =
        connection.prepareStatement(
            "CREATE TABLE t (a INTEGER);\nINSERT INTO t VALUES (?), (?);\n"
                + "SELECT a FROM t WHERE a > ?;\nSELECT 'end'")) {
      script.setInt(1, 1);
      script.setInt(2, 2);
      script.setInt(3, 1);
      assertThat(script.execute()).isFalse();
      assertThat(script.getUpdateCount()).isZero();
      assertThat(script.getMoreResults()).isFalse();
      assertThat(script.getUpdateCount()).isEqualTo(2);
      assertThat(script.getMoreResults()).isTrue();
      ResultSet rows = script.getResultSet();
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(2);
      assertThat(rows.next()).isFalse();
      assertThat(script.getMoreResults()).isTrue();
      assertThat(script.getMoreResults()).isFalse();
      assertThat(script.getUpdateCount()).isEqualTo(-1);
    }
  }

  @Test
  void rowsAreReadForwardOrInAnyOrder() throws SQLException {
    String text = "SELECT * FROM generate_series(1, 10000) AS s(x) ORDER BY x";
    try (Statement forward = connection.createStatement();
        ResultSet rows = forward.executeQuery(text)) {
      assertThat(rows.isBeforeFirst()).isTrue();
      int count = 0;
      while (rows.next()) {
        count++;
        assertThat(rows.getRow()).isEqualTo(count);
        assertThat(rows.isLast()).isEqualTo(count == 10000);
      }
      assertThat(rows.isAfterLast()).isTrue();
      assertThatThrownBy(rows::previous).isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> rows.getInt(1)).hasFieldOrPropertyWithValue("SQLState", "24000");
    }
    try (Statement any =
        connection.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
      any.setMaxRows(100);
      ResultSet rows = any.executeQuery(text);
      assertThat(rows.last()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(100);
      assertThat(rows.absolute(7)).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(7);
      assertThat(rows.relative(-2)).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(5);
      assertThat(rows.absolute(-1)).isTrue();
      assertThat(rows.next()).isFalse();
      assertThat(rows.previous()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(100);
      assertThatThrownBy(() -> rows.updateInt(1, 1)).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void rowsOfATransactionStayWhatTheyWereWhenItGoesOn() throws SQLException {
    run("CREATE TABLE t (a INTEGER)", "INSERT INTO t SELECT * FROM generate_series(1, 9000)");
    connection.setAutoCommit(false);
    try (Statement reading = connection.createStatement();
        ResultSet rows = reading.executeQuery("SELECT a FROM t")) {
      int count = 0;
      while (rows.next()) {
        if (count++ % 3000 == 0) {
          run("DELETE FROM t WHERE a > 10");
        }
      }
      assertThat(count).isEqualTo(9000);
    }
    connection.commit();
  }

  @Test
  void timeoutsEndStatements() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.executeQuery(ENDLESS).next())
          .isInstanceOf(SQLTimeoutException.class)
          .hasFieldOrPropertyWithValue("SQLState", "57014");
      statement.setQueryTimeout(0);
      assertThat(statement.execute("SELECT 1")).isTrue();
    }
  }

  @Test
  void anotherThreadCancels() throws Exception {
    try (Statement statement = connection.createStatement()) {
      CompletableFuture<Void> canceller =
          CompletableFuture.runAsync(
              () -> {
                try {
                  statement.cancel();
                } catch (SQLException failed) {
                  throw new IllegalStateException(failed);
                }
              },
              CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS));
      assertThatThrownBy(() -> statement.executeQuery(ENDLESS).next())
          .isInstanceOf(SQLException.class)
          .hasFieldOrPropertyWithValue("SQLState", "57014");
      canceller.get(10, TimeUnit.SECONDS);
      assertThat(statement.execute("SELECT 1")).isTrue();
    }
  }

  @Test
  void escapesOfJdbc() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT {d '2024-01-02'}, {ts '2024-01-02 03:04:05'}, {fn UCASE('x')}")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getDate(1)).isEqualTo(Date.valueOf("2024-01-02"));
      assertThat(rows.getTimestamp(2)).isEqualTo(Timestamp.valueOf("2024-01-02 03:04:05"));
      assertThat(rows.getString(3)).isEqualTo("X");
    }
  }

  @Test
  void jsonAndTimesAreParameters() throws SQLException {
    run("CREATE TABLE t (id INTEGER PRIMARY KEY, j JSONB, z TIMESTAMPTZ, i INTERVAL)");
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?)")) {
      insert.setInt(1, 1);
      insert.setString(2, "{\"a\":[1,2]}");
      insert.setObject(3, OffsetDateTime.parse("2020-01-01T10:00:00+02:00"));
      insert.setString(4, "1 day 2 hours");
      assertThat(insert.executeUpdate()).isEqualTo(1);
    }
    // A question mark with a text behind it is an operator of jsonb.
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT j ->> 'a', z FROM t WHERE j ? 'a' AND id = ? AND i > ?::interval")) {
      query.setInt(1, 1);
      query.setString(2, "25 hours");
      try (ResultSet rows = query.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("[1, 2]");
        assertThat(rows.getObject(2, OffsetDateTime.class))
            .isEqualTo(OffsetDateTime.parse("2020-01-01T08:00:00Z"));
      }
    }
  }
}
