package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.plan.error.QueryException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Two databases with the same content, one of them with indexes: whatever is asked in whatever
/// language, and however both change in between, they answer the same. `-Dindex.seeds=` asks more.
class IndexOracleTest {
  private static final int SEEDS = Integer.getInteger("index.seeds", 6);
  private static final int ROUNDS = 12;
  private static final int QUESTIONS = 14;
  private static final String IRI = "http://sabot.local/main/t";

  private static final List<String> SQL_INDEXES =
      List.of(
          "CREATE INDEX t_a ON t (a)",
          "CREATE INDEX t_b ON t (b)",
          "CREATE INDEX t_bc ON t (b, c)",
          "CREATE INDEX t_c ON t (c)",
          "CREATE INDEX t_da ON t (d, a)",
          "CREATE INDEX t_e ON t (e)",
          "CREATE INDEX t_w ON t (w, f)");

  private static final List<String> CYPHER_INDEXES =
      List.of(
          "CREATE INDEX l_p FOR (n:L) ON (n.p)",
          "CREATE INDEX l_qp FOR (n:L) ON (n.q, n.p)",
          "CREATE INDEX r_w FOR ()-[r:R]-() ON (r.w)");

  @Test
  void indexesChangeNoAnswer() {
    long first = Long.getLong("seed", System.nanoTime());
    int used = 0;
    for (int i = 0; i < SEEDS; i++) {
      long seed = first + i;
      System.out.println("IndexOracleTest: -Dseed=" + seed);
      try (Pair pair = new Pair(seed)) {
        used += pair.run();
      }
    }
    assertThat(used).as("questions that an index answered").isGreaterThan(SEEDS * 20);
  }

  private static final class Pair implements AutoCloseable {
    private final Random random;
    private final Sabot plain = Sabot.inMemory();
    private final Sabot indexed = Sabot.inMemory();
    private final Session one = plain.session();
    private final Session two = indexed.session();
    private int nextId = 1;
    private int used;
    private final int[] asked = new int[3];
    private final int[] searched = new int[3];
    private final int[] found = new int[3];

    Pair(long seed) {
      this.random = new Random(seed);
    }

    int run() {
      change(
          Language.SQL,
          "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b VARCHAR, c DOUBLE, d DATE,"
              + " e DECIMAL(10, 2), f BOOLEAN, w DECIMAL(30, 4))");
      change(
          Language.SQL,
          "CREATE TABLE s (k INTEGER, v VARCHAR, t INTEGER REFERENCES t(id), PRIMARY KEY (k, v))");
      for (int i = 0; i < 8; i++) {
        change(Language.SQL, insert(100));
      }
      change(
          Language.SQL,
          "INSERT INTO s SELECT a, b, id FROM t WHERE id < 60 AND b <> ''"
              + " AND a IS NOT NULL AND id IN (SELECT MIN(id) FROM t GROUP BY a, b)");
      change(Language.CYPHER, create(400));
      change(
          Language.CYPHER,
          "MATCH (a:L), (b:L) WHERE a.id % 7 = b.id % 11 AND a.id < 60 AND b.id < 60"
              + " CREATE (a)-[:R {w: a.p}]->(b)");
      for (String index : SQL_INDEXES) {
        two.run(Language.SQL, index).close();
      }
      for (String index : CYPHER_INDEXES) {
        two.run(Language.CYPHER, index).close();
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < QUESTIONS; i++) {
          ask();
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
          change();
        }
        if (random.nextInt(6) == 0) {
          indexed.store().compact();
        }
      }
      assertThat(indexed.check(step -> {})).isEmpty();
      System.out.println(
          "asked "
              + Arrays.toString(asked)
              + ", by an index "
              + Arrays.toString(searched)
              + ", with rows "
              + Arrays.toString(found));
      return used;
    }

    private static String answer(Session session, Language language, String text) {
      try (Result result = session.run(language, text)) {
        return result.toList().stream()
            .map(row -> row.objects().toString())
            .sorted()
            .collect(Collectors.joining("\n"));
      } catch (QueryException failed) {
        return "error " + failed.code();
      }
    }

    private void change(Language language, String text) {
      String mine = answer(one, language, text);
      assertThat(answer(two, language, text)).as(text).isEqualTo(mine);
    }

    private void ask() {
      Language language = List.of(Language.values()).get(random.nextInt(3));
      String text =
          switch (language) {
            case SQL -> sql();
            case CYPHER -> cypher();
            case SPARQL -> sparql();
          };
      boolean inTransaction = random.nextInt(8) == 0;
      if (inTransaction) {
        one.begin();
        two.begin();
        change();
      }
      String expected = answer(one, language, text);
      assertThat(answer(two, language, text)).as(text).isEqualTo(expected);
      if (inTransaction) {
        one.rollback();
        two.rollback();
      }
      boolean isSearched =
          !expected.startsWith("error")
              && two.explain(language, text, Map.of()).contains("index_seek");
      used += isSearched ? 1 : 0;
      asked[language.ordinal()]++;
      searched[language.ordinal()] += isSearched ? 1 : 0;
      found[language.ordinal()] += isSearched && !expected.isEmpty() ? 1 : 0;
    }

