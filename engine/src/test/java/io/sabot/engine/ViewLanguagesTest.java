package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.plan.error.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A view in any language is read from every language, and is no border to the optimizer.
class ViewLanguagesTest {
  private final Sabot database = Sabot.inMemory();

  @BeforeEach
  void define() {
    database
        .sql(
            """
            CREATE TABLE person (id INTEGER PRIMARY KEY, name VARCHAR, age INTEGER);
            INSERT INTO person VALUES (1, 'Ada', 36), (2, 'Grace', 85), (3, 'Alan', 41);
            CREATE VIEW v_sql AS SELECT id, name, age FROM person;
            CREATE VIEW v_cypher LANGUAGE cypher AS
              MATCH (p:person) RETURN p.id AS id, p.name AS name, p.age AS age;
            CREATE VIEW v_sparql LANGUAGE sparql AS
              SELECT ?id ?name ?age { ?p <http://sabot.local/main/person#id> ?id ;
                <http://sabot.local/main/person#name> ?name ;
                <http://sabot.local/main/person#age> ?age }
            """)
        .close();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private List<@Nullable Object> all(Language language, String text) {
    try (Session session = database.session();
        Result result = session.run(language, text)) {
      List<@Nullable Object> values = new ArrayList<>();
      result.forEachRemaining(row -> values.add(row.get(0)));
      return values;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v_sql", "v_cypher", "v_sparql"})
  void everyViewIsReadFromEveryLanguage(String view) {
    assertThat(all(Language.SQL, "SELECT name FROM " + view + " WHERE age > 40 ORDER BY name"))
        .containsExactly("Alan", "Grace");
    assertThat(
            all(
                Language.CYPHER,
                "CALL " + view + "() YIELD name, age WHERE age > 40 RETURN name ORDER BY name"))
        .containsExactly("Alan", "Grace");
    assertThat(
            all(
                Language.SPARQL,
                "SELECT ?name { SERVICE sabot:view { [] sabot:name '"
                    + view
                    + "' ; sabot:out (?id ?name ?age) } FILTER(?age > 40) } ORDER BY ?name"))
        .containsExactly("Alan", "Grace");
    assertThat(
            all(
                Language.CYPHER,
                "MATCH (p:person {id: 2}) CALL main."
                    + view
                    + "() YIELD id, name WITH p, id, name WHERE id = p.id RETURN name"))
        .containsExactly("Grace");
  }

  /// A view means the same wherever it stands: its variables are not the parameters of the query.
  @Test
  void viewsDoNotSeeParameters() {
    Map<Language, String> queries =
        Map.of(
            Language.SQL,
            "SELECT name FROM v_sparql WHERE id = $id + 1",
            Language.CYPHER,
            "CALL v_sparql() YIELD id, name WHERE id = $id + 1 RETURN name",
            Language.SPARQL,
            "SELECT ?n { SERVICE sabot:view { [] sabot:name 'v_sparql' ; sabot:out (?i ?n ?a) }"
                + " FILTER(?i = ?id + 1) }");
    queries.forEach((language, query) -> {
      try (Session session = database.session();
          Result result = session.run(language, query, Map.of("id", 2L))) {
        assertThat(result.toList()).extracting(row -> row.get(0)).containsExactly("Alan");
      }
    });
  }

  /// The condition and the columns that are read end up in the scan of the table below.
  @ParameterizedTest
  @ValueSource(strings = {"v_sql", "v_cypher"})
  void conditionsReachThrough(String view) {
    String scan = "(?s).*-- physical\\R(?!.*filter).*person \\[[^\\]]*\\] where id#\\d+ = 2.*";
    assertThat(database.explain(Language.SQL, "SELECT name FROM " + view + " WHERE id = 2"))
        .matches(scan);
    assertThat(
            database.explain(
                Language.CYPHER,
                "CALL " + view + "() YIELD id, name WITH id, name WHERE id = 2 RETURN name"))
        .matches(scan);
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThatThrownBy(() -> database.cypher("CALL v_sql(1) YIELD name RETURN name"))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("takes no arguments");
    assertThatThrownBy(() -> database.cypher("CALL v_sqll() YIELD name RETURN name"))
        .isInstanceOf(QueryException.class);
    assertThatThrownBy(
            () -> database.sparql("SELECT * { SERVICE sabot:view { [] sabot:name 'v_sqll' } }"))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("v_sqll");
  }
}
