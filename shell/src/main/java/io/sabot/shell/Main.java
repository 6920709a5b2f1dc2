package io.sabot.shell;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/// Entry point of `./sabot`.
public final class Main {
  static final int OK = 0;
  static final int FAILED = 1;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(Console.system(), arguments));
  }

  /// Runs a command line and returns its exit code: 0, 1 when the command failed, 2 when the
  /// command line is wrong.
  static int run(Console console, String... arguments) {
    CommandLine line = new CommandLine(new ReplCommand(console));
    line.addSubcommand("run", new RunCommand(console));
    line.addSubcommand("import", new ImportCommand(console));
    line.addSubcommand("export", new ExportCommand(console));
    line.addSubcommand("demo", new DemoCommand(console));
    line.addSubcommand("check", new CheckCommand(console));
    line.addSubcommand("shacl", new ShaclCommand(console));
    line.addSubcommand("map", new MapCommand(console));
    line.addSubcommand("infer", new InferCommand(console));
    line.addSubcommand("stats", new StatsCommand(console));
    line.addSubcommand("backup", new BackupCommand(console));
    line.addSubcommand("restore", new RestoreCommand(console));
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((failed, command, parsed) -> {
      console.err().print(ErrorText.of(failed, null, false));
      return FAILED;
    });
    int code = line.execute(arguments);
    console.out().flush();
    return code;
  }
}
