package io.sabot.engine.fuzz;

import static io.sabot.engine.Language.CYPHER;
import static io.sabot.engine.Language.SPARQL;
import static io.sabot.engine.Language.SQL;
import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.engine.Language;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Queries that want too much: depth, length, rows, memory or time. Each ends in a result or a
/// clear error within its limits, and the database goes on.
class HostileQueriesTest {
  private static final int DEPTH = 200;
  private static final int CROWD = 40;
  private static final int LITERAL = 10 << 20;

  private record Query(String name, Language language, String text) {}

  @TestFactory
  Stream<DynamicTest> endInAResultOrAnError() {
    Ordeal ordeal = new Ordeal(crowd());
    return Stream.of(nested(), long_(), paths(), greedy(), patterns())
        .flatMap(List::stream)
        .map(query ->
            DynamicTest.dynamicTest(
                query.language() + " " + query.name(),
                () -> {
                  assertThat(ordeal.run(query.language(), query.text())).isEmpty();
                  assertThat(ordeal.checkUp()).isEmpty();
                }))
        .onClose(ordeal::close);
  }

  /// People who all know each other, as a native graph and as triples.
  private static Sabot crowd() {
    Sabot database = Sabot.inMemory();
    try (Session session = database.session()) {
      session.run(CYPHER, "UNWIND range(1, " + CROWD + ") AS i CREATE (:Person {id: i})").close();
      session
          .run(CYPHER, "MATCH (a:Person), (b:Person) WHERE a.id < b.id CREATE (a)-[:KNOWS]->(b)")
          .close();
      StringBuilder triples = new StringBuilder("INSERT DATA {");
      for (int a = 1; a <= CROWD; a++) {
        for (int b = 1; b <= CROWD; b++) {
          triples.append(
              String.format(Locale.ROOT, " <http://e/%d> <http://e/knows> <http://e/%d> .", a, b));
        }
      }
      session.run(SPARQL, triples.append(" }").toString()).close();
    }
    return database;
  }

  private static String nest(String open, String core, String close) {
    return open.repeat(DEPTH) + core + close.repeat(DEPTH);
  }

  private static List<Query> nested() {
    return List.of(
        new Query("parentheses", SQL, "SELECT " + nest("(", "1", ")")),
        new Query("parentheses", CYPHER, "RETURN " + nest("(", "1", ")")),
        new Query("parentheses", SPARQL, "SELECT (" + nest("(", "1", ")") + " AS ?x) {}"),
        new Query("lists", CYPHER, "RETURN " + nest("[", "1", "]")),
        new Query("maps", CYPHER, "RETURN " + nest("{a: ", "1", "}")),
        new Query("NOT", SQL, "SELECT " + nest("NOT ", "TRUE", "")),
        new Query("NOT", CYPHER, "RETURN " + nest("NOT ", "true", "")),
        new Query("minus", SQL, "SELECT " + nest("- ", "1", "")),
        new Query("bang", SPARQL, "ASK { FILTER (" + nest("!", "true", "") + ") }"),
        new Query("CASE", SQL, "SELECT " + nest("CASE WHEN TRUE THEN ", "1", " END")),
        new Query("CASE", CYPHER, "RETURN " + nest("CASE WHEN true THEN ", "1", " END")),
        new Query("IF", SPARQL, "SELECT (" + nest("if(true, ", "1", ", 2)") + " AS ?x) {}"),
        new Query("functions", CYPHER, "RETURN " + nest("toString(", "1", ")")),
        new Query("comprehensions", CYPHER, "RETURN " + nest("[x IN ", "[1]", " | x]")),
        new Query("subqueries", SQL, nest("SELECT * FROM (", "SELECT 1 AS a", ") AS t")),
        new Query("subqueries", CYPHER, nest("CALL { ", "RETURN 1 AS a", " } RETURN a")),
        new Query("subqueries", SPARQL, nest("SELECT * { { ", "SELECT * { ?s ?p 1 }", " } }")),
        new Query("EXISTS", SQL, "SELECT 1 WHERE " + nest("EXISTS (SELECT 1 WHERE ", "TRUE", ")")),
        new Query(
            "EXISTS",
            CYPHER,
            "MATCH (n) WHERE " + nest("EXISTS { MATCH (n) WHERE ", "true", " }") + " RETURN n"),
        new Query("groups", SPARQL, "SELECT * { " + nest("{ ", "?s ?p 1", " }") + " }"),
        new Query(
            "OPTIONAL", SPARQL, "SELECT * { " + nest("OPTIONAL { ?s ?p 1 . ", "", " }") + " }"),
        new Query("MINUS", SPARQL, "SELECT * { " + nest("MINUS { ?s ?p 1 . ", "", " }") + " }"),
        new Query("paths", SPARQL, "ASK { ?s " + nest("(", "<http://e/knows>", ")?") + " ?o }"));
  }

