package io.sabot.shell;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Where a command reads and writes. Results go to `out`, everything else to `err`.
///
/// @param interactive whether a person sits at a terminal
record Console(InputStream in, PrintStream out, PrintStream err, boolean interactive) {
  static Console system() {
    java.io.Console terminal = System.console();
    return new Console(
        System.in,
        new PrintStream(System.out, false, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        terminal != null && terminal.isTerminal());
  }
}
