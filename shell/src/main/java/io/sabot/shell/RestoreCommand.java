package io.sabot.shell;

import io.sabot.engine.Sabot;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `./sabot restore`: makes a database of a backup.
@Command(name = "restore", description = "Makes a database of a backup, comparing every checksum.")
final class RestoreCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "BACKUP", description = "the backup")
  private Path backup = Path.of("");

  @Parameters(index = "1", paramLabel = "DIR", description = "where the database goes")
  private Path directory = Path.of("");

  @Mixin private CommonOptions common = new CommonOptions();

  RestoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try {
      Sabot.restore(backup, directory);
      console.err().println("restored to " + directory);
      return Main.OK;
    } catch (RuntimeException failed) {
      console.err().print(ErrorText.of(failed, null, common.debug));
      return Main.FAILED;
    }
  }
}
