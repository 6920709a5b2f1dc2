package io.sabot.tck.sparql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An endpoint on loopback is asked for what goes with the rows at hand, many at a time. The oracle
/// is the same query where the endpoint's data is a named graph of the same store.
final class BoundServiceTest {
  private static final String PEOPLE = "http://example.org/people";
  private static final int KNOWN = 250;
  private static final int NAMED = 150;

  @TempDir private Path folder;

  /// @param service stands for `SERVICE <...>`
  private static List<String> queries(String service) {
    return List.of(
        "?s :knows ?o OPTIONAL { " + service + " { ?o :name ?name } }",
        "?s :knows ?o OPTIONAL { " + service + " { ?o :age ?age } FILTER (?age > 70) }",
        "?s :knows ?o ; :limit ?min OPTIONAL { "
            + (service + " { ?o :age ?age } FILTER (?age > ?min) }"),
        "?s :knows ?o OPTIONAL { " + service + " { ?o :age ?age } FILTER EXISTS { ?o :likes ?s } }",
        "VALUES (?o ?x) { (:o1 1) (UNDEF 2) (:o200 3) (:o2 UNDEF) } OPTIONAL { "
            + (service + " { ?o :age ?x } }"),
        "?s :knows ?o OPTIONAL { "
            + service
            + " { ?o :name ?name } } OPTIONAL { "
            + (service + " { ?p :nick ?name } }"),
        "?s :limit ?min OPTIONAL { " + service + " { ?a :name 'Name 7' } }",
        "?s :limit ?min OPTIONAL { ?s :knows ?o OPTIONAL { " + service + " { ?o :name ?name } } }",
        "?s :knows ?o OPTIONAL { "
            + service
            + " { SELECT ?o (COUNT(*) AS ?n) { ?o :name ?any } GROUP BY ?o } }",
        "OPTIONAL { " + service + " { ?o :name 'Name 7' } }",
        "?s :nothing ?o OPTIONAL { " + service + " { ?o :name ?name } }",
        "?s :knows ?o . " + service + " { ?o :name ?name }");
  }

  private static String text(String pattern) {
    return "PREFIX : <http://example.org/> SELECT * { " + pattern + " }";
  }

  /// Some people have two names, which is one row each, some have none.
  private static String people() {
    StringBuilder out = new StringBuilder("PREFIX : <http://example.org/>\n");
    for (int i = 0; i < NAMED; i++) {
      out.append(":o" + i + " :name \"Name " + i + "\" ; :age " + i + " .\n");
      if (i % 10 == 0) {
        out.append(":o" + i + " :name \"Other " + i + "\"@en .\n");
        out.append("[] :nick \"Name " + i + "\" .\n");
      }
    }
    return out.toString();
  }

  private static String known() {
    StringBuilder out = new StringBuilder("PREFIX : <http://example.org/> INSERT DATA {\n");
    for (int i = 0; i < KNOWN; i++) {
      out.append(":s" + i % 90 + " :knows :o" + i + " .\n");
    }
    return out.append(":s1 :knows _:b ; :limit 50 . :s2 :limit 80 . :o92 :likes :s2 . }")
        .toString();
  }

  private LoopbackEndpoints endpoints(Options options) throws IOException {
    Path document = Files.writeString(folder.resolve("people.ttl"), people());
    return LoopbackEndpoints.start(Map.of(PEOPLE, document.toUri().toString()), options);
  }

  private static List<String> rows(Sabot database, String pattern) {
    List<String> rows = new ArrayList<>();
    try (Result result = database.sparql(text(pattern))) {
      // What a blank node is called is not part of a result.
      result.forEachRemaining(row ->
          rows.add(
              (row.names() + " " + row.values()).replaceAll("BlankNode\\[[^]]*]", "BlankNode")));
    }
    rows.sort(null);
    return rows;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anOptionalServiceGivesWhatAGraphWould(boolean optimizer) throws IOException {
    Options options = Options.defaults().withOptimizer(optimizer);
    try (LoopbackEndpoints endpoints = endpoints(options);
        Sabot database = Sabot.inMemory(options.withAccess(endpoints.access()))) {
      SparqlSuite.load(
          database, List.of(), Map.of(PEOPLE, folder.resolve("people.ttl").toUri().toString()));
      database.sparql(known()).close();
      List<String> remote = queries("SERVICE <" + PEOPLE + ">");
      List<String> local = queries("GRAPH <" + PEOPLE + ">");
      for (int i = 0; i < remote.size(); i++) {
        assertThat(rows(database, remote.get(i)))
            .as(remote.get(i))
            .isEqualTo(rows(database, local.get(i)));
      }
    }
  }

  /// 250 subjects that an endpoint can know make three requests; the blank node is not sent and
  /// makes one of its own.
  @ParameterizedTest
  @ValueSource(strings = {"OPTIONAL { SERVICE # { ?o :name ?name } }", "SERVICE # { ?o :name ?n }"})
  void anEndpointIsAskedForManyRowsAtATime(String part) throws IOException {
    try (LoopbackEndpoints endpoints = endpoints(Options.defaults());
        Sabot database = Sabot.inMemory(Options.defaults().withAccess(endpoints.access()))) {
      database.sparql(known()).close();
      rows(database, "?s :knows ?o . " + part.replace("#", "<" + PEOPLE + ">"));
      List<String> asked = endpoints.asked();
      assertThat(asked).hasSize(4);
      assertThat(asked).filteredOn(query -> query.contains("VALUES")).hasSize(3);
    }
  }

  @Test
  void aSilentServiceThatFailsLeavesTheRows() throws IOException {
    String part = " SERVICE # <http://example.org/unknown> { ?o :name ?name } }";
    try (LoopbackEndpoints endpoints = endpoints(Options.defaults());
        Sabot database = Sabot.inMemory(Options.defaults().withAccess(endpoints.access()))) {
      database.sparql(known()).close();
      assertThat(rows(database, "?s :knows ?o OPTIONAL {" + part.replace("#", "SILENT")))
          .hasSize(KNOWN + 1);
      assertThatThrownBy(() -> rows(database, "?s :knows ?o OPTIONAL {" + part.replace("#", "")))
          .isInstanceOfSatisfying(
              QueryException.class,
              failed -> assertThat(failed.code()).isEqualTo(ErrorCode.SERVICE_ERROR));
    }
  }
}
