package io.sabot.shell;

import io.sabot.engine.Sabot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.builtins.Less;
import org.jline.builtins.Source;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// The shell on a terminal: editing, history, completion, a pager, and Ctrl-C for the running
/// query.
final class TerminalShell {
  /// A result that is longer is cut; a file takes all of it (`./sabot run`).
  private static final int OUTPUT_CHARS_MAX = 64 << 20;

  private TerminalShell() {}

  static void run(Sabot database, Console console, boolean debug) throws IOException {
    Buffer output = new Buffer();
    try (Terminal terminal = TerminalBuilder.builder().system(true).build();
        Repl repl = new Repl(database, console, output, debug)) {
      LineReader reader = reader(terminal, repl);
      terminal.writer().println("Sabot. SQL, openCypher or SPARQL, ended by ;  (:help for more)");
      terminal.handle(Terminal.Signal.INT, signal -> repl.session().cancel());
      while (true) {
        String line;
        try {
          line = reader.readLine(repl.prompt());
        } catch (UserInterruptException dropLine) {
          continue;
        } catch (EndOfFileException end) {
          return;
        }
        boolean goOn = repl.handle(line);
        show(terminal, output);
        if (!goOn) {
          return;
        }
      }
    }
  }

  private static LineReader reader(Terminal terminal, Repl repl) throws IOException {
    Path home = Path.of(System.getProperty("user.home"), ".sabot");
    Files.createDirectories(home);
    return LineReaderBuilder.builder()
        .terminal(terminal)
        .parser(new QueryLineParser())
        .highlighter(new QueryHighlighter())
        .completer(new QueryCompleter(repl.session(), repl::keywords))
        .variable(LineReader.HISTORY_FILE, home.resolve("history"))
        .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P  > ")
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
        .option(LineReader.Option.CASE_INSENSITIVE, true)
        .build();
  }

  private static void show(Terminal terminal, Buffer output) throws IOException {
    String text = output.take();
    long lines = text.lines().count();
    if (lines < Math.max(10, terminal.getHeight() - 2)) {
      terminal.writer().print(text);
      terminal.writer().flush();
      return;
    }
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      Less pager = new Less(terminal, Path.of(""));
      pager.chopLongLines = true;
      pager.run(new Source.InputStreamSource(new ByteArrayInputStream(bytes), true, "result"));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// What a command printed, up to a limit.
  private static final class Buffer implements Appendable {
    private final StringBuilder text = new StringBuilder();

    @Override
    public Buffer append(CharSequence part) {
      if (text.length() < OUTPUT_CHARS_MAX) {
        text.append(part);
      }
      return this;
    }

    @Override
    public Buffer append(CharSequence part, int start, int end) {
      return append(part.subSequence(start, end));
    }

    @Override
    public Buffer append(char c) {
      return append(String.valueOf(c));
    }

    String take() {
      String taken = text.length() < OUTPUT_CHARS_MAX ? text.toString() : text + "\n(cut here)\n";
      text.setLength(0);
      return taken;
    }
  }
}
