package io.sabot.shell;

import io.sabot.engine.Session;
import io.sabot.engine.infer.Inference;
import io.sabot.engine.infer.RuleSet;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./sabot infer`: fills a graph with what follows from the triples of a database.
@Command(
    name = "infer",
    description =
        "Fills a named graph with what the default graph implies; see it with SET entailment.")
final class InferCommand extends DatabaseCommand {
  @Option(
      names = "--rules",
      paramLabel = "SET",
      defaultValue = "rdfs",
      description =
          "rdfs (default), rdf-full, rdfs-full, owl-rl, owl-rl-same (with owl:sameAs), owl-rl-full")
  private String rules = "";

  @Option(
      names = "--into",
      paramLabel = "IRI",
      defaultValue = "http://sabot.local/inferred",
      description = "the graph to fill; default: ${DEFAULT-VALUE}")
  private String graph = "";

  InferCommand(Console console) {
    super(console);
  }

  @Override
  int run(Session session) {
    RuleSet set = RuleSet.named(rules).orElseThrow(this::unknown);
    Inference.Outcome outcome = Inference.infer(session, set, graph, this::progress);
    console
        .out()
        .printf(
            Locale.ROOT,
            "%d triples in <%s>; SET entailment = '%s'%n",
            outcome.triples(),
            graph,
            graph);
    return Main.OK;
  }

  private void progress(Inference.Outcome round) {
    console.err().println("round " + round.rounds() + ": " + round.triples() + " triples");
  }

  private QueryException unknown() {
    String known =
        Arrays.stream(RuleSet.values()).map(RuleSet::word).collect(Collectors.joining(", "));
    return new QueryException(
        ErrorCode.INVALID_ARGUMENT,
        null,
        "there is no set of rules called '" + rules + "'",
        "the sets are " + known);
  }
}
