package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// EXISTS where the substitution of SPARQL 1.1 §18.6 is not defined, or means what nobody wants
/// (W3C sparql-exists). Here the row that it is evaluated for is joined to every pattern and
/// visible in every filter inside; a SELECT inside sees only what it gives.
class SparqlExistsTest {
  private final Sabot db = Sabot.inMemory();
  private final Session session = db.session();

  @BeforeEach
  void fill() {
    session
        .run(
            Language.SPARQL,
            "PREFIX : <http://x/> INSERT DATA { :a :p :b, :c . :b :q :c . :c :q :d . _:n :p :b }")
        .close();
  }

  @AfterEach
  void close() {
    session.close();
    db.close();
  }

  private Set<String> rows(boolean optimizer, String text) {
    session.setOptions(session.options().withOptimizer(optimizer));
    Set<String> rows = new TreeSet<>();
    try (Result result = session.run(Language.SPARQL, "PREFIX : <http://x/> " + text)) {
      result.forEachRemaining(
          row -> rows.add(row.values().toString().replaceAll("\\w+\\[\\w+=(http://x/)?|\\]", "")));
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsOptionalInsideAgreesWithTheRow(boolean optimizer) {
    // :b :q :c does not agree with ?y, so there is no ?y and the solution stays.
    assertThat(
            rows(
                optimizer,
                "SELECT ?x { VALUES (?x ?y) { (:a :e) } FILTER EXISTS { ?x :p ?z"
                    + " OPTIONAL { ?z :q ?y } } }"))
        .containsExactly("[a");
    assertThat(
            rows(
                optimizer,
                "SELECT ?x { VALUES (?x ?y) { (:a :e) } FILTER EXISTS { ?x :p ?z"
                    + " OPTIONAL { ?z :q ?y } FILTER (BOUND(?y)) } }"))
        .containsExactly("[a");
    assertThat(
            rows(
                optimizer,
                "SELECT ?x { VALUES (?x ?y) { (:a :e) } FILTER EXISTS { ?x :p ?z"
                    + " OPTIONAL { ?z :q ?w FILTER (?w = ?y) } FILTER (BOUND(?w)) } }"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsTakenAwayInsideAgreesWithTheRow(boolean optimizer) {
    assertThat(
            rows(
                optimizer,
                "SELECT ?x ?y { VALUES (?x ?y) { (:a :e) (:a :c) (:a UNDEF) } FILTER EXISTS"
                    + " { ?x :p :b . ?x :p ?z FILTER (?z = :b) MINUS { ?z :q ?y } } }"))
        .containsExactly("[a, e");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSelectInsideSeesOnlyWhatItGives(boolean optimizer) {
    assertThat(
            rows(
                optimizer,
                "SELECT ?x { VALUES ?x { :a :b } FILTER EXISTS { SELECT ?z { :b :q ?z"
                    + " FILTER (?x = :a) } } }"))
        .isEmpty();
    assertThat(
            rows(
                optimizer,
                "SELECT ?x { VALUES ?x { :a :b } FILTER EXISTS { SELECT ?x ?z { :b :q ?z"
                    + " FILTER (?x = :a) } } }"))
        .containsExactly("[a");
    assertThat(
            rows(
                optimizer,
                "SELECT ?x { VALUES ?x { :b :c } FILTER EXISTS { SELECT ?x { ?x :q ?z }"
                    + " ORDER BY ?x LIMIT 1 } }"))
        .containsExactly("[b", "[c");
    assertThat(
            rows(
                optimizer,
                "SELECT ?x { VALUES ?x { :b :c } FILTER EXISTS { SELECT (COUNT(*) AS ?n)"
                    + " { ?x :q ?z } HAVING (?n = 2) } }"))
        .containsExactly("[b", "[c");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aBlankNodeOfTheRowIsThatNode(boolean optimizer) {
    assertThat(
            rows(
                optimizer,
                "SELECT ?z { ?x :p ?z FILTER (isBLANK(?x)) FILTER NOT EXISTS { ?x :p :c } }"))
        .containsExactly("[b");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void assignmentsAndValuesInsideAgreeWithTheRow(boolean optimizer) {
    assertThat(
            rows(optimizer, "SELECT ?x { VALUES ?x { :a :b } FILTER EXISTS { BIND (:a AS ?x) } }"))
        .containsExactly("[a");
    assertThat(
            rows(
                optimizer,
                "SELECT ?x { VALUES ?x { :a :b } FILTER EXISTS { VALUES ?x { :b :c } } }"))
        .containsExactly("[b");
  }

  /// From every term there is an empty path to itself, whatever the graph holds (§18.5).
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void emptyPathsLeadFromTheTermsOfTheRow(boolean optimizer) {
    String some = "SELECT ?x { VALUES (?x ?y) { (:a :c) (:e :e) (:e :a) (\"f\" UNDEF) } FILTER ";
    assertThat(rows(optimizer, some + "EXISTS { ?x :p* ?z } }")).containsExactly("[a", "[e", "[f");
    assertThat(rows(optimizer, some + "NOT EXISTS { ?z :p? ?x } }")).isEmpty();
    assertThat(rows(optimizer, some + "EXISTS { ?x :p* ?y } FILTER (?y != :a) }"))
        .containsExactly("[a", "[e");
    assertThat(rows(optimizer, some + "EXISTS { ?x :p* ?y } FILTER (?y = :a) }")).isEmpty();
    assertThat(rows(optimizer, some + "EXISTS { ?x :p* :e } }")).containsExactly("[e");
    assertThat(rows(optimizer, some + "EXISTS { GRAPH ?g { ?x :p* ?z } } }")).isEmpty();
    assertThat(
            rows(
                optimizer,
                some + "EXISTS { SELECT ?x { ?x :p* ?z } GROUP BY ?x HAVING (COUNT(*) = 1) } }"))
        .containsExactly("[e", "[f");
  }
}
