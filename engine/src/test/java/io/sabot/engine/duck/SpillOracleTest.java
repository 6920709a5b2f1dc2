package io.sabot.engine.duck;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.engine.Spilling;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random SQL has the same answer when every operator that can spill does so at its second batch,
/// with batches of one row and of some.
///
/// `-Dspill.seeds=N` asks N queries, `-Dseed=S` starts at that one.
class SpillOracleTest {
  private static final int QUERIES_A_DATABASE = 50;
  private static final Spilling ALWAYS = Spilling.DEFAULT.withAlways(true);

  @Test
  void answersAreTheSameFromDisk() {
    int seeds = Integer.getInteger("spill.seeds", 100);
    long first = Long.getLong("seed", System.nanoTime());
    List<String> differences = new ArrayList<>();
    for (long seed = first; seed < first + seeds && differences.size() < 5; ) {
      long end = Math.min(first + seeds, seed + QUERIES_A_DATABASE);
      ask(seed, end, differences);
      seed = end;
    }
    assertThat(differences).as("-Dseed=%d", first).isEmpty();
  }

  private static void ask(long from, long to, List<String> differences) {
    try (Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      List<String> rows = SqlRows.statements(new Random(from));
      for (String sql : rows) {
        session.run(Language.SQL, sql).close();
      }
      Options options = session.options();
      for (long seed = from; seed < to; seed++) {
        String sql = new SqlGenerator(new Random(seed)).next();
        session.setOptions(options);
        String expected = SortedRows.of(session, sql);
        for (int batchRows : new int[] {1, 3}) {
          session.setOptions(options.withBatchRows(batchRows).withThreads(2).withSpilling(ALWAYS));
          String found = SortedRows.of(session, sql);
          if (!found.equals(expected)) {
            differences.add(
                "-Dseed=%d (rows of -Dseed=%d), batches of %d%n%s%n%s%n  memory: %s%n  disk:   %s"
                    .formatted(
                        seed, from, batchRows, String.join(";\n", rows), sql, expected, found));
          }
        }
      }
    }
  }
}
