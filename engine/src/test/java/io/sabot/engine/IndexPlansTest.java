package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Where a search in an index takes the place of a scan, and where it does not: the operators of
/// the physical plan.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndexPlansTest {
  private final Sabot database = Sabot.inMemory();
  private final Session session = database.session();

  @BeforeAll
  void create() {
    run(Language.SQL, "CREATE TABLE t (id BIGINT PRIMARY KEY, a BIGINT, b VARCHAR, c DATE)");
    run(Language.SQL, "CREATE TABLE u (k VARCHAR, n INTEGER, t BIGINT, PRIMARY KEY (k, n))");
    run(Language.CYPHER, "UNWIND range(1, 20000) AS i CREATE (:P {k: i % 5000, name: 'p' + i})");
    run(
        Language.SQL,
        "INSERT INTO t SELECT x, MOD(x, 5000), 'b' || CAST(x AS VARCHAR), DATE '2020-01-01'"
            + " FROM TABLE(CYPHER('UNWIND range(1, 20000) AS i RETURN i AS x')) AS r(x)");
    run(Language.SQL, "INSERT INTO u SELECT b, 1, id FROM t");
    run(Language.CYPHER, "MATCH (p:P) WHERE p.k < 1500 CREATE (p)-[:R {w: p.k}]->(p)");
    run(Language.SQL, "CREATE INDEX t_ac ON t (a, c)");
    run(Language.SQL, "CREATE INDEX t_b ON t (b)");
    run(Language.CYPHER, "CREATE INDEX p_k FOR (p:P) ON (p.k)");
    run(Language.CYPHER, "CREATE INDEX r_w FOR ()-[r:R]-() ON (r.w)");
  }

  @AfterAll
  void close() {
    session.close();
    database.close();
  }

  private void run(Language language, String text) {
    session.run(language, text).close();
  }

  /// The physical plan without its columns' numbers.
  private String plan(Language language, String text) {
    String all = session.explain(language, text, Map.of());
    String physical = all.substring(all.indexOf("-- physical") + "-- physical\n".length());
    return physical.replaceAll("#\\d+", "").strip();
  }

  private void searches(Language language, String text, String seek) {
    assertThat(plan(language, text)).contains("index_seek " + seek);
  }

  private void scans(Language language, String text) {
    assertThat(plan(language, text)).doesNotContain("index_seek");
  }

  @Test
  void aPointSearch() {
    assertThat(plan(Language.SQL, "SELECT id FROM t WHERE a = 5"))
        .isEqualTo(
            """
            output [id 'id']
              filter a = 5
                row_lookup table 1 t [id = 1, a = 2] at address
                  index_seek address by t_ac [5]
                    values [] ()\
            """);
  }

  @Test
  void pointsRangesAndLists() {
    searches(Language.SQL, "SELECT b FROM t WHERE id = 7", "address by `primary key t(id)` [7]");
    searches(Language.SQL, "SELECT b FROM t WHERE a = 7 AND c > DATE '2020-02-01'", "address by");
    searches(
        Language.SQL, "SELECT b FROM t WHERE a BETWEEN 7 AND 9", "address by t_ac [>= 7, <= 9]");
    searches(Language.SQL, "SELECT id FROM t WHERE b IN ('b1', 'b2')", "address by t_b ['b1'] or");
    searches(Language.SQL, "SELECT t FROM u WHERE k = 'b1' AND n = 1", "address by");
    searches(Language.CYPHER, "MATCH (p:P {k: 7}) RETURN p.name", "p by p_k [7]");
    searches(Language.CYPHER, "MATCH (p:P) WHERE p.k IN [1, 2] RETURN p.name", "p by p_k [in");
    searches(Language.CYPHER, "MATCH (p:P) WHERE p.k >= 4998 RETURN p.name", "p by p_k [>= 4998]");
    searches(Language.CYPHER, "MATCH ()-[r:R {w: 2}]->() RETURN r.w", "r by r_w [2]");
  }

  @Test
  void fromEveryLanguage() {
    searches(Language.CYPHER, "MATCH (n:t {b: 'b77'}) RETURN n.id", "address by t_b ['b77']");
    searches(
        Language.SPARQL,
        "SELECT ?s WHERE { ?s <http://sabot.local/main/t#a> 77 }",
        "address by t_ac");
    searches(
        Language.SPARQL,
        "SELECT ?s WHERE { ?s <http://sabot.local/main/t#b> ?b . FILTER(?b = \"b77\") }",
        "address by t_b");
    searches(
        Language.SQL,
        "SELECT * FROM TABLE(CYPHER('MATCH (p:P {k: 7}) RETURN p.name AS name'))",
        "p by p_k [7]");
  }

  @Test
  void joinsByAnIndex() {
    searches(
        Language.SQL,
        "SELECT t.b FROM u JOIN t ON t.id = u.t WHERE u.k = 'b5' AND u.n = 1",
        "address by `primary key t(id)`");
    searches(
        Language.CYPHER, "UNWIND [1, 2, 3] AS x MATCH (p:P {k: x}) RETURN p.name", "p by p_k [x]");
    searches(Language.CYPHER, "UNWIND [1, 2] AS x MERGE (p:P {k: x})", "p by p_k [x]");
  }

  @Test
  void aScanWhereThatIsCheaper() {
    scans(Language.SQL, "SELECT COUNT(*) FROM t WHERE a > 10");
    scans(Language.SQL, "SELECT COUNT(*) FROM t WHERE c = DATE '2020-01-01'");
    scans(Language.SQL, "SELECT COUNT(*) FROM t JOIN u ON t.id = u.t");
    scans(Language.CYPHER, "MATCH (p:P) WHERE p.k > 100 RETURN count(*)");
    scans(Language.CYPHER, "MATCH (p {k: 7}) RETURN p.name");
    scans(Language.CYPHER, "MATCH (p:P|Q {k: 7}) RETURN p.name");
  }
}