  private static String many(String first, String each, int count) {
    return first + each.repeat(count);
  }

  private static List<Query> long_() {
    String literal = "x".repeat(LITERAL);
    String numbers =
        String.join(", ", IntStream.range(0, 10_000).mapToObj(String::valueOf).toList());
    return List.of(
        new Query("10 MB literal", SQL, "SELECT length('" + literal + "')"),
        new Query("10 MB literal", CYPHER, "RETURN size('" + literal + "')"),
        new Query("10 MB literal", SPARQL, "SELECT (strlen('" + literal + "') AS ?n) {}"),
        new Query("10 MB name", CYPHER, "RETURN 1 AS " + literal),
        new Query("IN list", SQL, "SELECT 1 FROM canary WHERE id IN (" + numbers + ")"),
        new Query("IN list", CYPHER, "MATCH (n) WHERE n.id IN [" + numbers + "] RETURN count(*)"),
        new Query(
            "IN list", SPARQL, "SELECT * { ?s ?p ?o FILTER (?o IN (" + numbers + ")) } LIMIT 1"),
        new Query("sum", SQL, many("SELECT 1", " + 1", 3000)),
        new Query("sum", CYPHER, many("RETURN 1", " + 1", 3000)),
        new Query("sum", SPARQL, "SELECT (" + many("1", " + 1", 3000) + " AS ?x) {}"),
        new Query("conditions", SQL, many("SELECT 1 WHERE TRUE", " AND 1 = 1", 3000)),
        new Query(
            "conditions", CYPHER, many("MATCH (n) WHERE true", " OR n.id = 1", 3000) + " RETURN n"),
        new Query("UNION", SQL, many("SELECT 1", " UNION ALL SELECT 1", 500)),
        new Query("UNION", CYPHER, many("RETURN 1 AS a", " UNION ALL RETURN 1 AS a", 500)),
        new Query("UNION", SPARQL, "SELECT * { " + many("{}", " UNION { ?s ?p 1 }", 500) + " }"),
        new Query("clauses", CYPHER, many("WITH 1 AS a ", "WITH a AS a ", 500) + "RETURN a"),
        new Query("pattern", CYPHER, many("MATCH (n)", "-[:KNOWS]->()", 100) + " RETURN n LIMIT 1"),
        new Query(
            "pattern",
            SPARQL,
            "SELECT * { "
                + String.join(
                    " ",
                    IntStream.range(0, 100)
                        .mapToObj(i -> "?a" + i + " <http://e/knows> ?a" + (i + 1) + " .")
                        .toList())
                + " } LIMIT 1"));
  }

  private static List<Query> paths() {
    return List.of(
        new Query("unbounded paths", CYPHER, "MATCH p = (a)-[*]-(b) RETURN count(p)"),
        new Query("unbounded paths kept", CYPHER, "MATCH p = (a)-[*]-(b) RETURN collect(p)"),
        new Query(
            "long shortest paths",
            CYPHER,
            "MATCH p = allShortestPaths((a)-[*]-(b)) WHERE a <> b RETURN count(p)"),
        new Query("unbound reach", SPARQL, "SELECT (count(*) AS ?n) { ?s <http://e/knows>* ?o }"),
        new Query(
            "anything",
            SPARQL,
            "SELECT (count(*) AS ?n) { ?s (<http://e/knows>|!<http://e/x>)* ?o }"),
        new Query(
            "sequence of reaches",
            SPARQL,
            "SELECT (count(*) AS ?n) { ?s"
                + " <http://e/knows>*/<http://e/knows>*/<http://e/knows>* ?o }"),
        new Query(
            "walks",
            SPARQL,
            "SELECT (count(*) AS ?n) { ?a <http://e/knows>/<http://e/knows>/<http://e/knows>"
                + "/<http://e/knows>/<http://e/knows>/<http://e/knows> ?b }"));
  }

