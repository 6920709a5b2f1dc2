package io.sabot.shell;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What every command understands.
@Command
final class CommonOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this help")
  private boolean help;

  @Option(names = "--debug", description = "show stack traces")
  boolean debug;
}
