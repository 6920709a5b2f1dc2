package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One question, asked in three languages over the same tables, is one plan and one answer.
class OnePlanTest {
  private static final String SQL =
      "SELECT a.name, count(*) AS n FROM book b JOIN author a ON a.id = b.author_id"
          + " GROUP BY a.name";
  private static final String CYPHER =
      "MATCH (b:book)-[:author]->(a:author) RETURN a.name AS name, count(*) AS n";
  private static final String SPARQL =
      """
      SELECT ?name (COUNT(*) AS ?n) {
        ?b <http://sabot.local/main/book#ref-author> ?a .
        ?a <http://sabot.local/main/author#name> ?name
      } GROUP BY ?name
      """;

  private final Sabot database = Sabot.inMemory();
  private final Session session = database.session();

  @BeforeEach
  void load() {
    run("CREATE TABLE author (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL)");
    run(
        "CREATE TABLE book (id INTEGER PRIMARY KEY, title VARCHAR NOT NULL,"
            + " author_id INTEGER NOT NULL REFERENCES author(id))");
    run("INSERT INTO author VALUES (1, 'Ursula K. Le Guin'), (2, 'Italo Calvino')");
    run(
        "INSERT INTO book VALUES (1, 'The Dispossessed', 1), (2, 'Invisible Cities', 2),"
            + " (3, 'The Left Hand of Darkness', 1)");
  }

  private void run(String sql) {
    session.run(Language.SQL, sql).close();
  }

  @AfterEach
  void close() {
    session.close();
    database.close();
  }

  @Test
  void theSameAggregateOverAJoinIsTheSamePlan() {
    String sql = plan(Language.SQL, SQL);
    assertThat(plan(Language.CYPHER, CYPHER)).isEqualTo(sql);
    assertThat(plan(Language.SPARQL, SPARQL)).isEqualTo(sql);
  }

  private String plan(Language language, String text) {
    return session.normalisedPlan(language, text, java.util.Map.of());
  }

  @Test
  void theSameAggregateOverAJoinIsTheSameAnswer() {
    for (Language language : Language.values()) {
      String text =
          switch (language) {
            case SQL -> SQL;
            case CYPHER -> CYPHER;
            case SPARQL -> SPARQL;
          };
      try (Result result = session.run(language, text)) {
        assertThat(result.toList())
            .as(language.toString())
            .extracting(row -> row.get(0) + "=" + row.get(1))
            .containsExactlyInAnyOrder("Ursula K. Le Guin=2", "Italo Calvino=1");
      }
    }
  }

  @Test
  void oneTransactionWritesInAllThreeLanguagesOrNotAtAll() {
    try (Session transaction = database.begin()) {
      transaction.run(Language.SQL, "INSERT INTO author VALUES (3, 'Stanislaw Lem')").close();
      transaction.run(Language.CYPHER, "CREATE (:Reader {name: 'Ijon'})").close();
      transaction.run(Language.SPARQL, "INSERT DATA { <urn:x> <urn:likes> <urn:y> }").close();
      transaction.rollback();
    }
    assertThat(count(Language.SQL, "SELECT count(*) FROM author")).isEqualTo(2);
    assertThat(count(Language.CYPHER, "MATCH (r:Reader) RETURN count(*)")).isZero();
    assertThat(count(Language.SPARQL, "SELECT (COUNT(*) AS ?n) { ?s <urn:likes> ?o }")).isZero();
    try (Session transaction = database.begin()) {
      transaction.run(Language.SQL, "INSERT INTO author VALUES (3, 'Stanislaw Lem')").close();
      transaction.run(Language.CYPHER, "CREATE (:Reader {name: 'Ijon'})").close();
      transaction.run(Language.SPARQL, "INSERT DATA { <urn:x> <urn:likes> <urn:y> }").close();
      transaction.commit();
    }
    assertThat(count(Language.SQL, "SELECT count(*) FROM author")).isEqualTo(3);
    assertThat(count(Language.CYPHER, "MATCH (r:Reader) RETURN count(*)")).isEqualTo(1);
    assertThat(count(Language.SPARQL, "SELECT (COUNT(*) AS ?n) { ?s <urn:likes> ?o }"))
        .isEqualTo(1);
  }

  private long count(Language language, String text) {
    try (Result result = session.run(language, text)) {
      return ((Number) java.util.Objects.requireNonNull(result.next().get(0))).longValue();
    }
  }
}
