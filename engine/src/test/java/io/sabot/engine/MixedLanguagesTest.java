package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A query of one language inside another is part of one plan.
final class MixedLanguagesTest {
  private static final String AGES =
      "SERVICE sabot:sql { [] sabot:text \"SELECT name, age FROM person\" ;"
          + " sabot:out (?name ?age) }";

  private final Sabot db = Sabot.inMemory();

  @BeforeEach
  void fill() {
    db.sql("CREATE TABLE person (id INT PRIMARY KEY, name VARCHAR, age INT)").close();
    db.sql("INSERT INTO person VALUES (1, 'Ann', 30), (2, 'Bob', 40), (3, 'Cid', NULL)").close();
    db.cypher("CREATE (:City {name: 'Oslo'})-[:HOME_OF]->(:Pet {owner: 'Ann'})").close();
    db.sparql(
            "PREFIX : <http://x/> INSERT DATA {"
                + " :a :called 'Ann' ; :likes :tea . :b :called 'Bob' ; :likes :milk }")
        .close();
  }

  @AfterEach
  void close() {
    db.close();
  }

  private List<List<Object>> rows(Language language, String text, Map<String, ?> parameters) {
    List<List<Object>> rows = new ArrayList<>();
    try (Session session = db.session();
        Result result = session.run(language, text, parameters)) {
      result.forEachRemaining(row -> {
        List<Object> objects = new ArrayList<>();
        row.objects().forEach(o -> objects.add(String.valueOf(o)));
        rows.add(objects);
      });
    }
    return rows;
  }

  private List<List<Object>> sparql(String text) {
    return rows(Language.SPARQL, "PREFIX : <http://x/> " + text, Map.of());
  }

  @Test
  void sqlInsideSparql() {
    assertThat(sparql("SELECT ?name ?age { ?p :called ?name . " + AGES + " }"))
        .containsExactlyInAnyOrder(List.of("Ann", "30"), List.of("Bob", "40"));
    assertThat(sparql("SELECT ?name { " + AGES + " FILTER(!BOUND(?age)) }"))
        .containsExactly(List.of("Cid"));
    assertThat(sparql("SELECT ?name { " + AGES + " FILTER(?age + 1 = 41) }"))
        .containsExactly(List.of("Bob"));
  }

  @Test
  void columnsWithoutNamesKeepTheirs() {
    assertThat(
            sparql(
                "SELECT ?name { SERVICE <sabot:sql> {"
                    + " [] sabot:text \"SELECT name FROM person WHERE age > 35\" } }"))
        .containsExactly(List.of("Bob"));
  }

  @Test
  void sqlReadsVariablesOfItsGroup() {
    String service =
        "SERVICE sabot:sql { [] sabot:text \"SELECT age FROM person WHERE name = $name\" ;"
            + " sabot:in (?name) ; sabot:out (?age) }";
    assertThat(sparql("SELECT ?p ?age { ?p :called ?name . " + service + " }"))
        .containsExactlyInAnyOrder(
            List.of("Iri[value=http://x/a]", "30"), List.of("Iri[value=http://x/b]", "40"));
    assertThat(
            sparql(
                "SELECT ?name ?age { VALUES ?name { 'Ann' 'Eve' } OPTIONAL { " + service + " } }"))
        .containsExactlyInAnyOrder(List.of("Ann", "30"), List.of("Eve", "null"));
    assertThatThrownBy(() -> sparql("SELECT * { " + service + " }")).hasMessageContaining("name");
  }

  @Test
  void cypherInsideSparql() {
    assertThat(
            sparql(
                "SELECT ?who ?what { SERVICE sabot:cypher { [] sabot:text"
                    + " \"MATCH (:City)-[:HOME_OF]->(p:Pet) RETURN p.owner AS o\" ;"
                    + " sabot:out (?who) } ?p :called ?who ; :likes ?what }"))
        .containsExactly(List.of("Ann", "Iri[value=http://x/tea]"));
  }

  @Test
  void otherLanguagesInsideCypher() {
    assertThat(
            rows(
                Language.CYPHER,
                "MATCH (p:Pet) CALL sql('SELECT age FROM person WHERE name = $n', {n: p.owner})"
                    + " YIELD age RETURN p.owner, age + 1",
                Map.of()))
        .containsExactly(List.of("Ann", "31"));
    assertThat(
            rows(
                Language.CYPHER,
                "CALL sparql('SELECT ?x { ?p <http://x/called> $n ; <http://x/likes> ?x }',"
                    + " {n: $who}) YIELD x RETURN toString(x)",
                Map.of("who", "Bob")))
        .hasSize(1);
    assertThat(rows(Language.CYPHER, "CALL sql('SELECT count(*) AS n FROM person')", Map.of()))
        .containsExactly(List.of("3"));
  }

  @Test
  void sparqlWithArgumentsInsideSql() {
    assertThat(
            rows(
                Language.SQL,
                "SELECT p.name, t.likes FROM person p, LATERAL TABLE(SPARQL("
                    + "'SELECT ?likes { ?x <http://x/called> $name ; <http://x/likes> ?likes }',"
                    + " p.name)) AS t",
                Map.of()))
        .containsExactlyInAnyOrder(
            List.of("Ann", "Iri[value=http://x/tea]"), List.of("Bob", "Iri[value=http://x/milk]"));
  }

  @Test
  void filtersOutsideReachTheScanInside() {
    String plan =
        db.explain(
            Language.SPARQL,
            "EXPLAIN SELECT ?name { " + AGES + " FILTER(?age > 35) }".replace("EXPLAIN ", ""));
    String physical = plan.substring(plan.lastIndexOf("physical"));
    assertThat(physical).contains("person").doesNotContain("sp.gt").doesNotContain("cast");
  }

  @Test
  void malformedServicesSaySo() {
    assertThatThrownBy(() -> sparql("SELECT * { SERVICE sabot:sql { ?s ?p ?o } }"))
        .hasMessageContaining("SERVICE <sabot:sql>");
    assertThatThrownBy(() ->
            sparql(
                "SELECT * { SERVICE sabot:sql { [] sabot:text 'SELECT 1, 2' ;"
                    + " sabot:out (?a) } }"))
        .hasMessageContaining("2 columns");
    assertThatThrownBy(
            () -> sparql("SELECT * { SERVICE <http://localhost:1/sparql> { ?s ?p ?o } }"))
        .hasMessageContaining("may not ask");
    assertThat(sparql("SELECT * { SERVICE SILENT <http://localhost:1/sparql> { ?s ?p ?o } }"))
        .containsExactly(List.of("null", "null", "null"));
  }
}
