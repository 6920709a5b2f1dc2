package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The graph and the quads as tables: conditions reach what is stored, and the rows are those that
/// Cypher and SPARQL see.
class NativeTablesTest {
  private final Sabot database = Sabot.inMemory();
  private final Session session = database.session();

  @BeforeEach
  void fill() {
    run(
        Language.CYPHER,
        "UNWIND range(1, 500) AS i CREATE (:P {name: 'n' + toString(i), age: i % 50})");
    run(
        Language.CYPHER,
        "MATCH (a:P), (b:P) WHERE a.name = 'n' + toString(b.age)"
            + " CREATE (a)-[:KNOWS {w: b.age}]->(b)");
    run(
        Language.SPARQL,
        "INSERT DATA { <http://x/a> <http://x/p> 1, 2, 'three' ."
            + " GRAPH <http://g/1> { <http://x/a> <http://x/p> 4 ; <http://x/q> <http://x/b> } }");
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  private void run(Language language, String text) {
    session.run(language, text).close();
  }

  private String rows(Language language, String text) {
    try (Result result = session.run(language, text)) {
      return result.toList().stream().map(row -> row.objects().toString()).toList().toString();
    }
  }

  private String sql(String text) {
    return rows(Language.SQL, text);
  }

  @Test
  void aConditionOnAnIndexedPropertyIsALookup() {
    run(Language.CYPHER, "CREATE INDEX FOR (p:P) ON (p.name)");
    String plan = sql("EXPLAIN SELECT age FROM graph.P WHERE name = 'n77'");
    assertThat(plan.substring(plan.indexOf("physical"))).contains("index_seek").contains("'n77'");
    assertThat(sql("SELECT age FROM graph.P WHERE name = 'n77'")).isEqualTo("[[27]]");
  }

  @Test
  void aConditionOnATextOfAQuadIsALookup() {
    String plan =
        sql(
            "EXPLAIN SELECT object FROM rdf.quads WHERE predicate = 'http://x/p' AND graph ="
                + " 'http://g/1'");
    assertThat(plan.substring(plan.indexOf("physical")))
        .contains("quad_lookup named")
        .contains("<http://x/p>")
        .doesNotContain("nodes node");
    assertThat(
            sql(
                "SELECT object FROM rdf.quads WHERE predicate = 'http://x/p' AND graph ="
                    + " 'http://g/1'"))
        .isEqualTo("[[4]]");
  }

  @Test
  void onlyThePropertiesThatAreNeededAreRead() {
    String plan = sql("EXPLAIN SELECT name FROM graph.P WHERE age > 3");
    assertThat(plan.substring(plan.indexOf("physical"))).doesNotContain("native_id");
    plan = sql("EXPLAIN SELECT count(*) FROM graph.P");
    assertThat(plan.substring(plan.indexOf("physical"))).doesNotContain("'name'");
  }

  @Test
  void rowsAreThoseOfTheOtherLanguages() {
    assertThat(sql("SELECT count(*), sum(CAST(age AS INT)) FROM graph.P"))
        .isEqualTo(rows(Language.CYPHER, "MATCH (p:P) RETURN count(*), sum(p.age)"));
    assertThat(
            sql(
                "SELECT count(*), sum(CAST(a.age AS INT)), sum(CAST(b.age AS INT)) FROM graph.KNOWS"
                    + " AS k JOIN graph.P AS a ON a.id = k.start_id"
                    + " JOIN graph.P AS b ON b.id = k.end_id WHERE k.w < 40"))
        .isEqualTo(
            rows(
                Language.CYPHER,
                "MATCH (a:P)-[k:KNOWS]->(b:P) WHERE k.w < 40"
                    + " RETURN count(*), sum(a.age), sum(b.age)"));
    assertThat(sql("SELECT count(*), count(DISTINCT subject) FROM rdf.quads WHERE graph IS NULL"))
        .isEqualTo(
            rows(
                Language.SPARQL,
                "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?d) { ?s ?p ?o }"));
    assertThat(sql("SELECT count(*) FROM rdf.quads WHERE graph IS NOT NULL"))
        .isEqualTo(rows(Language.SPARQL, "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"));
  }

  @Test
  void aTransactionSeesItsOwnElementsAndKeys() {
    session.begin();
    run(Language.CYPHER, "CREATE (:Fresh {own: 1})-[:NEW_TYPE {k: 2}]->(:Fresh {own: 3})");
    assertThat(sql("SELECT sum(CAST(own AS INT)) FROM graph.Fresh")).isEqualTo("[[4]]");
    assertThat(sql("SELECT k FROM graph.NEW_TYPE")).isEqualTo("[[2]]");
    session.rollback();
    assertThat(sql("SELECT count(*) FROM information_schema.tables WHERE table_name = 'Fresh'"))
        .isEqualTo("[[0]]");
  }
}
