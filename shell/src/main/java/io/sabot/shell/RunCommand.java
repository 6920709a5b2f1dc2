package io.sabot.shell;

import io.sabot.engine.Language;
import io.sabot.engine.Options;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.engine.Settings;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.shell.output.ResultFormat;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

/// `./sabot run`: one text, its results, and an exit code.
@Command(
    name = "run",
    description = "Runs a query and prints its result; - reads it from standard input.")
final class RunCommand implements Callable<Integer> {
  private final Console console;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--db", paramLabel = "DIR", description = "the database; in memory without")
  private @Nullable Path directory;

  @Option(names = "--lang", paramLabel = "L", description = "sql, cypher or sparql; recognised")
  private @Nullable Language language;

  @Option(
      names = "--format",
      paramLabel = "F",
      description = {
        "table, csv, tsv, json, jsonl or markdown; as W3C defines",
        "them sparql-json, sparql-xml, sparql-csv or sparql-tsv"
      })
  private ResultFormat.@Nullable Name format;

  @Option(names = "-p", paramLabel = "NAME=VALUE", description = "a parameter; values are JSON")
  private List<String> parameters = List.of();

  @Option(names = "--memory-limit", paramLabel = "SIZE", description = "such as 512MB")
  private @Nullable String memoryLimit;

  @Option(names = "--timeout", paramLabel = "TIME", description = "such as 30s")
  private @Nullable String timeout;

  @Option(names = "--set", paramLabel = "NAME=VALUE", description = "any setting, as SET does")
  private Map<String, String> settings = Map.of();

  @Option(names = "-f", paramLabel = "FILE", description = "read the query from a file")
  private @Nullable Path file;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(arity = "0..1", paramLabel = "QUERY", description = "the query, or -")
  private @Nullable String query;

  RunCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String text = null;
    try {
      text = text();
      run(text);
      return Main.OK;
    } catch (QueryException | UncheckedIOException | StackOverflowError failed) {
      console.out().flush();
      console.err().print(ErrorText.of(failed, text, common.debug));
      return Main.FAILED;
    }
  }

  private void run(String text) {
    Options options = Options.defaults();
    options = memoryLimit == null ? options : Settings.apply(options, "memory_limit", memoryLimit);
    options = timeout == null ? options : Settings.apply(options, "timeout", timeout);
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      options = Settings.apply(options, setting.getKey(), setting.getValue());
    }
    Map<String, @Nullable Object> values = io.sabot.shell.Parameters.of(parameters);
    Language asked = language != null ? language : LanguageGuess.require(text);
    try (Sabot database =
            directory == null ? Sabot.inMemory(options) : Sabot.open(directory, options);
        Session session = database.session();
        Writer out =
            new BufferedWriter(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8))) {
      ResultFormat.Name chosen = format;
      if (chosen == null) {
        chosen = console.interactive() ? ResultFormat.Name.TABLE : ResultFormat.Name.CSV;
      }
      try {
        new QueryPrinter(session, out, console.err(), true).run(asked, text, values, chosen, true);
      } finally {
        out.flush();
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private String text() {
    CommandSpec command = Objects.requireNonNull(spec);
    String given = query;
    if ((given == null) == (file == null)) {
      throw new CommandLine.ParameterException(
          command.commandLine(), "give one query: as an argument, with -f FILE, or - for stdin");
    }
    try {
      if (given == null) {
        return Files.readString(Objects.requireNonNull(file));
      }
      return given.equals("-")
          ? new String(console.in().readAllBytes(), StandardCharsets.UTF_8)
          : given;
    } catch (IOException unreadable) {
      throw new QueryException(
          ErrorCode.FILE_ERROR,
          null,
          "the query file '" + file + "' cannot be read: " + reason(unreadable),
          "");
    }
  }

  static String reason(IOException failed) {
    return failed instanceof java.nio.file.NoSuchFileException
        ? "there is no such file"
        : String.valueOf(failed.getMessage());
  }
}
