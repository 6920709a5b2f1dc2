package io.sabot.shell;

import io.sabot.engine.Session;
import io.sabot.engine.io.Shacl;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./sabot shacl`: whether the triples of a database are as shapes say.
@Command(
    name = "shacl",
    description = "Validates a graph by SHACL Core shapes; 1 if it does not conform.")
final class ShaclCommand extends DatabaseCommand {
  @Parameters(index = "1", paramLabel = "SHAPES", description = "a file in any RDF syntax")
  private Path shapes = Path.of("");

  @Option(names = "--graph", paramLabel = "IRI", description = "a named graph, not the default")
  private @Nullable String graph;

  @Option(names = "--turtle", description = "the report as RDF")
  private boolean turtle;

  ShaclCommand(Console console) {
    super(console);
  }

  @Override
  int run(Session session) {
    Shacl.Report report = Shacl.validate(session, graph, shapes);
    if (turtle) {
      report.write(console.out());
    } else {
      report.findings().forEach(finding -> console.out().println(line(finding)));
      int count = report.findings().size();
      console.out().println(report.conforms() ? "conforms" : count + " findings");
    }
    return report.conforms() ? Main.OK : Main.FAILED;
  }

  private static String line(Shacl.Finding finding) {
    String path = finding.path().isEmpty() ? "" : " " + finding.path();
    String value = finding.value().isEmpty() ? "" : " " + finding.value();
    return finding.severity() + " " + finding.node() + path + value + ": " + finding.message();
  }
}
