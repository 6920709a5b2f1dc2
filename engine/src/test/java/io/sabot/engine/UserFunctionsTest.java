package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.plan.catalog.ProcedureDef.Field;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.type.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Functions that users make, from all three languages.
class UserFunctionsTest {
  private final Sabot database = Sabot.inMemory();

  @AfterEach
  void close() {
    database.close();
  }

  private @Nullable Object one(Language language, String text) {
    try (Session session = database.session();
        Result result = session.run(language, text)) {
      List<Row> rows = result.toList();
      assertThat(rows).hasSize(1);
      return rows.getFirst().get(0);
    }
  }

  private List<@Nullable Object> all(Language language, String text) {
    try (Session session = database.session();
        Result result = session.run(language, text)) {
      List<@Nullable Object> values = new ArrayList<>();
      result.forEachRemaining(row -> values.add(row.get(0)));
      return values;
    }
  }

  private void run(String... texts) {
    for (String text : texts) {
      database.sql(text).close();
    }
  }

  @Test
  void aSqlFunctionIsCalledFromEveryLanguage() {
    run(
        "CREATE FUNCTION area(w INT, h INT) RETURNS BIGINT LANGUAGE sql AS $$ w * h $$",
        "CREATE FUNCTION greeting(name VARCHAR) RETURNS VARCHAR RETURN 'Hello; ' || $1 || '!'",
        "CREATE OR REPLACE FUNCTION area(w INT, h INT) RETURNS BIGINT"
            + " AS 'SELECT w * h + 0;' LANGUAGE sql");
    assertThat(one(Language.SQL, "SELECT area(3, 4)")).isEqualTo(12L);
    assertThat(one(Language.SQL, "SELECT AREA(3, NULL)")).isNull();
    assertThat(one(Language.CYPHER, "RETURN area(3, 4)")).isEqualTo(12L);
    assertThat(one(Language.SPARQL, "SELECT (sabot:area(3, 4) AS ?a) {}")).isEqualTo(12L);
    assertThat(one(Language.SQL, "SELECT greeting('Ada')")).isEqualTo("Hello; Ada!");
    assertThat(one(Language.CYPHER, "RETURN greeting('Ada')")).isEqualTo("Hello; Ada!");
    assertThat(one(Language.SPARQL, "SELECT (sabot:greeting('Ada') AS ?g) {}"))
        .isEqualTo("Hello; Ada!");
    assertThat(all(Language.SQL, "SHOW FUNCTIONS")).containsExactly("area", "greeting");
    assertThat(
            all(
                Language.CYPHER,
                "SHOW FUNCTIONS YIELD name, isBuiltIn WHERE NOT isBuiltIn RETURN name"))
        .containsExactly("area", "greeting");
  }

