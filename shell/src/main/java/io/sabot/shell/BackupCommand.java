package io.sabot.shell;

import io.sabot.engine.Sabot;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `./sabot backup`: copies a database.
@Command(name = "backup", description = "Copies a database with checksums into a new directory.")
final class BackupCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "DIR", description = "the database")
  private Path directory = Path.of("");

  @Parameters(index = "1", paramLabel = "TARGET", description = "where the backup goes")
  private Path target = Path.of("");

  @Mixin private CommonOptions common = new CommonOptions();

  BackupCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Sabot database = Sabot.open(directory)) {
      database.backup(target);
      console.err().println("backed up to " + target);
      return Main.OK;
    } catch (RuntimeException failed) {
      console.err().print(ErrorText.of(failed, null, common.debug));
      return Main.FAILED;
    }
  }
}
