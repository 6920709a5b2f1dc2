package io.sabot.shell;

import io.sabot.engine.Sabot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./sabot [DIR]`: the shell.
@Command(
    name = "sabot",
    description = "One engine, your language: SQL, openCypher and SPARQL over one store.",
    version = "Sabot 0.1.0",
    footer = {
      "",
      "Without a command: a shell on the database in DIR, or on one in memory.",
      "./sabot tck and ./sabot bench run the conformance suites and the benchmarks."
    })
final class ReplCommand implements Callable<Integer> {
  static final List<String> COMMANDS =
      List.of(
          "sql", "cypher", "sparql", "auto", "explain", "profile", "schema", "import", "format",
          "timing", "set", "help", "quit");

  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--version", versionHelp = true, description = "show the version")
  private boolean version;

  @Parameters(arity = "0..1", paramLabel = "DIR", description = "the database")
  private @Nullable Path directory;

  ReplCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    refuseMistypedCommand();
    try (Sabot database = directory == null ? Sabot.inMemory() : Sabot.open(directory)) {
      return start(database, console, common.debug);
    } catch (RuntimeException failed) {
      console.err().print(ErrorText.of(failed, null, common.debug));
      return Main.FAILED;
    }
  }

  /// A bare word that names nothing is more likely a mistyped command than a new database.
  private void refuseMistypedCommand() {
    Path given = directory;
    if (given == null || Files.exists(given) || given.toString().contains("/")) {
      return;
    }
    throw new CommandLine.ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "there is no command and no database '"
            + given
            + "'; to create a database there, write ./"
            + given);
  }

  /// A shell on a terminal; without one the statements of standard input, one after the other,
  /// until one fails.
  static int start(Sabot database, Console console, boolean debug) {
    try {
      if (console.interactive()) {
        TerminalShell.run(database, console, debug);
        return Main.OK;
      }
      try (Repl repl = new Repl(database, console, console.out(), debug)) {
        String text = new String(console.in().readAllBytes(), StandardCharsets.UTF_8);
        for (String part : repl.parts(text)) {
          if (!repl.handle(part)) {
            return repl.failed() ? Main.FAILED : Main.OK;
          }
          if (repl.failed()) {
            return Main.FAILED;
          }
        }
        return Main.OK;
      }
    } catch (IOException unusable) {
      console.err().println("error: " + unusable.getMessage());
      return Main.FAILED;
    }
  }
}
