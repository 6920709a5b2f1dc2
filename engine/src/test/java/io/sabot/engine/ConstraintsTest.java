package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.plan.error.QueryException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What SQL says of a table holds whatever language writes: a Cypher or SPARQL statement that would
/// break a constraint fails, or does not touch the table at all.
class ConstraintsTest {
  private static final String ROWS = "SELECT id, name, boss FROM person ORDER BY id";

  private final Sabot database = Sabot.inMemory();
  private final Session session = database.session();

  @BeforeEach
  void create() {
    run(
        Language.SQL,
        "CREATE TABLE person (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL UNIQUE,"
            + " boss INTEGER REFERENCES person(id))");
    run(Language.SQL, "INSERT INTO person VALUES (1, 'Ann', NULL), (2, 'Bob', 1)");
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  private void run(Language language, String text) {
    session.run(language, text).close();
  }

  private List<? extends List<?>> rows() {
    try (Result result = session.run(Language.SQL, ROWS)) {
      return result.toList().stream().map(row -> row.objects()).toList();
    }
  }

  private void leavesTheTableAlone(Language language, String text) {
    List<? extends List<?>> before = rows();
    try {
      run(language, text);
    } catch (QueryException refused) {
      assertThat(refused.code().category()).isEqualTo(io.sabot.plan.error.ErrorCode.Category.USER);
    }
    assertThat(rows()).isEqualTo(before);
    assertThat(database.check(step -> {})).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO person VALUES (1, 'Cid', NULL)",
        "INSERT INTO person VALUES (3, 'Ann', NULL)",
        "INSERT INTO person VALUES (3, NULL, NULL)",
        "INSERT INTO person VALUES (3, 'Cid', 9)",
        "UPDATE person SET name = 'Ann'",
        "UPDATE person SET name = NULL WHERE id = 1",
        "UPDATE person SET boss = 7 WHERE id = 1",
        "DELETE FROM person WHERE id = 1"
      })
  void sqlRefuses(String text) {
    List<? extends List<?>> before = rows();
    assertThatThrownBy(() -> run(Language.SQL, text)).isInstanceOf(QueryException.class);
    assertThat(rows()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MATCH (p:person {id: 2}) SET p.name = 'Ann'",
        "MATCH (p:person {id: 2}) SET p.name = null",
        "MATCH (p:person {id: 2}) SET p.id = 1",
        "MATCH (p:person {id: 2}) REMOVE p.name",
        "MATCH (p:person {id: 1}) DELETE p",
        "CREATE (:person {id: 1, name: 'Ann'})",
        "MERGE (p:person {id: 1}) ON MATCH SET p.name = null"
      })
  void cypherCannotBreakThem(String text) {
    leavesTheTableAlone(Language.CYPHER, text);
  }

  /// A reference that may be null is a relationship that may go.
  @Test
  void cypherTakesReferencesAway() {
    run(Language.CYPHER, "MATCH (p:person {id: 2})-[r:boss]->() DELETE r");
    assertThat(rows().toString()).isEqualTo("[[1, Ann, null], [2, Bob, null]]");
    run(Language.SQL, "UPDATE person SET boss = 1 WHERE id = 2");
    run(Language.CYPHER, "MATCH (p:person {id: 1}) DETACH DELETE p");
    assertThat(rows().toString()).isEqualTo("[[2, Bob, null]]");
    assertThat(database.check(step -> {})).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT DATA { <http://sabot.local/main/person/2>"
            + " <http://sabot.local/main/person#name> \"Ann\" }",
        "INSERT DATA { <http://sabot.local/main/person/id=2>"
            + " <http://sabot.local/main/person#name> \"Ann\" }",
        "DELETE WHERE { ?s <http://sabot.local/main/person#name> ?name }",
        "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"
      })
  void sparqlCannotBreakThem(String text) {
    leavesTheTableAlone(Language.SPARQL, text);
  }
}
