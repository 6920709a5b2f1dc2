package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Aggregates over frames that slide over many rows are those of the rows that a join finds.
class SlidingFramesTest {
  private static final int ROWS = 2_500;

  @Test
  void framesHoldTheRowsBetweenTheirBounds() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    try (Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      session
          .run(
              Language.SQL,
              "CREATE TABLE t (id INT PRIMARY KEY, p INT, v INT, d NUMERIC(9, 2), s TEXT)")
          .close();
      List<String> rows = new ArrayList<>();
      for (int id = 0; id < ROWS; id++) {
        boolean isNull = random.nextInt(8) == 0;
        rows.add(
            isNull
                ? "(" + id + ", " + id % 2 + ", NULL, NULL, NULL)"
                : "(%d, %d, %d, %d.%02d, 's%d')"
                    .formatted(
                        id,
                        id % 2,
                        random.nextInt(2_000) - 1_000,
                        random.nextInt(1_000),
                        random.nextInt(100),
                        random.nextInt(500)));
      }
      session.run(Language.SQL, "INSERT INTO t VALUES " + String.join(", ", rows)).close();
      for (int round = 0; round < 4; round++) {
        int before = random.nextInt(2 * ROWS) - ROWS / 2;
        int after = random.nextInt(1_200);
        check(session, -before, -before + after, seed);
      }
    }
  }

  private static void check(Session session, int first, int last, long seed) {
    String results = "sum(%1$sv), min(%1$sv), max(%1$sd), sum(%1$sd), max(%1$ss), count(%1$sv)";
    String frame = "ROWS BETWEEN " + bound(first) + " AND " + bound(last);
    String windows = results.formatted("").replaceAll("\\)", ") OVER w");
    String asWindows =
        "SELECT id, " + windows + " FROM t WINDOW w AS (ORDER BY id " + frame + ") ORDER BY id";
    String asJoin =
        "SELECT a.id, "
            + results.formatted("b.")
            + " FROM t a LEFT JOIN t b ON b.id BETWEEN a.id + "
            + first
            + " AND a.id + "
            + last
            + " GROUP BY a.id ORDER BY a.id";
    assertThat(rows(session, asWindows))
        .as("-Dseed=%d %s", seed, frame)
        .isEqualTo(rows(session, asJoin));
  }

  private static String bound(int distance) {
    return distance < 0 ? -distance + " PRECEDING" : distance + " FOLLOWING";
  }

  private static List<List<Object>> rows(Session session, String sql) {
    List<List<Object>> rows = new ArrayList<>();
    try (Result result = session.run(Language.SQL, sql)) {
      result.forEachRemaining(row -> rows.add(row.objects()));
    }
    return rows;
  }
}
