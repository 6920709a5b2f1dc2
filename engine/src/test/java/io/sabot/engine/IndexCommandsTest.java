package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands for indexes and constraints in the languages that have them, and that what they
/// demand holds whoever writes.
class IndexCommandsTest {
  private final Sabot database = Sabot.inMemory();
  private final Session session = database.session();

  @AfterEach
  void close() {
    assertThat(database.check(step -> {})).isEmpty();
    session.close();
    database.close();
  }

  private void sql(String text) {
    session.run(Language.SQL, text).close();
  }

  private void cypher(String text) {
    session.run(Language.CYPHER, text).close();
  }

  private List<? extends List<?>> rows(String text) {
    try (Result result = session.run(Language.CYPHER, text)) {
      return result.toList().stream().map(row -> row.objects()).toList();
    }
  }

  private void fails(Language language, String text, ErrorCode code, String... words) {
    assertThatThrownBy(() -> session.run(language, text).close())
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> {
              assertThat(e.code()).as(e.message()).isEqualTo(code);
              assertThat(List.of(words)).allMatch(e.message()::contains, e.message());
            });
  }

  @Test
  void sqlIndexesAreMadeAndDropped() {
    sql("CREATE TABLE t (a INTEGER, b VARCHAR, c DOUBLE)");
    sql("INSERT INTO t VALUES (1, 'x', 1.5), (2, 'y', NULL), (NULL, 'z', 2.5)");
    sql("CREATE INDEX t_ab ON t (a, b)");
    sql("CREATE INDEX IF NOT EXISTS t_ab ON t (c)");
    sql("CREATE UNIQUE INDEX ON t (b)");
    fails(Language.SQL, "CREATE INDEX T_AB ON t (c)", ErrorCode.DUPLICATE_NAME, "T_AB");
    fails(Language.SQL, "CREATE INDEX i ON t (d)", ErrorCode.UNKNOWN_COLUMN, "'d'");
    fails(Language.SQL, "CREATE INDEX i ON nothing (d)", ErrorCode.UNKNOWN_TABLE, "'nothing'");
    fails(Language.SQL, "INSERT INTO t VALUES (5, 'x', 1)", ErrorCode.UNIQUE_VIOLATION, "'x'");
    assertThat(rows("SHOW INDEXES"))
        .extracting(row -> row.get(0) + " " + row.get(4) + " " + row.get(5) + " " + row.get(6))
        .containsExactly("index_t_b [t] [b] true", "t_ab [t] [a, b] false");
    sql("DROP INDEX t_ab");
    sql("DROP INDEX IF EXISTS t_ab");
    fails(Language.SQL, "DROP INDEX t_ab", ErrorCode.UNKNOWN_TABLE, "index 't_ab'");
    sql("DROP TABLE t");
    assertThat(rows("SHOW INDEXES")).isEmpty();
  }

  @Test
  void aUniqueIndexOverRowsThatBreakItIsRefused() {
    sql("CREATE TABLE t (a INTEGER)");
    sql("INSERT INTO t VALUES (7), (7), (NULL), (NULL)");
    fails(Language.SQL, "CREATE UNIQUE INDEX i ON t (a)", ErrorCode.UNIQUE_VIOLATION, "(7)");
    sql("DELETE FROM t WHERE a = 7");
    sql("CREATE UNIQUE INDEX i ON t (a)");
  }

  @Test
  void cypherIndexesAreMadeAndDropped() {
    cypher("CREATE INDEX by_name IF NOT EXISTS FOR (p:Person) ON (p.name)");
    cypher("CREATE RANGE INDEX IF NOT EXISTS FOR (p:Person) ON (p.name)");
    cypher("CREATE INDEX FOR ()-[k:KNOWS]-() ON (k.since, k.`how well`)");
    assertThat(rows("SHOW INDEXES"))
        .extracting(row -> row.get(0) + " " + row.get(3) + " " + row.get(4) + " " + row.get(5))
        .containsExactly(
            "by_name NODE [Person] [name]",
            "index_knows_since_how well RELATIONSHIP [KNOWS] [since, how well]");
    cypher("DROP INDEX `index_knows_since_how well`");
    cypher("DROP INDEX by_name IF EXISTS");
    cypher("DROP INDEX by_name IF EXISTS");
    fails(Language.CYPHER, "DROP INDEX by_name", ErrorCode.UNKNOWN_TABLE, "'by_name'");
    cypher("CREATE index = (:Path)-[:OF]->(:Two)");
    assertThat(rows("MATCH (p:Path) RETURN 1")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX ON :Person(name)",
        "CREATE INDEX i FOR (p:Person) ON (q.name)",
        "CREATE INDEX i FOR (p:Person) ON (p.name",
        "CREATE TEXT INDEX i FOR (p:Person) ON (p.name)",
        "CREATE INDEX i FOR (p:Person) ON (p.name) OPTIONS {}",
        "CREATE CONSTRAINT c FOR (p:Person) REQUIRE p.name IS :: STRING",
        "CREATE CONSTRAINT c FOR (p:Person) REQUIRE (p.a, p.b) IS NOT NULL",
        "CREATE CONSTRAINT c ON (p:Person) ASSERT p.name IS UNIQUE",
        "DROP INDEX",
        "SHOW TEXT INDEXES"
      })
  void whatIsNotKnownIsSaid(String text) {
    assertThatThrownBy(() -> cypher(text))
        .isInstanceOfSatisfying(QueryException.class, e -> assertThat(e.span()).isNotNull());
  }

  @Test
  void uniquenessOfNodesHolds() {
    cypher("CREATE (:Person {name: 'Ann'}), (:Person {name: 'Bob'}), (:Robot {name: 'Ann'})");
    cypher("CREATE CONSTRAINT one FOR (p:Person) REQUIRE p.name IS UNIQUE");
    fails(
        Language.CYPHER,
        "CREATE (:Person:Admin {name: 'Ann'})",
        ErrorCode.UNIQUE_VIOLATION,
        "'one'",
        "'Ann'",
        "Person");
    fails(
        Language.CYPHER, "MATCH (p {name: 'Bob'}) SET p.name = 'Ann'", ErrorCode.UNIQUE_VIOLATION);
    fails(Language.CYPHER, "MATCH (r:Robot) SET r:Person", ErrorCode.UNIQUE_VIOLATION);
    cypher("MATCH (p:Person {name: 'Ann'}) DETACH DELETE p CREATE (:Person {name: 'Ann'})");
    cypher("CREATE (:Person), (:Person)");
    fails(Language.CYPHER, "DROP INDEX one", ErrorCode.SEMANTIC_ERROR, "constraint");
    fails(
        Language.CYPHER,
        "CREATE CONSTRAINT two FOR (p:Person) REQUIRE p.name IS NODE KEY",
        ErrorCode.NOT_NULL_VIOLATION);
    cypher("DROP CONSTRAINT one");
    cypher("CREATE (:Person {name: 'Ann'})");
    fails(
        Language.CYPHER,
        "CREATE CONSTRAINT one FOR (p:Person) REQUIRE p.name IS UNIQUE",
        ErrorCode.UNIQUE_VIOLATION,
        "'Ann'");
  }

  @Test
  void keysAndRequiredPropertiesHold() {
    cypher("CREATE CONSTRAINT k FOR (p:Person) REQUIRE (p.first, p.last) IS NODE KEY");
    cypher("CREATE CONSTRAINT r FOR ()-[k:KNOWS]-() REQUIRE k.since IS NOT NULL");
    cypher("CREATE (:Person {first: 'A', last: 'B'})-[:KNOWS {since: 1}]->(:Other)");
    fails(
        Language.CYPHER,
        "CREATE (:Person {first: 'A'})",
        ErrorCode.NOT_NULL_VIOLATION,
        "'k'",
        "'last'");
    fails(
        Language.CYPHER,
        "CREATE (:Person {first: 'A', last: 'B'})",
        ErrorCode.UNIQUE_VIOLATION,
        "'A', 'B'");
    fails(
        Language.CYPHER,
        "MATCH ()-[k:KNOWS]->() REMOVE k.since",
        ErrorCode.NOT_NULL_VIOLATION,
        "'since'");
    fails(Language.CYPHER, "CREATE ()-[:KNOWS]->()", ErrorCode.NOT_NULL_VIOLATION);
    cypher("CREATE (p:Person {first: 'C'}) SET p.last = 'D'");
    assertThat(rows("SHOW CONSTRAINTS"))
        .extracting(row -> row.get(0) + " " + row.get(1) + " " + row.get(5))
        .containsExactly("k NODE_KEY k", "r RELATIONSHIP_PROPERTY_EXISTENCE null");
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void theySurviveReopening(boolean compact, @TempDir Path directory) {
    try (Sabot first = Sabot.open(directory);
        Session writer = first.session()) {
      writer.run(Language.CYPHER, "CREATE CONSTRAINT u FOR (p:P) REQUIRE p.x IS UNIQUE").close();
      writer.run(Language.CYPHER, "UNWIND range(1, 100) AS x CREATE (:P {x: x})").close();
      if (compact) {
        first.store().compact();
      }
    }
    try (Sabot second = Sabot.open(directory);
        Session writer = second.session()) {
      assertThatThrownBy(() -> writer.run(Language.CYPHER, "CREATE (:P {x: 50.0})").close())
          .isInstanceOf(QueryException.class);
      assertThat(second.check(step -> {})).isEmpty();
    }
  }
}