  @Test
  void aSqlFunctionBecomesPartOfThePlan() {
    run(
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER)",
        "CREATE FUNCTION twice(x INT) RETURNS INT AS $$ x + x $$");
    assertThat(database.explain(Language.SQL, "SELECT a FROM t WHERE twice(b) > 4"))
        .doesNotContain("twice")
        .isEqualTo(database.explain(Language.SQL, "SELECT a FROM t WHERE b + b > 4"));
    run("INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)");
    assertThat(all(Language.SQL, "SELECT a FROM t WHERE twice(b) > 2 ORDER BY a"))
        .containsExactly(2L, 3L);
    assertThat(all(Language.CYPHER, "MATCH (n:t) WHERE twice(n.b) > 2 RETURN n.a ORDER BY n.a"))
        .containsExactly(2L, 3L);
    assertThat(
            all(
                Language.SPARQL,
                "SELECT ?a { ?n <http://sabot.local/main/t#a> ?a ; <http://sabot.local/main/t#b>"
                    + " ?b FILTER(sabot:twice(?b) > 2) } ORDER BY ?a"))
        .containsExactly(2L, 3L);
  }

  @Test
  void functionsCallFunctionsAndComputeArgumentsOnce() {
    run(
        "CREATE FUNCTION inc(x BIGINT) RETURNS BIGINT AS $$ x + 1 $$",
        "CREATE FUNCTION inc3(x BIGINT) RETURNS BIGINT AS $$ inc(inc(inc(x))) $$",
        "CREATE FUNCTION same(x DOUBLE) RETURNS BOOLEAN AS $$ x = x $$",
        "CREATE FUNCTION none() RETURNS INT AS $$ 42 $$");
    assertThat(one(Language.SQL, "SELECT inc3(1)")).isEqualTo(4L);
    assertThat(one(Language.CYPHER, "RETURN inc3(none())")).isEqualTo(45L);
    assertThat(
            all(
                Language.SQL,
                "SELECT DISTINCT same(random()) FROM generate_series(1, 100) AS s(i)"))
        .containsExactly(true);
  }

  @Test
  void whatIsWrongWithAFunctionIsSaid() {
    run("CREATE FUNCTION f(x INT) RETURNS INT AS $$ x $$");
    assertFails("CREATE FUNCTION f(x INT) RETURNS INT AS $$ x $$", ErrorCode.DUPLICATE_NAME);
    assertFails("CREATE FUNCTION upper(x INT) RETURNS INT AS $$ x $$", ErrorCode.DUPLICATE_NAME);
    assertFails("CREATE FUNCTION g(x INT) RETURNS INT AS $$ y $$", ErrorCode.UNKNOWN_COLUMN);
    assertFails("CREATE FUNCTION g(x INT) RETURNS INT AS $$ g(x) $$", ErrorCode.UNKNOWN_FUNCTION);
    assertFails(
        "CREATE FUNCTION g(x INT) RETURNS INT AS $$ SELECT x FROM t $$", ErrorCode.UNSUPPORTED);
    assertFails("CREATE FUNCTION g(x INT) RETURNS INT AS $$ x", ErrorCode.SYNTAX_ERROR);
    assertFails(
        "CREATE FUNCTION g(x INT) RETURNS INT LANGUAGE perl AS $$ x $$", ErrorCode.UNSUPPORTED);
    assertFails("SELECT f(1, 2)", ErrorCode.SEMANTIC_ERROR);
    assertFails("SELECT f('one')", ErrorCode.INVALID_TEXT);
    assertFails("DROP FUNCTION g", ErrorCode.UNKNOWN_FUNCTION);
    run("DROP FUNCTION IF EXISTS g", "DROP FUNCTION f(INT)");
    assertFails("SELECT f(1)", ErrorCode.UNKNOWN_FUNCTION);
    assertThatThrownBy(() -> database.cypher("RETURN f(1)"))
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_FUNCTION));
    assertThatThrownBy(() -> database.sparql("SELECT (sabot:f(1) AS ?a) {}"))
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_FUNCTION));
  }

  private void assertFails(String text, ErrorCode code) {
    assertThatThrownBy(() -> database.sql(text).toList())
        .as(text)
        .isInstanceOfSatisfying(
            QueryException.class, e -> assertThat(e.code()).as(text).isEqualTo(code));
  }

  @Test
  void sqlFunctionsAreKeptAndRolledBack(@TempDir Path directory) {
    Path place = directory.resolve("db");
    try (Sabot kept = Sabot.open(place)) {
      kept.sql("CREATE FUNCTION half(x DECIMAL(10, 2)) RETURNS DECIMAL(12, 4) AS $$ x / 2 $$")
          .close();
      try (Session session = kept.begin()) {
        session.run(Language.SQL, "CREATE FUNCTION gone() RETURNS INT AS $$ 1 $$").close();
        assertThat(session.run(Language.SQL, "SELECT gone()").toList()).hasSize(1);
        session.rollback();
      }
    }
    try (Sabot again = Sabot.open(place)) {
      assertThat(again.sql("SELECT half(5.50)").toList().getFirst().get(0))
          .isEqualTo(new java.math.BigDecimal("2.7500"));
      assertThat(again.catalog().functions()).hasSize(1);
      assertThatThrownBy(() -> again.sql("SELECT gone()")).isInstanceOf(QueryException.class);
    }
  }

  // ---- Java

  @Test
  void javaFunctionsOfOneRow() {
    database.register(
        new JavaFunction.Scalar(
            "shout",
            List.of(Type.STRING, Type.INT64),
            Type.STRING,
            args ->
                ((String) args[0]).toUpperCase(java.util.Locale.ROOT)
                    + "!".repeat(Math.toIntExact((Long) args[1]))));
    assertThat(one(Language.SQL, "SELECT shout('hey', 2)")).isEqualTo("HEY!!");
    assertThat(one(Language.SQL, "SELECT shout(NULL, 2)")).isNull();
    assertThat(one(Language.CYPHER, "RETURN shout('hey', 2)")).isEqualTo("HEY!!");
    assertThat(one(Language.SPARQL, "SELECT (sabot:shout('hey', 2) AS ?s) {}")).isEqualTo("HEY!!");
    run("CREATE FUNCTION louder(s VARCHAR) RETURNS VARCHAR AS $$ shout(s, 3) $$");
    assertThat(one(Language.CYPHER, "RETURN louder('a')")).isEqualTo("A!!!");
    assertFails("SELECT shout('x', -1)", ErrorCode.FUNCTION_FAILED);
    database.unregisterFunction("SHOUT");
    assertFails("SELECT shout('x', 1)", ErrorCode.UNKNOWN_FUNCTION);
  }

  @Test
  void javaFunctionsOfManyRows() {
    AtomicInteger calls = new AtomicInteger();
    database.register(
        new JavaFunction.Batch(
            "plus_ten",
            List.of(Type.INT64),
            Type.INT64,
            rows -> {
              calls.incrementAndGet();
              return rows.stream().map(row -> (Long) row[0] + 10).toArray();
            }));
    run(
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b BIGINT)",
        "INSERT INTO t SELECT i, CASE WHEN MOD(i, 2) = 0 THEN i END"
            + " FROM generate_series(1, 5000) AS s(i)");
    assertThat(one(Language.SQL, "SELECT sum(plus_ten(b)) FROM t"))
        .isEqualTo(new java.math.BigDecimal(2500L * 2501 + 2500 * 10).longValue());
    assertThat(calls.get()).isLessThan(20);
    assertThat(one(Language.CYPHER, "MATCH (n:t) RETURN sum(plus_ten(n.b))"))
        .isEqualTo(2500L * 2501 + 2500 * 10);
    assertThat(
            one(
                Language.SPARQL,
                "SELECT (SUM(sabot:plus_ten(?b)) AS ?s) { ?n <http://sabot.local/main/t#b> ?b }"))
        .isEqualTo(2500L * 2501 + 2500 * 10);
  }

  /// The middle of what it was given.
  private static final class Median implements JavaFunction.State {
    private final List<Long> seen = new ArrayList<>();

    @Override
    public void add(Object[] arguments) {
      seen.add((Long) arguments[0]);
    }

    @Override
    public @Nullable Object result() {
      Collections.sort(seen);
      return seen.isEmpty() ? null : seen.get(seen.size() / 2);
    }
  }

  @Test
  void javaAggregates() {
    database.register(
        new JavaFunction.Aggregate("middle", List.of(Type.INT64), Type.INT64, Median::new));
    run(
        "CREATE TABLE t (a INTEGER PRIMARY KEY, g INTEGER, b INTEGER)",
        "INSERT INTO t VALUES (1, 1, 5), (2, 1, 7), (3, 1, 9), (4, 2, 4), (5, 2, NULL)");
    assertThat(all(Language.SQL, "SELECT middle(b) FROM t GROUP BY g ORDER BY g"))
        .containsExactly(7L, 4L);
    assertThat(one(Language.SQL, "SELECT middle(DISTINCT b) FILTER (WHERE b > 5) FROM t"))
        .isEqualTo(9L);
    assertThat(one(Language.SQL, "SELECT middle(b) FROM t WHERE a > 9")).isNull();
    assertThat(
            all(Language.CYPHER, "MATCH (n:t) WITH n.g AS g, middle(n.b) AS m RETURN m ORDER BY g"))
        .containsExactly(7L, 4L);
    assertThat(
            all(
                Language.SPARQL,
                "SELECT (sabot:middle(?b) AS ?m) { ?n <http://sabot.local/main/t#b> ?b ;"
                    + " <http://sabot.local/main/t#g> ?g } GROUP BY ?g ORDER BY ?g"))
        .containsExactly(7L, 4L);
    assertThatThrownBy(() -> database.cypher("MATCH (n:t) WHERE middle(n.b) > 1 RETURN n"))
        .isInstanceOf(QueryException.class);
  }

  @Test
  void javaTables() {
    database.register(
        new JavaFunction.Table(
            "letters",
            List.of(new Field("text", Type.STRING)),
            List.of(new Field("place", Type.INT64), new Field("letter", Type.STRING)),
            args -> {
              List<@Nullable Object[]> rows = new ArrayList<>();
              String text = String.valueOf(args[0]);
              for (int i = 0; i < text.length(); i++) {
                rows.add(new Object[] {i + 1, text.substring(i, i + 1)});
              }
              return rows;
            }));
    assertThat(
            all(
                Language.SQL,
                "SELECT letter FROM TABLE(letters('abc')) AS l WHERE place > 1 ORDER BY place"))
        .containsExactly("b", "c");
    assertThat(
            all(
                Language.SQL,
                "SELECT l.letter FROM (VALUES ('xy'), ('z')) AS v(t),"
                    + " LATERAL TABLE(letters(v.t)) AS l ORDER BY 1"))
        .containsExactly("x", "y", "z");
    run("CREATE TABLE labelled (a INTEGER PRIMARY KEY)");
    assertThat(all(Language.SQL, "SELECT label FROM TABLE(\"db.labels\"())"))
        .containsExactly("labelled");
    assertThat(
            all(
                Language.CYPHER,
                "CALL letters('abc') YIELD place, letter WHERE place > 1 RETURN letter"))
        .containsExactly("b", "c");
    assertThat(
            all(
                Language.SPARQL,
                "SELECT ?letter { SERVICE sabot:sql { [] sabot:text"
                    + " 'SELECT letter FROM TABLE(letters($t))' ; sabot:out (?letter) } }"
                        .replace("$t", "\\'ab\\'")))
        .containsExactly("a", "b");
  }
}
