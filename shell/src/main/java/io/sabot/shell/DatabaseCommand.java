package io.sabot.shell;

import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// A command that opens a database, does one thing in a session, and says what went wrong.
abstract class DatabaseCommand implements Callable<Integer> {
  final Console console;

  @Parameters(index = "0", paramLabel = "DIR", description = "the database")
  private Path directory = Path.of("");

  @Mixin private CommonOptions common = new CommonOptions();

  DatabaseCommand(Console console) {
    this.console = console;
  }

  /// Returns the exit status.
  abstract int run(Session session);

  /// The query that positions in errors are of, if there is one.
  @Nullable String text() {
    return null;
  }

  @Override
  public final Integer call() {
    try (Sabot database = Sabot.open(directory);
        Session session = database.session()) {
      return run(session);
    } catch (RuntimeException failed) {
      console.err().print(ErrorText.of(failed, text(), common.debug));
      return Main.FAILED;
    }
  }
}
