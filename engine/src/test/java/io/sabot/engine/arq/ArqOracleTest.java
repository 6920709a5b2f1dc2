package io.sabot.engine.arq;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.jena.query.QueryExecException;
import org.apache.jena.shared.JenaException;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.junit.jupiter.api.Test;

/// Random SPARQL has the answer that ARQ's reference engine gives, with the optimizer on and off,
/// in batches of one, three and many rows.
///
/// `-Darq.seeds=N` asks N queries, `-Dseed=S` starts at that one.
class ArqOracleTest {
  private static final int QUERIES_A_DATABASE = 20;
  private static final int DIFFERENCES_MAX = Integer.getInteger("arq.differences", 5);
  private static final List<Integer> BATCHES = List.of(1, 3, Options.defaults().batchRows());

  private int unanswered;

  @Test
  void answersAreThoseOfArq() {
    int seeds = Integer.getInteger("arq.seeds", 2_000);
    long first = Long.getLong("seed", System.nanoTime());
    List<String> differences = new ArrayList<>();
    for (long seed = first; seed < first + seeds && differences.size() < DIFFERENCES_MAX; ) {
      // The data is that of the block of seeds, so that one seed alone has it too.
      long end =
          Math.min(
              first + seeds, (Math.floorDiv(seed, QUERIES_A_DATABASE) + 1) * QUERIES_A_DATABASE);
      ask(seed, end, differences);
      seed = end;
    }
    assertThat(differences).as("-Dseed=%d", first).isEmpty();
    assertThat(unanswered).as("queries that ARQ has no answer to").isLessThanOrEqualTo(seeds / 100);
  }

  private void ask(long from, long to, List<String> differences) {
    Draw draw = Draw.of(Math.floorDiv(from, QUERIES_A_DATABASE));
    List<Quad> quads = RandomQuads.draw(draw, draw.chance(25));
    DatasetGraph dataset = RandomQuads.dataset(quads);
    try (Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      RandomQuads.load(database, quads);
      Options options = session.options();
      for (long seed = from; seed < to; seed++) {
        Piece query = new SparqlGenerator(Draw.of(seed), quads).next();
        int batch = BATCHES.get((int) Math.floorMod(seed, BATCHES.size()));
        session.setOptions(options.withBatchRows(batch));
        if (!difference(dataset, session, query.text()).isEmpty()) {
          differences.add("-Dseed=%d%n%s".formatted(seed, smallest(quads, query, batch)));
        }
      }
    }
  }

  /// Empty when both answers are that of ARQ.
  private String difference(DatasetGraph dataset, Session session, String query) {
    List<String> expected;
    try {
      expected = Arq.reference(dataset, query);
    } catch (QueryExecException noAnswer) {
      // Too late, or an internal error: where a blank node or a literal is tried for a predicate.
      unanswered++;
      return "";
    }
    Options options = session.options();
    String on = answer(session, options.withOptimizer(true), query);
    String off = answer(session, options.withOptimizer(false), query);
    session.setOptions(options);
    String wanted = expected.toString();
    return on.equals(off) && (on.equals(wanted) || Arq.isOfMain(dataset, query, on))
        ? ""
        : "  ARQ: %s%n  on:  %s%n  off: %s".formatted(wanted, on, off);
  }

  private static String answer(Session session, Options options, String query) {
    session.setOptions(options);
    try (Result result = session.run(Language.SPARQL, query)) {
      return Answer.of(result).toString();
    } catch (RuntimeException failed) {
      return "fails: " + failed;
    }
  }

  /// The difference again, with as little query and data as still shows it.
  private String smallest(List<Quad> quads, Piece query, int batch) {
    Predicate<Piece> differs = piece -> !difference(quads, piece.text(), batch).isEmpty();
    Piece small = differs.test(query) ? shrunk(query, differs) : query;
    List<Quad> few = new ArrayList<>(quads);
    for (int i = few.size() - 1; i >= 0; i--) {
      Quad quad = few.remove(i);
      if (difference(few, small.text(), batch).isEmpty()) {
        few.add(i, quad);
      }
    }
    return "%s%n%s%n%s%n  main: %s%n  batches of %d; as drawn: %s"
        .formatted(
            RandomQuads.text(few),
            small.text(),
            difference(few, small.text(), batch),
            Arq.main(RandomQuads.dataset(few), small.text()),
            batch,
            query.text());
  }

  private static Piece shrunk(Piece query, Predicate<Piece> differs) {
    for (Piece less : query.smaller()) {
      if (less.text().length() < query.text().length() && differs.test(less)) {
        return shrunk(less, differs);
      }
    }
    return query;
  }

  private String difference(List<Quad> quads, String query, int batch) {
    try (Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      RandomQuads.load(database, quads);
      session.setOptions(session.options().withBatchRows(batch));
      return difference(RandomQuads.dataset(quads), session, query);
    } catch (JenaException malformedOrUnfit) {
      return "";
    }
  }
}
