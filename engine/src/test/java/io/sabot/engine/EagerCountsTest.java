package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Counting the rows of a join without making them gives the counts of the rows.
class EagerCountsTest {
  private final Sabot database = Sabot.inMemory();

  @BeforeEach
  void fill() {
    // 40 values of k on each side, 50 rows of each and some nulls: their join has 100,000 rows.
    for (String table : List.of("a", "b")) {
      database
          .sql("CREATE TABLE " + table + " (id INTEGER PRIMARY KEY, k INTEGER, v INTEGER)")
          .close();
      database
          .sql(
              "INSERT INTO "
                  + table
                  + " WITH RECURSIVE n (i) AS"
                  + " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                  + " SELECT i, CASE WHEN MOD(i, 97) = 0 THEN NULL ELSE MOD(i, 40) END,"
                  + " CASE WHEN MOD(i, 3) = 0 THEN NULL ELSE MOD(i, 7) END FROM n")
          .close();
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM a JOIN b ON a.k = b.k",
        "SELECT count(*) FROM a LEFT JOIN b ON a.k = b.k AND b.v = 3",
        "SELECT count(b.v), count(*) FROM a LEFT JOIN b ON a.k = b.k",
        "SELECT a.v, count(*), min(b.v), max(b.id), count(DISTINCT b.k)"
            + " FROM a JOIN b ON a.k = b.k GROUP BY a.v",
        "SELECT count(*) FROM a JOIN b ON a.k = b.k JOIN a AS c ON c.k = b.k WHERE c.v > 5",
        "SELECT count(*) FROM a JOIN b ON a.k = b.k AND a.v < b.v",
        "SELECT count(*) FROM a JOIN b ON a.k = b.k WHERE a.id < 0",
        "SELECT a.k, count(*) FROM a JOIN b ON a.k = b.k WHERE a.id < 0 GROUP BY a.k",
        "SELECT count(*) FILTER (WHERE a.v = 1) FROM a JOIN b ON a.k = b.k"
      })
  void countsAreTheSame(String sql) {
    assertThat(rows(sql, true)).isEqualTo(rows(sql, false));
  }

  @Test
  void sidesAreGroupedBeforeTheyAreJoined() {
    assertThat(database.explain(Language.SQL, "SELECT count(*) FROM a JOIN b ON a.k = b.k"))
        .contains("weight");
    // A sum needs every row.
    assertThat(database.explain(Language.SQL, "SELECT sum(a.v) FROM a JOIN b ON a.k = b.k"))
        .doesNotContain("weight");
  }

  private List<String> rows(String sql, boolean optimizer) {
    try (Session session = database.session()) {
      session.setOptions(session.options().withOptimizer(optimizer));
      try (Result result = session.run(Language.SQL, sql)) {
        return result.toList().stream().map(row -> row.objects().toString()).sorted().toList();
      }
    }
  }
}
