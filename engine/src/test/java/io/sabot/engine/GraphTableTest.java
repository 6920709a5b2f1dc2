package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.plan.error.QueryException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// GRAPH_TABLE beside what it means in other words: joins in SQL, MATCH in Cypher.
final class GraphTableTest {
  private static final String GRAPH =
      "CREATE PROPERTY GRAPH g VERTEX TABLES (person) EDGE TABLES (knows"
          + " SOURCE KEY (src) REFERENCES person (id)"
          + " DESTINATION KEY (dst) REFERENCES person (id))";

  private final Sabot db = Sabot.inMemory();
  private final Session session = db.session();

  @BeforeEach
  void fill() {
    tables(session);
    run(GRAPH);
    session
        .run(
            Language.CYPHER,
            "CREATE (a:P {n: 1})-[:R {w: 5}]->(b:P {n: 2})-[:R {w: 7}]->(c:P:Q {n: 3}),"
                + " (a)-[:R {w: 20}]->(c)-[:R {w: 1}]->(d:P {n: 4})-[:S {w: 9}]->(a),"
                + " (d)-[:R {w: 2}]->(:P {n: 5})")
        .close();
  }

  private static void tables(Session session) {
    for (String sql :
        List.of(
            "CREATE TABLE person (id INT PRIMARY KEY, name TEXT, age INT)",
            "CREATE TABLE knows (id INT PRIMARY KEY, src INT NOT NULL REFERENCES person,"
                + " dst INT NOT NULL REFERENCES person, since INT)",
            "INSERT INTO person VALUES (1, 'Ann', 30), (2, 'Bob', 40), (3, 'Cid', 20)",
            "INSERT INTO knows VALUES (1, 1, 2, 2010), (2, 2, 3, 2015), (3, 3, 1, 2020)")) {
      session.run(Language.SQL, sql).close();
    }
  }

  @AfterEach
  void close() {
    session.close();
    db.close();
  }

  private void run(String sql) {
    session.run(Language.SQL, sql).close();
  }

  private static List<String> rows(
      Session session, Language language, String text, Map<String, ?> parameters) {
    List<String> rows = new ArrayList<>();
    try (Result result = session.run(language, text, parameters)) {
      result.forEachRemaining(row -> rows.add(String.valueOf(row.objects())));
    }
    return rows;
  }

  private String plan(String sql) {
    return session.normalisedPlan(Language.SQL, sql, Map.of());
  }

  // ---- one plan with the query around it

  @Test
  void aPatternOverTablesIsTheJoinOfTheTables() {
    assertThat(
            plan(
                "SELECT a, b FROM GRAPH_TABLE (g MATCH (a)-[k IS knows]->(b)"
                    + " COLUMNS (a.name AS a, b.name AS b))"))
        .isEqualTo(
            plan(
                "SELECT a.name AS a, b.name AS b FROM person a, knows k, person b"
                    + " WHERE a.id = k.src AND b.id = k.dst"));
  }

  @Test
  void conditionsOutsideOfGraphTableAreThoseInside() {
    String outside =
        "SELECT a FROM GRAPH_TABLE (g MATCH (a)-[k IS knows]->(b)"
            + " COLUMNS (a.name AS a, b.age AS age, k.since AS since))"
            + " WHERE age > 25 AND since = 2010";
    String inside =
        "SELECT a FROM GRAPH_TABLE (g MATCH (a)-[k IS knows WHERE k.since = 2010]->"
            + "(b WHERE b.age > 25) COLUMNS (a.name AS a))";
    assertThat(plan(outside)).isEqualTo(plan(inside));
    assertThat(plan(outside)).containsPattern("filter \\$\\d+ > 25\\n +table \\d+ person");
    assertThat(plan(outside)).containsPattern("filter \\$\\d+ = 2010\\n +table \\d+ knows");
  }

  @Test
  void aLimitOutsideIsOverTheScanInside() {
    String limited =
        "SELECT name FROM GRAPH_TABLE (g MATCH (a IS person) COLUMNS (a.name)) LIMIT 2";
    assertThat(plan(limited)).isEqualTo(plan("SELECT name FROM person LIMIT 2"));
    assertThat(rows(session, Language.SQL, limited, Map.of())).hasSize(2);
  }

  @Test
  void columnsThatNobodyAsksForAreNotRead() {
    assertThat(plan("SELECT name FROM GRAPH_TABLE (g MATCH (a IS person) COLUMNS (a.*))"))
        .isEqualTo(plan("SELECT name FROM person"));
  }

