package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.plan.error.QueryException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A text that is run again has the plan of the state that it reads.
class PlanCacheTest {
  private static List<Object> values(Session session, Language language, String text) {
    return values(session, language, text, Map.of());
  }

  private static List<Object> values(
      Session session, Language language, String text, Map<String, ?> parameters) {
    try (Result result = session.run(language, text, parameters)) {
      return result.toList().stream().map(row -> row.get(0)).toList();
    }
  }

  @Test
  void seesWhatWasCommittedInBetween() {
    try (Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      String count = "SELECT (COUNT(*) AS ?n) WHERE { ?s <http://example.org/p> ?o }";
      assertThat(values(session, Language.SPARQL, count)).containsExactly(0L);
      assertThat(values(session, Language.SPARQL, count)).containsExactly(0L);
      String insert = "INSERT DATA { <http://example.org/a> <http://example.org/p> 1 }";
      session.run(Language.SPARQL, insert).close();
      session.run(Language.SPARQL, insert.replace(" 1 ", " 2 ")).close();
      assertThat(values(session, Language.SPARQL, count)).containsExactly(2L);
      session.begin();
      session.run(Language.SPARQL, insert.replace(" 1 ", " 3 ")).close();
      assertThat(values(session, Language.SPARQL, count)).containsExactly(3L);
      session.rollback();
      assertThat(values(session, Language.SPARQL, count)).containsExactly(2L);
    }
  }

  @Test
  void seesOtherTablesOfTheSameName() {
    try (Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      session.run(Language.SQL, "CREATE TABLE t (a INTEGER)").close();
      session.run(Language.SQL, "INSERT INTO t VALUES (1)").close();
      assertThat(values(session, Language.SQL, "SELECT a FROM t")).containsExactly(1L);
      assertThat(values(session, Language.SQL, "SELECT a FROM t")).containsExactly(1L);
      session.run(Language.SQL, "DROP TABLE t").close();
      assertThatThrownBy(() -> values(session, Language.SQL, "SELECT a FROM t"))
          .isInstanceOf(QueryException.class);
      session.run(Language.SQL, "CREATE TABLE t (a VARCHAR)").close();
      session.run(Language.SQL, "INSERT INTO t VALUES ('x')").close();
      assertThat(values(session, Language.SQL, "SELECT a FROM t")).containsExactly("x");
    }
  }

  @Test
  void takesTheParametersOfEachRun() {
    try (Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      session.run(Language.CYPHER, "UNWIND range(1, 9) AS i CREATE (:N {id: i})").close();
      for (long id = 1; id <= 3; id++) {
        Map<String, ?> one = Map.of("id", id);
        assertThat(values(session, Language.SQL, "SELECT $id + 1", one)).containsExactly(id + 1);
        assertThat(values(session, Language.CYPHER, "MATCH (n:N {id: $id}) RETURN n.id", one))
            .containsExactly(id);
        assertThat(values(session, Language.CYPHER, "MATCH (n:N) RETURN n.id LIMIT $id", one))
            .hasSize((int) id);
        assertThat(values(session, Language.SPARQL, "SELECT ($id * 2 AS ?x) {}", one))
            .containsExactly(2 * id);
        String embedded = "SELECT x FROM TABLE(SPARQL('SELECT ($id * 2 AS ?x) {}'))";
        assertThat(values(session, Language.SQL, embedded, one)).containsExactly(2 * id);
      }
    }
  }

  /// The division of integers is not that of numbers, and a decimal is as long as its value.
  @Test
  void anotherTypeOfAParameterIsAnotherPlan() {
    try (Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      String half = "SELECT $x / 2";
      assertThat(values(session, Language.SQL, half, Map.of("x", 3L))).containsExactly(1L);
      assertThat(values(session, Language.SQL, half, Map.of("x", 3.0))).containsExactly(1.5);
      assertThat(values(session, Language.SQL, half, Map.of("x", 5L))).containsExactly(2L);
      String list = "SELECT 2 IN (SELECT * FROM UNNEST($l))";
      assertThat(values(session, Language.SQL, list, Map.of("l", List.of(1L, 2L))))
          .containsExactly(true);
      assertThat(values(session, Language.SQL, list, Map.of("l", List.of(1L, 3L))))
          .containsExactly(false);
      assertThatThrownBy(() -> values(session, Language.SQL, half)).hasMessageContaining("'x'");
      assertThat(values(session, Language.CYPHER, "RETURN $x", Map.of("x", "a")))
          .containsExactly("a");
      assertThat(values(session, Language.CYPHER, "RETURN $x", Map.of("x", 1L)))
          .containsExactly(1L);
    }
  }

  @Test
  void anotherLanguageIsAnotherText() {
    try (Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      assertThat(values(session, Language.SQL, "SELECT 1 AS n")).containsExactly(1L);
      assertThatThrownBy(() -> values(session, Language.CYPHER, "SELECT 1 AS n"))
          .isInstanceOf(QueryException.class);
    }
  }
}
