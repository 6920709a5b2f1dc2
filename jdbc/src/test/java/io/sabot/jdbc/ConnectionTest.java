package io.sabot.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.engine.Sabot;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTransactionRollbackException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// URLs, databases that connections share, transactions and errors.
class ConnectionTest {
  private static long count(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  private static void run(Connection connection, String... texts) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String text : texts) {
        statement.execute(text);
      }
    }
  }

  @Test
  void connectionsOfOneDirectoryShareItsDatabase(@TempDir Path directory) throws SQLException {
    String url = "jdbc:sabot:" + directory.resolve("db");
    try (Connection one = DriverManager.getConnection(url)) {
      run(one, "CREATE TABLE t (a INTEGER PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)");
      try (Connection two = DriverManager.getConnection(url + "?isolation=serializable")) {
        assertThat(count(two, "t")).isEqualTo(2);
        assertThat(two.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
      }
      assertThat(count(one, "t")).isEqualTo(2);
    }
    try (Connection again = DriverManager.getConnection(url)) {
      assertThat(count(again, "t")).isEqualTo(2);
    }
  }

  @Test
  void temporaryDatabasesAreSharedByNameOrNotAtAll() throws SQLException {
    try (Connection one = DriverManager.getConnection("jdbc:sabot:memory:shared");
        Connection two = DriverManager.getConnection("jdbc:sabot:memory:shared");
        Connection alone = DriverManager.getConnection("jdbc:sabot::memory:")) {
      run(one, "CREATE TABLE t (a INTEGER)");
      assertThat(count(two, "t")).isZero();
      assertThatThrownBy(() -> count(alone, "t")).isInstanceOf(SQLSyntaxErrorException.class);
    }
  }

  @Test
  void aWrongUrlSaysWhatIsWrong() {
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:sabot:?colour=red"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("colour=red")
        .hasMessageContaining("timeout");
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:sabot:?language=cobol"))
        .hasMessageContaining("cobol");
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:sabot:?timeout=soon"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("soon");
  }

  @Test
  void anEmbeddedDatabaseGivesConnections() throws SQLException {
    try (Sabot database = Sabot.inMemory()) {
      database.sql("CREATE TABLE t (a INTEGER)").close();
      try (Connection connection = SabotDriver.connection(database)) {
        run(connection, "INSERT INTO t VALUES (1)");
      }
      assertThat(database.sql("SELECT a FROM t").toList()).hasSize(1);
    }
  }

  @Test
  void errorsHaveStateClassAndPlace() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sabot:")) {
      run(connection, "CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER NOT NULL)");
      assertThatThrownBy(() -> run(connection, "SELECT a,\n  c FROM t"))
          .isInstanceOf(SQLSyntaxErrorException.class)
          .hasFieldOrPropertyWithValue("SQLState", "42703")
          .hasMessageContaining("line 2, column 3")
          .cause()
          .isInstanceOfSatisfying(
              QueryException.class,
              cause -> assertThat(cause.span()).isEqualTo(new SourceSpan(2, 3, 2, 4)));
      Map<String, String> states =
          Map.of(
              "SELEC 1", "42601",
              "SELECT * FROM nothing", "42P01",
              "SELECT 1 / 0", "22012",
              "INSERT INTO t VALUES (1, 1), (1, 2)", "23505",
              "INSERT INTO t VALUES (1, NULL)", "23502",
              "SELECT nosuch(1)", "42883");
      states.forEach((text, state) ->
          assertThatThrownBy(() -> run(connection, text))
              .as(text)
              .isInstanceOf(SQLException.class)
              .hasFieldOrPropertyWithValue("SQLState", state));
      assertThatThrownBy(() -> run(connection, "INSERT INTO t VALUES (1, 1), (1, 2)"))
          .isInstanceOf(SQLIntegrityConstraintViolationException.class);
      assertThatThrownBy(() -> connection.prepareCall("{call f()}"))
          .isInstanceOf(SQLFeatureNotSupportedException.class);
      assertThat(count(connection, "t")).isZero();
    }
  }

  @Test
  void transactionsCommitRollBackAndReturnToSavepoints() throws SQLException {
    try (Connection one = DriverManager.getConnection("jdbc:sabot:memory:tx");
        Connection two = DriverManager.getConnection("jdbc:sabot:memory:tx")) {
      run(one, "CREATE TABLE t (a INTEGER PRIMARY KEY)");
      one.setAutoCommit(false);
      run(one, "INSERT INTO t VALUES (1)");
      assertThat(count(two, "t")).isZero();
      Savepoint unnamed = one.setSavepoint();
      run(one, "INSERT INTO t VALUES (2)");
      Savepoint named = one.setSavepoint("later");
      run(one, "INSERT INTO t VALUES (3)");
      assertThat(named.getSavepointName()).isEqualTo("later");
      one.rollback(named);
      assertThat(count(one, "t")).isEqualTo(2);
      one.releaseSavepoint(named);
      one.rollback(unnamed);
      one.commit();
      assertThat(count(two, "t")).isEqualTo(1);
      run(one, "INSERT INTO t VALUES (4)");
      one.rollback();
      assertThat(count(one, "t")).isEqualTo(1);
      run(one, "INSERT INTO t VALUES (5)");
      one.setAutoCommit(true);
      assertThat(count(two, "t")).isEqualTo(2);
      assertThatThrownBy(one::commit).hasFieldOrPropertyWithValue("SQLState", "25000");
    }
  }

  @Test
  void aStatementThatFailsLeavesTheTransactionUsable() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sabot:")) {
      run(connection, "CREATE TABLE t (a INTEGER PRIMARY KEY)");
      connection.setAutoCommit(false);
      run(connection, "INSERT INTO t VALUES (1)");
      assertThatThrownBy(() -> run(connection, "INSERT INTO t VALUES (2), (1)"))
          .isInstanceOf(SQLException.class);
      run(connection, "INSERT INTO t VALUES (3)");
      connection.commit();
      assertThat(count(connection, "t")).isEqualTo(2);
    }
  }

  @Test
  void theSecondOfTwoThatChangeARowIsToldToTryAgain() throws SQLException {
    try (Connection one = DriverManager.getConnection("jdbc:sabot:memory:conflict");
        Connection two = DriverManager.getConnection("jdbc:sabot:memory:conflict")) {
      run(one, "CREATE TABLE t (a INTEGER PRIMARY KEY, n INTEGER)", "INSERT INTO t VALUES (1, 0)");
      one.setAutoCommit(false);
      two.setAutoCommit(false);
      run(one, "UPDATE t SET n = n + 1");
      run(two, "UPDATE t SET n = n + 10");
      one.commit();
      assertThatThrownBy(
              () -> {
                run(two, "UPDATE t SET n = n + 10");
                two.commit();
              })
          .isInstanceOf(SQLTransactionRollbackException.class)
          .hasFieldOrPropertyWithValue("SQLState", "40001");
      two.rollback();
      run(two, "UPDATE t SET n = n + 10");
      two.commit();
      try (Statement statement = one.createStatement();
          ResultSet rows = statement.executeQuery("SELECT n FROM t")) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(11);
      }
    }
  }

  @Test
  void levelsOfIsolation() throws SQLException {
    try (Connection one = DriverManager.getConnection("jdbc:sabot:memory:levels");
        Connection two = DriverManager.getConnection("jdbc:sabot:memory:levels")) {
      run(one, "CREATE TABLE t (a INTEGER PRIMARY KEY)");
      assertThat(one.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
      for (Connection each : List.of(one, two)) {
        each.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        each.setAutoCommit(false);
        assertThat(count(each, "t")).isZero();
      }
      run(one, "INSERT INTO t VALUES (1)");
      run(two, "INSERT INTO t VALUES (2)");
      one.commit();
      assertThatThrownBy(two::commit).hasFieldOrPropertyWithValue("SQLState", "40001");
    }
  }

  @Test
  void readOnlyConnectionsRefuseToWrite() throws SQLException {
    try (Connection writer = DriverManager.getConnection("jdbc:sabot:memory:ro");
        Connection reader = DriverManager.getConnection("jdbc:sabot:memory:ro?readOnly=true")) {
      run(writer, "CREATE TABLE t (a INTEGER)", "CREATE SEQUENCE s");
      assertThat(reader.isReadOnly()).isTrue();
      for (String text :
          List.of(
              "INSERT INTO t VALUES (1)",
              "DELETE FROM t",
              "DROP TABLE t",
              "CREATE TABLE u (a INTEGER)",
              "SELECT nextval('s')",
              "/* cypher */ CREATE (:Person)",
              "/* sparql */ INSERT DATA { <urn:a> <urn:b> 1 }")) {
        assertThatThrownBy(() -> run(reader, text))
            .as(text)
            .hasFieldOrPropertyWithValue("SQLState", "25006");
      }
      assertThat(count(reader, "t")).isZero();
      reader.setReadOnly(false);
      run(reader, "INSERT INTO t VALUES (1)");
      assertThat(count(writer, "t")).isEqualTo(1);
    }
  }

  @Test
  void aClosedConnectionEndsWhatItBegan() throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sabot:memory:closing")) {
      run(other, "CREATE TABLE t (a INTEGER)");
      Connection connection = DriverManager.getConnection("jdbc:sabot:memory:closing");
      connection.setAutoCommit(false);
      Statement statement = connection.createStatement();
      statement.execute("INSERT INTO t VALUES (1)");
      assertThat(connection.isValid(1)).isTrue();
      connection.close();
      assertThat(statement.isClosed()).isTrue();
      assertThat(connection.isValid(1)).isFalse();
      assertThatThrownBy(connection::createStatement)
          .hasFieldOrPropertyWithValue("SQLState", "08003");
      assertThat(count(other, "t")).isZero();
    }
  }

  @Test
  void statementsMayBeInEveryLanguage() throws SQLException {
    try (Connection sql = DriverManager.getConnection("jdbc:sabot:memory:languages");
        Connection cypher =
            DriverManager.getConnection("jdbc:sabot:memory:languages?language=cypher")) {
      run(
          sql,
          "CREATE TABLE person (id INTEGER PRIMARY KEY, name VARCHAR)",
          "INSERT INTO person VALUES (1, 'Ada'), (2, 'Grace')");
      try (var statement =
          cypher.prepareStatement("MATCH (p:person) WHERE p.id = $1 RETURN p, p.name AS name")) {
        statement.setInt(1, 2);
        try (ResultSet rows = statement.executeQuery()) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString("name")).isEqualTo("Grace");
          assertThat(rows.getObject("p")).isNotNull();
          assertThat(rows.next()).isFalse();
        }
      }
      try (Statement statement = sql.createStatement()) {
        statement.execute("/* cypher */ MATCH (p:person) SET p.name = p.name + '!'");
        assertThat(statement.getUpdateCount()).isEqualTo(2);
        try (ResultSet rows =
            statement.executeQuery(
                "/* sparql */ SELECT ?name { ?p <http://sabot.local/main/person#name> ?name }"
                    + " ORDER BY ?name")) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString("name")).isEqualTo("Ada!");
        }
        assertThatThrownBy(() -> statement.execute("/* cypher */ MATCH (n RETURN n"))
            .hasMessageContaining("line 1, column");
      }
    }
  }
}