  @Test
  void aColumnOfATableBeforeItIsAJoin() {
    assertThat(
            plan(
                "SELECT q.name FROM person AS p, GRAPH_TABLE (g MATCH (b WHERE b.age = p.age)"
                    + " COLUMNS (b.name)) AS q"))
        .contains("join inner")
        .doesNotContain("apply");
  }

  // ---- parameters

  @Test
  void parametersAreCountedAcrossTheStatement() {
    String sql =
        "SELECT ?, name FROM GRAPH_TABLE (g MATCH (a WHERE a.age > ?)-[k]->?(b WHERE b.age < ?)"
            + " COLUMNS (b.name)) WHERE name <> ?";
    assertThat(rows(session, Language.SQL, sql, Map.of("1", "x", "2", 25, "3", 45, "4", "Bob")))
        .containsExactlyInAnyOrder("[x, Ann]", "[x, Cid]");
  }

  @Test
  void parametersHaveNames() {
    String sql =
        "SELECT name FROM GRAPH_TABLE (g MATCH (:person)-[k:knows]->{1,2}(b:person)"
            + " WHERE b.age = $age AND SUM(k.since) > $sum COLUMNS (b.name))";
    assertThat(rows(session, Language.SQL, sql, Map.of("age", 30, "sum", 4000)))
        .containsExactly("[Ann]");
  }

  // ---- the store keeps graphs

  @Test
  void aGraphOutlivesItsDatabaseBeingClosed(@TempDir Path directory) {
    String sql =
        "SELECT b FROM GRAPH_TABLE (g MATCH TRAIL (a WHERE a.name = 'Ann')-[k]->+(b)"
            + " COLUMNS (b.name AS b, SUM(k.since) AS s)) ORDER BY s";
    try (Sabot first = Sabot.open(directory, Options.defaults());
        Session writing = first.session()) {
      tables(writing);
      writing.run(Language.SQL, GRAPH).close();
    }
    try (Sabot second = Sabot.open(directory, Options.defaults());
        Session reading = second.session()) {
      assertThat(rows(reading, Language.SQL, sql, Map.of()))
          .containsExactly("[Bob]", "[Cid]", "[Ann]");
      reading.run(Language.SQL, "DROP PROPERTY GRAPH g").close();
    }
    try (Sabot third = Sabot.open(directory, Options.defaults());
        Session reading = third.session()) {
      assertThatThrownBy(() -> rows(reading, Language.SQL, sql, Map.of()))
          .isInstanceOf(QueryException.class)
          .hasMessageContaining("property graph 'g' does not exist");
    }
  }

  @Test
  void aGraphThatIsRolledBackWasNever() {
    try (Session transaction = db.begin()) {
      transaction.run(Language.SQL, "CREATE PROPERTY GRAPH h VERTEX TABLES (person)").close();
      String sql = "SELECT name FROM GRAPH_TABLE (h MATCH (a) COLUMNS (a.name))";
      assertThat(rows(transaction, Language.SQL, sql, Map.of())).hasSize(3);
      transaction.rollback();
    }
    assertThatThrownBy(() -> run("DROP PROPERTY GRAPH h")).isInstanceOf(QueryException.class);
  }

  // ---- the same question in Cypher

  /// The pairs of `graph-table-pairs.txt`: a pattern of GRAPH_TABLE, and the query in Cypher.
  @TestFactory
  List<DynamicTest> theSameQuestionInCypherHasTheSameAnswer()
      throws IOException, URISyntaxException {
    URL file = Objects.requireNonNull(GraphTableTest.class.getResource("/graph-table-pairs.txt"));
    List<String> lines =
        Files.readAllLines(Path.of(file.toURI())).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < lines.size(); i += 2) {
      String sql = "SELECT * FROM GRAPH_TABLE (sabot " + lines.get(i) + ")";
      String cypher = lines.get(i + 1);
      tests.add(DynamicTest.dynamicTest(cypher, () -> compare(sql, cypher)));
    }
    return tests;
  }

  private void compare(String sql, String cypher) {
    assertThat(rows(session, Language.SQL, sql, Map.of()))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(rows(session, Language.CYPHER, cypher, Map.of()));
  }

  @Test
  void elementsOfAPropertyGraphGoByItsLabelsInCypher() {
    String cypher = "MATCH (a:`g::person`)-[k:`g::knows`]->(b:`g::person`)";
    assertThat(
            rows(
                session,
                Language.CYPHER,
                cypher + " RETURN a.name, type(k), labels(b), b.name",
                Map.of()))
        .containsExactlyInAnyOrder(
            "[Ann, knows, [person], Bob]",
            "[Bob, knows, [person], Cid]",
            "[Cid, knows, [person], Ann]");
  }
}
