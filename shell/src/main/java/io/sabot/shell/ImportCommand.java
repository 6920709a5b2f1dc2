package io.sabot.shell;

import io.sabot.engine.Sabot;
import io.sabot.engine.io.BulkLoad;
import io.sabot.engine.io.FileImport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./sabot import`: files into a database, all of them or none.
@Command(
    name = "import",
    description = {
      "Imports files in one transaction: .csv, .tsv, .jsonl, .parquet, .arrow and RDF, also",
      "compressed as .gz, .bz2 or .zst."
    })
final class ImportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "DIR", description = "the database")
  private Path directory = Path.of("");

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "what to import")
  private List<Path> files = List.of();

  @Option(names = "--table", paramLabel = "NAME", description = "the table; named like the file")
  private @Nullable String table;

  @Option(names = "--graph", paramLabel = "IRI", description = "the graph for triples")
  private @Nullable String graph;

  @Option(names = "--max-errors", paramLabel = "N", description = "bad rows to leave out; 0")
  private int errorsMax;

  @Mixin private CommonOptions common = new CommonOptions();

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Sabot database = Sabot.open(directory)) {
      load(database, files, table, graph, errorsMax, console);
      return Main.OK;
    } catch (RuntimeException failed) {
      console.err().print(ErrorText.of(failed, null, common.debug));
      return Main.FAILED;
    }
  }

  /// Imports files in one transaction, with progress.
  static void load(
      Sabot database,
      List<Path> files,
      @Nullable String table,
      @Nullable String graph,
      int errorsMax,
      Console console) {
    try (BulkLoad load = BulkLoad.begin(database)) {
      for (Path file : files) {
        Progress progress = new Progress(console.err(), console.interactive());
        FileImport reader =
            new FileImport(
                table,
                graph,
                errorsMax,
                bad -> console.err().println("left out: " + bad),
                (path, rows, read, total) -> progress.at(path.toString(), rows, read, total));
        progress.done(file.toString(), load.read(reader, file));
      }
      load.commit();
    }
  }
}
