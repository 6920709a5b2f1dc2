package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.plan.error.QueryException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A text that is run again has the plan of the state that it reads.
class PlanCacheTest {
  private static List<Object> values(Session session, Language language, String text) {
    try (Result result = session.run(language, text)) {
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
  void anotherLanguageIsAnotherText() {
    try (Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      assertThat(values(session, Language.SQL, "SELECT 1 AS n")).containsExactly(1L);
      assertThatThrownBy(() -> values(session, Language.CYPHER, "SELECT 1 AS n"))
          .isInstanceOf(QueryException.class);
    }
  }
}