    // ---- changes

    private void change() {
      switch (random.nextInt(9)) {
        case 0 -> change(Language.SQL, insert(1 + random.nextInt(40)));
        case 1 -> change(Language.SQL, "DELETE FROM t WHERE id >= 60 AND " + condition());
        case 2 -> change(Language.SQL, "UPDATE t SET a = " + integer() + " WHERE " + condition());
        case 3 -> change(Language.SQL, "UPDATE t SET b = " + text() + " WHERE " + condition());
        case 4 -> change(Language.CYPHER, create(1 + random.nextInt(20)));
        case 5 ->
            change(
                Language.CYPHER, "MATCH (n:L) WHERE " + nodeCondition() + " SET n.p = " + value());
        case 6 -> change(Language.CYPHER, "MERGE (n:L {p: " + number() + "}) SET n.q = " + value());
        case 7 ->
            change(
                Language.CYPHER,
                "MATCH (n:L) WHERE " + nodeCondition() + " AND n.id % 3 = 0 DETACH DELETE n");
        default ->
            change(Language.CYPHER, "MATCH (n:L) WHERE " + nodeCondition() + " REMOVE n:L SET n:M");
      }
    }

    private String insert(int rows) {
      return "INSERT INTO t VALUES "
          + IntStream.range(0, rows)
              .mapToObj(i ->
                  String.format(
                      Locale.ROOT,
                      "(%d, %s, %s, %s, %s, %s, %s, %s)",
                      nextId++,
                      integer(),
                      text(),
                      real(),
                      date(),
                      money(),
                      random.nextBoolean(),
                      random.nextInt(5) == 0 ? "NULL" : "1e20" + random.nextInt(9) + ".5"))
              .map(row -> row.replace("1e20", "10000000000000000000"))
              .collect(Collectors.joining(", "));
    }

    private String create(int nodes) {
      return "CREATE "
          + IntStream.range(0, nodes)
              .mapToObj(i ->
                  (random.nextInt(5) == 0 ? "(:L:M {id: " : "(:L {id: ")
                      + nextId++
                      + (random.nextInt(6) == 0 ? "" : ", p: " + value())
                      + (random.nextInt(6) == 0 ? "" : ", q: " + value())
                      + "})")
              .collect(Collectors.joining(", "));
    }

    // ---- values

    private String integer() {
      return random.nextInt(9) == 0 ? "NULL" : Integer.toString(random.nextInt(120) - 20);
    }

    private String word() {
      String[] words = {
        "", "a", "ab", "zebra", "customer#00000000", "customer#0000000012", "ß", "𝄞"
      };
      String word = words[random.nextInt(words.length)];
      return word + (random.nextBoolean() ? "" : random.nextInt(60));
    }

    private String text() {
      return random.nextInt(9) == 0 ? "NULL" : "'" + word() + "'";
    }

    private String real() {
      String[] special = {"NULL", "0.0", "-0.0", "1e300", "-1e300"};
      return random.nextInt(6) == 0
          ? special[random.nextInt(special.length)]
          : random.nextInt(50) / 4.0 + "e0";
    }

    private String date() {
      return random.nextInt(9) == 0
          ? "NULL"
          : "DATE '20" + (10 + random.nextInt(5)) + "-0" + (1 + random.nextInt(9)) + "-11'";
    }

    private String money() {
      return random.nextInt(9) == 0 ? "NULL" : random.nextInt(300) + "." + (10 + random.nextInt(9));
    }

    private String number() {
      return random.nextBoolean()
          ? Integer.toString(random.nextInt(40))
          : Double.toString(random.nextInt(80) / 2.0);
    }

    private String value() {
      return switch (random.nextInt(8)) {
        case 0, 1, 2 -> number();
        case 3, 4 -> "'" + word() + "'";
        case 5 -> Boolean.toString(random.nextBoolean());
        case 6 -> "date('2020-01-" + (10 + random.nextInt(15)) + "')";
        default -> "[1, " + random.nextInt(3) + "]";
      };
    }

    // ---- SQL

    private String comparison() {
      return List.of("=", "=", "=", "<", "<=", ">", ">=", "<>").get(random.nextInt(8));
    }