  private static List<Query> greedy() {
    String numbers = "UNWIND range(1, 100000) AS ";
    return List.of(
        new Query(
            "product", CYPHER, numbers + "a " + numbers + "b " + numbers + "c RETURN count(*)"),
        new Query(
            "sorted product", CYPHER, numbers + "a " + numbers + "b RETURN a, b ORDER BY b, a"),
        new Query(
            "collected product", CYPHER, numbers + "a " + numbers + "b RETURN collect(a + b)"),
        new Query("huge range", CYPHER, "UNWIND range(1, 1000000000000) AS i RETURN sum(i)"),
        new Query("range as list", CYPHER, "WITH range(1, 1000000000000) AS l RETURN size(l + 1)"),
        new Query(
            "doubling text", CYPHER, "RETURN size(reduce(s = 'x', i IN range(1, 100) | s + s))"),
        new Query(
            "doubling list", CYPHER, "RETURN size(reduce(s = [1], i IN range(1, 100) | s + s))"),
        new Query("product", SPARQL, "SELECT (count(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"),
        new Query("sorted product", SPARQL, "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c"),
        new Query(
            "grouped product",
            SPARQL,
            "SELECT ?a ?c ?d ?f (count(*) AS ?n) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a ?c ?d ?f"),
        new Query(
            "endless recursion",
            SQL,
            "WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t)"
                + " SELECT count(*) FROM t"),
        new Query(
            "growing recursion",
            SQL,
            "WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n FROM t, canary) SELECT * FROM t"),
        new Query(
            "product",
            SQL,
            "WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 2000)"
                + " SELECT count(*) FROM t a, t b, t c WHERE a.n + b.n > c.n"),
        new Query("long text", SQL, "SELECT length(repeat('abc', 2000000000))"),
        new Query("wide padding", SQL, "SELECT length(lpad('a', 2000000000, 'b'))"));
  }

  /// Patterns that a backtracking matcher takes exponential time for.
  private static List<Query> patterns() {
    String text = "a".repeat(60) + "!";
    return List.of(
        new Query("backtracking", CYPHER, "RETURN '" + text + "' =~ '(a+)+$'"),
        new Query("backtracking", SPARQL, "ASK { FILTER regex('" + text + "', '^(a+)+$') }"),
        new Query(
            "replacing", SPARQL, "SELECT (replace('" + text + "', '(a|aa)+$', 'b') AS ?x) {}"),
        new Query("backtracking", SQL, "SELECT '" + text + "' SIMILAR TO '(a+)+'"),
        new Query(
            "wildcards", SQL, "SELECT '" + "a".repeat(5000) + "' LIKE '" + "%a".repeat(200) + "b'"),
        new Query("digit of another script", SQL, "SELECT \uA902 FROM canary"),
        new Query("broken", CYPHER, "RETURN 'a' =~ '(['"),
        new Query("broken", SPARQL, "ASK { FILTER regex('a', '([') }"));
  }

  /// A character of each plane of Unicode, and what is special: in values, names and errors.
  @Test
  void everyPlaneOfUnicode() {
    List<String> characters = new ArrayList<>(List.of("\u0301", "\u200F", "\u2028", "\uFFFD"));
    for (int plane = 0; plane <= 16; plane++) {
      characters.add(new String(Character.toChars((plane << 16) + 0x1234)));
    }
    try (Sabot database = Sabot.inMemory();
        Ordeal ordeal = new Ordeal(database)) {
      for (String c : characters) {
        assertThat(one(database, SQL, "SELECT '" + c + "'")).isEqualTo(c);
        assertThat(one(database, CYPHER, "RETURN '" + c + "' AS x")).isEqualTo(c);
        assertThat(one(database, SPARQL, "SELECT ('" + c + "' AS ?x) {}")).isEqualTo(c);
        assertThat(one(database, CYPHER, "WITH {`" + c + "`: 1} AS m RETURN m.`" + c + "`"))
            .isEqualTo(1L);
        assertThat(one(database, SQL, "SELECT \"" + c + "\" FROM (SELECT 1 AS \"" + c + "\") AS t"))
            .isEqualTo(1L);
        for (Language language : Language.values()) {
          assertThat(ordeal.run(language, "SELECT " + c + " WHERE")).isEmpty();
        }
      }
    }
  }

  private static Object one(Sabot database, Language language, String text) {
    try (Session session = database.session();
        Result result = session.run(language, text)) {
      Object value = result.next().get(0);
      assertThat(value).as(text).isNotNull();
      return java.util.Objects.requireNonNull(value);
    }
  }
}
