package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Forms of SPARQL that W3C's suites leave open or thin.
final class SparqlFormsTest {
  private final Sabot db = Sabot.inMemory();

  @BeforeEach
  void fill() {
    db.sparql(
            "PREFIX : <http://x/> INSERT DATA {"
                + " :a :p [ :q [ :r 1 ] ] . :b :p 2 . :c :p 3 . :a :knows :b . :b :knows :c ."
                + " GRAPH :g { :a :knows :d . :d :knows :e } GRAPH :h { :d :knows :f }"
                + " << :a :knows :b >> :since 2000 }")
        .close();
  }

  @AfterEach
  void close() {
    db.close();
  }

  private Set<String> rows(String text) {
    Set<String> rows = new TreeSet<>();
    try (Result result = db.sparql("PREFIX : <http://x/> " + text)) {
      result.forEachRemaining(
          row -> rows.add(row.values().toString().replaceAll("\\w+\\[\\w+=(http://x/)?|\\]", "")));
    }
    return rows;
  }

  private long count(String text) {
    try (Result result = db.sparql("PREFIX : <http://x/> " + text)) {
      return result.toList().size();
    }
  }

  @Test
  void describeFollowsBlankNodes() {
    assertThat(count("DESCRIBE :c")).isEqualTo(1);
    assertThat(count("DESCRIBE :a")).isEqualTo(4);
    assertThat(count("DESCRIBE :a :c :nothing")).isEqualTo(5);
    assertThat(count("DESCRIBE ?x ?y { ?x :knows ?y }")).isEqualTo(7);
  }

  /// ARQ's parser calls itself for each triple of a list.
  @Test
  void anInsertMayBeLong() {
    String triples =
        IntStream.range(0, 50_000)
            .mapToObj(i -> ":n" + i + " :number " + i)
            .collect(Collectors.joining(" . "));
    db.sparql("PREFIX : <http://x/> INSERT DATA { " + triples + " }").close();
    assertThat(count("SELECT ?x { ?x :number ?n }")).isEqualTo(50_000);
    String deep = "{".repeat(200_000) + "}".repeat(200_000);
    assertThatThrownBy(() -> count("SELECT * " + deep)).hasMessageContaining("nested too deeply");
  }

  @Test
  void repeatedPathsStayInOneGraph() {
    assertThat(rows("SELECT ?g ?x { GRAPH ?g { :d :knows+ ?x } }"))
        .containsExactly("[g, e", "[h, f");
    assertThat(rows("SELECT ?x { GRAPH ?g { :a :knows* ?x } FILTER(?g = :g) }"))
        .containsExactly("[a", "[d", "[e");
  }

  @Test
  void existsInTheFilterOfAnOptional() {
    assertThat(
            rows(
                "SELECT ?x ?y { VALUES ?x { :a :b } OPTIONAL { ?x :knows ?y"
                    + " FILTER EXISTS { ?y :knows ?z } } }"))
        .containsExactly("[a, b", "[b, null");
  }

  @Test
  void countsForEachGraph() {
    assertThat(rows("SELECT ?g ?n { GRAPH ?g { SELECT (COUNT(*) AS ?n) { :a :knows ?x } } }"))
        .containsExactly("[g, 1", "[h, 0");
  }

  @Test
  void partsOfTripleTerms() {
    assertThat(rows("SELECT ?who ?when { << :a :knows ?who >> :since ?when }"))
        .containsExactly("[b, 2000");
    assertThat(
            rows(
                "SELECT ?o { ?r ?any <<( ?s :knows ?o )>> FILTER(SUBJECT(<<( ?s :p 1 )>>) = :a) }"))
        .containsExactly("[b");
  }

  @Test
  void blankNodesOfTheQueryTellNoSolutionsApart() {
    assertThat(count("SELECT DISTINCT * { [] :knows ?x }")).isEqualTo(2);
    assertThat(count("SELECT DISTINCT * { ?x !:knows ?y FILTER (isIRI(?y)) }")).isEqualTo(0);
    assertThat(count("SELECT DISTINCT * { ?x (:knows|:p)/:knows ?y }")).isEqualTo(1);
    assertThat(rows("SELECT (COUNT(DISTINCT *) AS ?n) { :a ?p ?x . [] ?q ?x }"))
        .containsExactly("[2");
  }

  @Test
  void whatIsOptionalBelowADistinctMayStillBeUnbound() {
    assertThat(
            rows(
                "SELECT ?s ?o { ?s :knows ?o { SELECT DISTINCT * { ?o :p ?e"
                    + " OPTIONAL { ?s :nothing ?e BIND (1 / 0 AS ?n) } } } }"))
        .containsExactly("[a, b", "[b, c");
  }

  @Test
  void aPathOfNoEdgesStartsInTheGraph() {
    assertThat(rows("SELECT ?x { ?x (:p*)+ ?y . GRAPH :h { :d :knows ?y } }")).isEmpty();
    assertThat(rows("SELECT ?x { ?x (:p*)+ ?y . GRAPH :h { ?y :knows :f } }")).isEmpty();
    assertThat(rows("SELECT ?x { ?x (:p*)+ :f }")).containsExactly("[f");
  }

  @Test
  void aStringIsTrueUnlessItIsEmpty() {
    assertThat(rows("SELECT ?x { VALUES ?x { 'a' '' 'a'@en ''@en 'a'@en--ltr 0 } FILTER (?x) }"))
        .hasSize(3);
    assertThat(rows("SELECT ?x { VALUES ?x { 'a' '' 'a'@en ''@en 0 } FILTER (!?x) }")).hasSize(3);
  }
}
