package io.sabot.shell;

import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.engine.infer.Inference;
import io.sabot.engine.infer.RuleSet;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./sabot infer`: fills a graph with what follows from the triples of a database.
@Command(
    name = "infer",
    description =
        "Fills a named graph with what the default graph implies; see it with SET entailment.")
final class InferCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "DIR", description = "the database")
  private Path directory = Path.of("");

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

  @Mixin private CommonOptions common = new CommonOptions();

  InferCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try {
      RuleSet set = RuleSet.named(rules).orElseThrow(this::unknown);
      try (Sabot database = Sabot.open(directory);
          Session session = database.session()) {
        Inference.Outcome outcome =
            Inference.infer(
                session,
                set,
                graph,
                round ->
                    console
                        .err()
                        .println("round " + round.rounds() + ": " + round.triples() + " triples"));
        console
            .out()
            .println(
                outcome.triples()
                    + " triples in <"
                    + graph
                    + ">; SET entailment = '"
                    + graph
                    + "'");
      }
      return Main.OK;
    } catch (RuntimeException failed) {
      console.err().print(ErrorText.of(failed, null, common.debug));
      return Main.FAILED;
    }
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
