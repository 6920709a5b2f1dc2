package io.sabot.engine.duck;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Row;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What holds of every query, whatever its answer: the rows for which a condition is true, false
/// and null are all rows (ternary logic partitioning), and as many rows pass a condition as have it
/// true when it is only computed (NoREC). The data is full of nulls and of numbers that are none.
///
/// `-Dsql.seeds=N` asks about N conditions, `-Dseed=S` starts at that one.
class DivisionTest {
  private static final int CONDITIONS_A_DATABASE = 100;

  @Test
  void conditionsDivideRows() {
    int seeds = Integer.getInteger("sql.seeds", 2_000);
    long first = Long.getLong("seed", System.nanoTime());
    List<String> differences = new ArrayList<>();
    for (long seed = first; seed < first + seeds && differences.size() < 5; ) {
      long end = Math.min(first + seeds, seed + CONDITIONS_A_DATABASE);
      check(seed, end, differences);
      seed = end;
    }
    assertThat(differences).as("-Dseed=%d", first).isEmpty();
  }

  private static void check(long from, long to, List<String> differences) {
    try (Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      List<String> statements = SqlRows.statements(new Random(from));
      statements.forEach(sql -> session.run(Language.SQL, sql).close());
      Options options = session.options();
      for (long seed = from; seed < to; seed++) {
        session.setOptions(options.withOptimizer(seed % 4 != 0));
        SqlGenerator.Division division = new SqlGenerator(new Random(seed)).division();
        String complaint = complaint(session, division);
        if (!complaint.isEmpty()) {
          differences.add(
              "-Dseed=%d (rows of -Dseed=%d)%n%s%n%s%n%s"
                  .formatted(seed, from, String.join(";\n", statements), division, complaint));
        }
      }
    }
  }

  private static String complaint(Session session, SqlGenerator.Division division) {
    String all = "SELECT " + division.results() + " FROM " + division.from();
    String condition = "(" + division.condition() + ")";
    try {
      List<String> parts = new ArrayList<>(rows(session, all + " WHERE " + condition));
      int passed = parts.size();
      parts.addAll(rows(session, all + " WHERE NOT " + condition));
      parts.addAll(rows(session, all + " WHERE " + condition + " IS NULL"));
      parts.sort(null);
      List<String> whole = new ArrayList<>(rows(session, all));
      whole.sort(null);
      if (!parts.equals(whole)) {
        return "parts " + parts + "\nwhole " + whole;
      }
      String computed =
          "SELECT count(*) FROM (SELECT "
              + condition
              + " AS c FROM "
              + division.from()
              + ") q WHERE c";
      String counted =
          "SELECT coalesce(sum(CASE WHEN "
              + condition
              + " THEN 1 ELSE 0 END), 0) FROM "
              + division.from();
      String one = rows(session, computed).getFirst();
      String other = rows(session, counted).getFirst();
      String expected = List.of((long) passed).toString();
      return one.equals(expected) && other.equals(expected)
          ? ""
          : passed + " rows pass, " + one + " and " + other + " are counted";
    } catch (RuntimeException failed) {
      return "fails: " + failed;
    }
  }

  private static List<String> rows(Session session, String sql) {
    try (Result result = session.run(Language.SQL, sql)) {
      List<String> rows = new ArrayList<>();
      while (result.hasNext()) {
        Row row = result.next();
        List<Object> cells = new ArrayList<>();
        for (int c = 0; c < row.size(); c++) {
          cells.add(String.valueOf(row.get(c)));
        }
        rows.add(cells.toString());
      }
      return rows;
    }
  }
}
