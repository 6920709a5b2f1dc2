package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What is left of the templates of an R2RML mapping in a plan: searches in keys, joins of columns.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MappingPlansTest {
  private static final String MAPPING =
      """
      CREATE RDF MAPPING m AS '
      @prefix rr: <http://www.w3.org/ns/r2rml#> . @prefix ex: <http://example.com/> .
      <Emp> rr:logicalTable [ rr:tableName "emp" ]
       ; rr:subjectMap [ rr:template "http://example.com/emp/{id}" ; rr:class ex:Employee ]
       ; rr:predicateObjectMap [ rr:predicate ex:name ; rr:objectMap [ rr:column "name" ] ]
       ; rr:predicateObjectMap [ rr:predicate ex:pay ; rr:objectMap [ rr:column "pay" ] ]
       ; rr:predicateObjectMap [ rr:predicate ex:dept ; rr:objectMap [
           rr:template "http://example.com/dept/{dept}" ] ] .
      <Dept> rr:logicalTable [ rr:tableName "dept" ]
       ; rr:subjectMap [ rr:template "http://example.com/dept/{id}" ]
       ; rr:predicateObjectMap [ rr:predicate ex:city ; rr:objectMap [ rr:column "city" ] ] .
      '
      """;

  private final Sabot database = Sabot.inMemory();
  private final Session session = database.session();

  @BeforeAll
  void create() {
    run("CREATE TABLE dept (id BIGINT PRIMARY KEY, city VARCHAR NOT NULL)");
    run(
        "CREATE TABLE emp (id BIGINT PRIMARY KEY, name VARCHAR NOT NULL, pay BIGINT NOT NULL,"
            + " dept BIGINT NOT NULL REFERENCES dept)");
    run(
        "INSERT INTO dept SELECT x, 'city' || x"
            + " FROM TABLE(CYPHER('UNWIND range(0, 99) AS i RETURN i AS x')) AS r(x)");
    run(
        "INSERT INTO emp SELECT x, 'name' || x, x * 3, MOD(x, 100)"
            + " FROM TABLE(CYPHER('UNWIND range(1, 20000) AS i RETURN i AS x')) AS r(x)");
    run(MAPPING);
  }

  @AfterAll
  void close() {
    session.close();
    database.close();
  }

  private void run(String text) {
    session.run(Language.SQL, text).close();
  }

  private String plan(String sparql) {
    String text = "PREFIX ex: <http://example.com/> " + sparql;
    String all = session.explain(Language.SPARQL, text, Map.of());
    String physical = all.substring(all.indexOf("-- physical") + "-- physical\n".length());
    return physical.replaceAll("#\\d+", "").strip();
  }

  @Test
  void aSubjectIsAKey() {
    assertThat(plan("SELECT ?n ?p { <http://example.com/emp/77> ex:name ?n ; ex:pay ?p }"))
        .isEqualTo(
            """
            output [name 'n', pay 'p']
              nested_loop_join inner
                filter id = 77
                  row_lookup table 2 emp [id = 1, name = 2] at address
                    index_seek address by `primary key emp(id)` [77]
                      values [] ()
                filter id = 77
                  row_lookup table 2 emp [id = 1, pay = 3] at address
                    index_seek address by `primary key emp(id)` [77]
                      values [] ()\
            """);
  }

  @Test
  void anObjectIsAColumn() {
    String plan = plan("SELECT ?n { ?e ex:dept <http://example.com/dept/7> ; ex:name ?n }");
    assertThat(plan).contains("dept = 7").doesNotContain("rdf.iri").doesNotContain("join");
  }

  @Test
  void aStarIsOneScan() {
    String plan = plan("SELECT ?n ?p { ?e a ex:Employee ; ex:name ?n ; ex:pay ?p FILTER(?p > 9) }");
    assertThat(plan.split("table 2 emp|table \\d+ emp", -1)).hasSize(2);
    assertThat(plan).doesNotContain("rdf.iri").doesNotContain("join").doesNotContain("distinct");
  }

  @Test
  void twoTemplatesJoinByTheirColumns() {
    String plan = plan("SELECT ?n ?c { ?e ex:name ?n ; ex:dept ?d . ?d ex:city ?c }");
    assertThat(plan).contains("hash_join").doesNotContain("rdf.iri").doesNotContain("distinct");
  }

  @Test
  void anIriOfNoTemplateNeedsNoRow() {
    assertThat(plan("SELECT ?n { <http://example.com/nobody/7> ex:name ?n }"))
        .contains("quads default")
        .doesNotContain("table");
  }
}
