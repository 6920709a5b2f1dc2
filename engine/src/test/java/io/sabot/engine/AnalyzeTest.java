package io.sabot.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.Statistics.ColumnStatistics;
import io.sabot.plan.value.Value;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// ANALYZE counts live rows, keeps what it found, and the optimizer estimates by it.
class AnalyzeTest {
  @Test
  void countsWhatIsThere(@TempDir Path directory) {
    try (Sabot database = Sabot.open(directory.resolve("db"));
        Session session = database.session()) {
      run(session, "CREATE TABLE t (id BIGINT PRIMARY KEY, skewed BIGINT, some BIGINT)");
      run(
          session,
          "INSERT INTO t SELECT x, CASE WHEN x <= 19000 THEN MOD(x, 10) ELSE x * 100 END,"
              + " CASE WHEN MOD(x, 4) = 0 THEN NULL ELSE MOD(x, 7) END"
              + " FROM TABLE(CYPHER('UNWIND range(1, 20000) AS i RETURN i AS x')) AS r(x)");
      run(session, "DELETE FROM t WHERE id > 19500");
      run(session, "ANALYZE t");
      verify(session);
    }
    try (Sabot database = Sabot.open(directory.resolve("db"));
        Session session = database.session()) {
      verify(session);
      run(session, "ANALYZE");
      verify(session);
      assertThat(database.check(step -> {})).isEmpty();
      run(session, "DROP TABLE t");
    }
    try (Sabot database = Sabot.open(directory.resolve("db"))) {
      assertThat(database.check(step -> {})).isEmpty();
    }
  }

  private static void verify(Session session) {
    ColumnStatistics id = column(session, "id");
    assertThat(id.distinct()).isCloseTo(19_500, within(1_500.0));
    assertThat(id.max()).isEqualTo(Value.of(19_500));
    assertThat(id.bounds()).hasSize(33);
    ColumnStatistics some = column(session, "some");
    assertThat(some.distinct()).isCloseTo(7, within(0.5));
    assertThat(some.nullFraction()).isCloseTo(0.25, within(0.01));
    // All but one part in 39 is below 10: by the ends alone half of the rows would be above.
    ColumnStatistics skewed = column(session, "skewed");
    assertThat(skewed.bounds().stream().filter(v -> ((Value.Int) v).value() < 10).count())
        .isGreaterThan(30);
  }

  private static ColumnStatistics column(Session session, String name) {
    Catalog catalog = session.catalog();
    var table = catalog.table("main", "t").orElseThrow();
    return catalog
        .statistics()
        .column(table.id(), table.column(name).orElseThrow().id())
        .orElseThrow();
  }

  private static void run(Session session, String text) {
    session.run(Language.SQL, text).close();
  }
}
