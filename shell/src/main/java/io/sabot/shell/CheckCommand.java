package io.sabot.shell;

import io.sabot.engine.Sabot;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `./sabot check`: reads everything in a database and compares what must agree.
@Command(name = "check", description = "Verifies every block, index and constraint of a database.")
final class CheckCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "DIR", description = "the database")
  private Path directory = Path.of("");

  @Mixin private CommonOptions common = new CommonOptions();

  CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Sabot database = Sabot.open(directory)) {
      List<String> problems = database.check(step -> console.err().println("checking " + step));
      problems.forEach(console.out()::println);
      console.out().println(problems.isEmpty() ? "no problems" : problems.size() + " problems");
      return problems.isEmpty() ? Main.OK : Main.FAILED;
    } catch (RuntimeException failed) {
      console.err().print(ErrorText.of(failed, null, common.debug));
      return Main.FAILED;
    }
  }
}
