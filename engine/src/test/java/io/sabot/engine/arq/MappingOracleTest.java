package io.sabot.engine.arq;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import java.util.ArrayList;
import java.util.List;
import org.apache.jena.query.QueryExecException;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.junit.jupiter.api.Test;

/// Random SPARQL over tables that a random R2RML mapping shows as RDF, some quads beside them, has
/// the answer that ARQ's reference engine gives over the triples of the mapping, with the optimizer
/// on and off.
///
/// `-Dmapping.seeds=N` draws N mappings, `-Dseed=S` starts at that one.
class MappingOracleTest {
  private static final int QUERIES_A_MAPPING = 8;
  private static final int DIFFERENCES_MAX = 3;
  private static final List<String> ALWAYS =
      List.of(
          "SELECT * { ?s ?p ?o }",
          "SELECT * { GRAPH ?g { ?s ?p ?o } }",
          "SELECT ?g { GRAPH ?g {} }",
          "SELECT * { ?s <http://x/p> ?x ; <http://x/q> ?y }",
          "SELECT * { ?s <http://x/p> ?o . ?o ?p ?x }",
          "SELECT * { ?s ?p ?o . ?t ?p ?o }",
          "SELECT ?p ?o { <http://x/a> ?p ?o }",
          "SELECT ?s ?p { ?s ?p <http://x/b> }",
          "SELECT ?s ?c { ?s a ?c OPTIONAL { ?s <http://x/r> ?o } FILTER(!BOUND(?o)) }",
          "SELECT * { ?s (<http://x/p>|^<http://x/q>)+ ?o }",
          "SELECT * { <http://x/a> (!<http://x/q>)* ?o }",
          "SELECT * { ?s (<http://x/p>/<http://x/q>?)* <http://x/b> }",
          "SELECT * { GRAPH ?g { ?s (<http://x/r>|<http://x/p>)* ?o } }");

  @Test
  void answersAreThoseOfTheTriplesThatRowsGive() {
    int seeds = Integer.getInteger("mapping.seeds", 30);
    long first = Long.getLong("seed", System.nanoTime());
    List<String> differences = new ArrayList<>();
    for (long seed = first; seed < first + seeds && differences.size() < DIFFERENCES_MAX; seed++) {
      ask(seed, differences);
    }
    assertThat(differences).as("-Dseed=%d", first).isEmpty();
  }

  private static void ask(long seed, List<String> differences) {
    Draw draw = Draw.of(seed);
    RandomMapping mapping = RandomMapping.draw(draw);
    List<Quad> stored = draw.chance(50) ? List.of() : RandomQuads.draw(draw, false);
    List<Quad> all = new ArrayList<>(stored);
    mapping.quads().stream().filter(quad -> !all.contains(quad)).forEach(all::add);
    DatasetGraph dataset = RandomQuads.dataset(all);
    try (Sabot database = Sabot.inMemory();
        Session session = database.session()) {
      RandomQuads.load(database, stored);
      mapping.statements().forEach(text -> session.run(Language.SQL, text).close());
      List<String> queries = new ArrayList<>(ALWAYS);
      for (int i = 0; i < QUERIES_A_MAPPING; i++) {
        queries.add(new SparqlGenerator(draw, all).next().text());
      }
      for (String query : queries) {
        String difference = difference(dataset, session, query);
        if (!difference.isEmpty()) {
          differences.add(
              "-Dseed=%d%n%s%n%s%n%s%n%s"
                  .formatted(
                      seed,
                      String.join(";\n", mapping.statements()),
                      RandomQuads.text(stored),
                      query,
                      difference));
          return;
        }
      }
    }
  }

  private static String difference(DatasetGraph dataset, Session session, String query) {
    String wanted;
    try {
      wanted = Arq.reference(dataset, query).toString();
    } catch (QueryExecException noAnswer) {
      return "";
    }
    String on = answer(session, true, query);
    String off = answer(session, false, query);
    return on.equals(off) && (on.equals(wanted) || Arq.isOfMain(dataset, query, on))
        ? ""
        : "  ARQ: %s%n  on:  %s%n  off: %s".formatted(wanted, on, off);
  }

  private static String answer(Session session, boolean optimizer, String query) {
    Options options = session.options();
    session.setOptions(options.withOptimizer(optimizer));
    try (Result result = session.run(Language.SPARQL, query)) {
      return Answer.of(result).toString();
    } catch (RuntimeException failed) {
      return "fails: " + failed;
    } finally {
      session.setOptions(options);
    }
  }
}
