package io.sabot.engine.infer;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Result;
import io.sabot.engine.Session;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Forward chaining: applies rules to the default graph until nothing new follows, and keeps what
/// follows in a named graph, the inferred graph. Rows of tables and elements of the native graph
/// are premises like every triple; each rule is an update of SPARQL, planned like any other.
///
/// Queries see it where the setting `entailment` names the graph: then the default graph of SPARQL
/// is the merge of both.
public final class Inference {
  /// How often all rules are applied at most. Chains of transitive properties double in length each
  /// time, so that a store that needs more has rules that do not end.
  static final int ROUNDS_MAX = 1_000;

  /// What may stand in IRIREF of the SPARQL grammar: the graph's name is part of updates.
  private static final Pattern IRI = Pattern.compile("[^\\x00-\\x20<>\"{}|^`\\\\]+");

  private Inference() {}

  /// What inferring did.
  ///
  /// @param triples that the inferred graph has now
  /// @param rounds how often all rules were applied
  public record Outcome(long triples, int rounds) {}

  /// Fills a graph with what follows from the default graph. What it held is dropped first. All is
  /// one transaction, the session's own if it has one.
  ///
  /// @param graph IRI of the inferred graph
  /// @param progress told after each round
  public static Outcome infer(
      Session session, RuleSet set, String graph, Consumer<Outcome> progress) {
    if (!IRI.matcher(graph).matches()) {
      throw new QueryException(
          ErrorCode.INVALID_ARGUMENT, null, "'" + graph + "' is not an IRI for a graph", "");
    }
    Options before = session.options();
    boolean own = !session.inTransaction();
    if (own) {
      session.begin();
    }
    try {
      session.setOptions(before.withEntailment(graph));
      Outcome outcome = chain(session, Rule.of(set), graph, progress);
      if (own) {
        session.commit();
      }
      return outcome;
    } finally {
      session.setOptions(before);
      if (own && session.inTransaction()) {
        session.rollback();
      }
    }
  }

  private static Outcome chain(
      Session session, List<Rule> rules, String graph, Consumer<Outcome> progress) {
    run(session, "DROP SILENT GRAPH <" + graph + ">");
    long triples = 0;
    for (int round = 1; round <= ROUNDS_MAX; round++) {
      long found = 0;
      for (Rule rule : rules) {
        found += run(session, rule.update(graph));
      }
      triples += found;
      Outcome outcome = new Outcome(triples, round);
      progress.accept(outcome);
      if (found == 0) {
        return outcome;
      }
    }
    throw new QueryException(
        ErrorCode.INVALID_ARGUMENT,
        null,
        "the rules give new triples after " + ROUNDS_MAX + " rounds",
        "a property chain or restriction may feed itself");
  }

  private static long run(Session session, String update) {
    try (Result result = session.run(Language.SPARQL, update)) {
      return result.summary().quadsInserted();
    }
  }
}
