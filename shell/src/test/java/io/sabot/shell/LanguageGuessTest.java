package io.sabot.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.engine.Language;
import io.sabot.plan.error.QueryException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageGuessTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "  -- a comment\nselect a from t where b = '?x { }'",
        "SELECT COUNT(*) FROM t WHERE (a) > 1",
        "SELECT * FROM t, LATERAL (SELECT 1) AS x",
        "WITH x AS (SELECT 1) SELECT * FROM x",
        "WITH RECURSIVE x(n) AS (SELECT 1) SELECT * FROM x",
        "INSERT INTO t VALUES (1)",
        "DELETE FROM t WHERE a = 1",
        "UPDATE t SET a = 1",
        "CREATE TABLE t (a INTEGER)",
        "DROP TABLE t",
        "CREATE UNIQUE INDEX IF NOT EXISTS i ON t (a)",
        "DROP INDEX IF EXISTS i",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)",
        "ANALYZE t",
        "BEGIN",
        "EXPLAIN SELECT 1",
        "SELECT * FROM TABLE(CYPHER('MATCH (n) RETURN n')) AS g",
        "SELECT * FROM TABLE(SPARQL('SELECT ?s WHERE { ?s ?p ?o }')) AS g"
      })
  void sql(String text) {
    assertThat(LanguageGuess.of(text)).contains(Language.SQL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MATCH (n) RETURN n",
        "// note\nOPTIONAL MATCH (n) RETURN n",
        "CREATE (n:Person {name: 'x'})",
        "CREATE p = (a)-[:R]->(b)",
        "MERGE (n:A)",
        "CREATE INDEX i IF NOT EXISTS FOR (n:Person) ON (n.name)",
        "CREATE RANGE INDEX FOR ()-[r:R]-() ON (r.w)",
        "CREATE CONSTRAINT FOR (n:Person) REQUIRE n.name IS UNIQUE",
        "DROP CONSTRAINT c",
        "DROP INDEX i IF EXISTS",
        "SHOW INDEXES",
        "UNWIND [1, 2] AS x RETURN x",
        "WITH 1 AS x RETURN x",
        "RETURN 1",
        "CALL db.labels()",
        "DETACH DELETE n",
        "PROFILE MATCH (n)--(m) RETURN m"
      })
  void cypher(String text) {
    assertThat(LanguageGuess.of(text)).contains(Language.CYPHER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT ?s WHERE { ?s ?p ?o }",
        "SELECT * WHERE { ?s <http://example.org/p> 'x' }",
        "SELECT * { ?s ?p ?o }",
        "select (count(*) as ?n) where { ?s ?p ?o }",
        "SELECT * FROM <http://example.org/g> WHERE { ?s ?p ?o }",
        "PREFIX ex: <http://example.org/> SELECT ?s WHERE { ?s ex:p 1 }",
        "ASK { ?s ?p ?o }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "DESCRIBE <http://example.org/x>",
        "INSERT DATA { <http://example.org/a> <http://example.org/b> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR GRAPH <http://example.org/g>",
        "DROP GRAPH <http://example.org/g>"
      })
  void sparql(String text) {
    assertThat(LanguageGuess.of(text)).contains(Language.SPARQL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SELEC 1", "hello world", "42"})
  void nothing(String text) {
    assertThat(LanguageGuess.of(text)).isEmpty();
    assertThatThrownBy(() -> LanguageGuess.require(text)).isInstanceOf(QueryException.class);
  }
}
