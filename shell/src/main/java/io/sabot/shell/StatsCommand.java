package io.sabot.shell;

import io.sabot.engine.Sabot;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `./sabot stats`: what a database holds and what that takes.
@Command(
    name = "stats",
    description = "Shows the sizes of tables, indexes and files of a database.")
final class StatsCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "DIR", description = "the database")
  private Path directory = Path.of("");

  @Mixin private CommonOptions common = new CommonOptions();

  StatsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Sabot database = Sabot.open(directory)) {
      console.out().print(database.storageReport());
      return Main.OK;
    } catch (RuntimeException failed) {
      console.err().print(ErrorText.of(failed, null, common.debug));
      return Main.FAILED;
    }
  }
}
