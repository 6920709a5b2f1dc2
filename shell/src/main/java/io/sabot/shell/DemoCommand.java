package io.sabot.shell;

import io.sabot.engine.Sabot;
import io.sabot.shell.demo.Demo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./sabot demo`: WordNet in tables, asked in three languages.
@Command(
    name = "demo",
    description = "Loads WordNet and asks it in three languages, then opens a shell on it.")
final class DemoCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--no-shell", description = "end after the questions")
  private boolean noShell;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "where to keep the database; a new temporary directory")
  private @Nullable Path directory;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try {
      Path place = directory != null ? directory : Files.createTempDirectory("sabot-demo");
      try {
        return run(place);
      } finally {
        if (directory == null) {
          delete(place);
        }
      }
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    } catch (RuntimeException failed) {
      console.out().flush();
      console.err().print(ErrorText.of(failed, null, common.debug));
      return Main.FAILED;
    }
  }

  private int run(Path place) throws IOException {
    int failures = new Demo(place, console.out(), console.err(), common.debug).run();
    console.out().flush();
    if (noShell || !console.interactive()) {
      return failures == 0 ? Main.OK : Main.FAILED;
    }
    try (Sabot database = Sabot.open(place)) {
      return ReplCommand.start(database, console, common.debug);
    }
  }

  private static void delete(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