    private String condition() {
      return switch (random.nextInt(13)) {
        case 0 -> "id = " + random.nextInt(900);
        case 1 -> "id IN (" + random.nextInt(900) + ", 5, " + random.nextInt(900) + ", 5)";
        case 2 -> "a " + comparison() + " " + random.nextInt(100);
        case 3 -> "a BETWEEN " + random.nextInt(100) + " AND " + random.nextInt(110);
        case 4 -> "b " + comparison() + " '" + word() + "'";
        case 5 -> "b = '" + word() + "' AND c " + comparison() + " " + random.nextInt(50) / 4.0;
        case 6 -> "c " + comparison() + " " + random.nextInt(50) / 4.0 + "e0";
        case 7 -> "d = DATE '2012-03-11' AND a " + comparison() + " " + random.nextInt(100);
        case 8 -> "e " + comparison() + " " + money().replace("NULL", "7");
        case 9 -> "b LIKE 'customer%' AND a = " + random.nextInt(100);
        case 10 -> "w = 100000000000000000000" + random.nextInt(9) + ".5 AND f";
        case 11 -> "a = " + random.nextInt(90) + ".0 OR a = " + random.nextInt(90);
        default -> "c = " + random.nextInt(13) + " AND id > " + random.nextInt(900);
      };
    }

    private String sql() {
      return switch (random.nextInt(5)) {
        case 0 ->
            "SELECT x.id, y.id FROM t x JOIN t y ON x.a = y.a WHERE x.id = " + random.nextInt(900);
        case 1 ->
            "SELECT s.k, s.v, t.e FROM s JOIN t ON s.t = t.id WHERE s.k = " + random.nextInt(60);
        case 2 -> "SELECT COUNT(*), MIN(b) FROM t WHERE " + condition() + " AND " + condition();
        case 3 ->
            "SELECT id FROM t x WHERE EXISTS (SELECT 1 FROM s WHERE s.k = x.a AND s.v = x.b) AND "
                + condition();
        default -> "SELECT id, a, b, c, d, e, f, w FROM t WHERE " + condition();
      };
    }

    // ---- Cypher

    private String nodeCondition() {
      return switch (random.nextInt(8)) {
        case 0 -> "n.p = " + value();
        case 1 -> "n.p " + comparison() + " " + value();
        case 2 -> "n.p IN [" + value() + ", " + value() + ", 3, 3.0, null]";
        case 3 -> "n.q = " + value() + " AND n.p " + comparison() + " " + value();
        case 4 -> "n.p STARTS WITH '" + word() + "'";
        case 5 -> "n.p > " + number() + " AND n.p <= " + number();
        case 6 -> "n.p = " + number() + " OR n.p = " + value();
        default -> "n.q = '" + word() + "'";
      };
    }

    private String cypher() {
      return switch (random.nextInt(7)) {
        case 0 ->
            "UNWIND ["
                + value()
                + ", "
                + value()
                + ", null] AS x MATCH (n:L {p: x}) RETURN x, n.id";
        case 1 -> "MATCH (n:L)-[r:R]-(m) WHERE r.w = " + number() + " RETURN n.id, m.id";
        case 2 ->
            "MATCH (n:L), (m:L) WHERE n.id = "
                + random.nextInt(900)
                + " AND m.p = n.q"
                + " RETURN n.id, m.id";
        case 3 ->
            "MATCH (n:L:M) WHERE "
                + nodeCondition()
                + " OPTIONAL MATCH (n)-[:R]->(m:L)"
                + " RETURN n.id, m.id";
        case 4 -> "MATCH (n:t {a: " + random.nextInt(100) + "}) RETURN n.id, n.b";
        case 5 -> "MATCH (n:t) WHERE n.b = '" + word() + "' AND n.c < 5 RETURN n.id, n.c";
        default -> "MATCH (n:L) WHERE " + nodeCondition() + " RETURN n.id, n.p, n.q";
      };
    }

    // ---- SPARQL

    private String sparql() {
      List<String> patterns = new ArrayList<>();
      patterns.add(
          switch (random.nextInt(6)) {
            case 0 -> "?s <" + IRI + "#a> " + random.nextInt(100);
            case 1 -> "?s <" + IRI + "#b> \"" + word() + "\"";
            case 2 -> "?s <" + IRI + "#a> ?a . FILTER(?a > 60 && ?a <= " + random.nextInt(99) + ")";
            case 3 -> "?s <" + IRI + "#b> ?b . FILTER(?b = \"" + word() + "\")";
            case 4 -> "?s <" + IRI + "#d> \"2012-03-11\"^^<http://www.w3.org/2001/XMLSchema#date>";
            default -> "?s <" + IRI + "#a> ?a . FILTER(?a IN (4, 5.0, \"x\"))";
          });
      return "SELECT ?s ?e WHERE { " + patterns.getFirst() + " . ?s <" + IRI + "#e> ?e }";
    }

    @Override
    public void close() {
      one.close();
      two.close();
      plain.close();
      indexed.close();
    }
  }
}
