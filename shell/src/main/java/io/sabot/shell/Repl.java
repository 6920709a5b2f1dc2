package io.sabot.shell;

import io.sabot.engine.Language;
import io.sabot.engine.Result;
import io.sabot.engine.Sabot;
import io.sabot.engine.Session;
import io.sabot.engine.Settings;
import io.sabot.plan.error.Errors;
import io.sabot.shell.output.ResultFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the shell does with a line, apart from reading it.
final class Repl implements AutoCloseable {
  private static final String HELP =
      """
      Statements end in ; and may take several lines. The language is recognised, or fixed:
        :sql  :cypher  :sparql  :auto    fix the language, or recognise it; with a query: run that
        :explain QUERY                   its plan in every phase
        :profile QUERY                   runs it; its plan with rows and times
        :schema                          tables, labels, relationships, RDF mappings, prefixes
        :import FILE... [--table NAME] [--graph IRI]
        :format NAME                     table, csv, tsv, json, jsonl, markdown, sparql-json,
                                         sparql-xml, sparql-csv, sparql-tsv
        :timing on|off                   rows and time after each result
        :set NAME VALUE                  memory_limit, timeout, threads, optimizer
        BEGIN; COMMIT; ROLLBACK;         a transaction, over all languages
        :quit                            or Ctrl-D; Ctrl-C stops a running query
      """;

  private final Sabot database;
  private final Console console;
  private final Appendable out;
  private final boolean debug;
  private final Session session;
  private @Nullable Language fixed;
  private ResultFormat.Name format = ResultFormat.Name.TABLE;
  private boolean timing = true;
  private boolean failed;

  Repl(Sabot database, Console console, Appendable out, boolean debug) {
    this.database = database;
    this.console = console;
    this.out = out;
    this.debug = debug;
    this.session = database.session();
  }

  Session session() {
    return session;
  }

  /// Whether the last line failed.
  boolean failed() {
    return failed;
  }

  Collection<String> keywords() {
    return fixed == null ? Keywords.all() : Keywords.of(fixed);
  }

  String prompt() {
    String language = fixed == null ? "sabot" : fixed.toString();
    return language + (session.inTransaction() ? "*> " : "> ");
  }

  /// Commands and statements of a text.
  List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (statement.toString().isBlank() && line.strip().startsWith(":")) {
        parts.add(line.strip());
        continue;
      }
      statement.append(line).append('\n');
      if (QueryText.of(statement.toString()).isComplete()) {
        parts.add(statement.toString());
        statement.setLength(0);
      }
    }
    if (!QueryText.of(statement.toString()).code().isBlank()) {
      parts.add(statement.toString());
    }
    return parts;
  }

  /// Carries out a line; false for the end.
  boolean handle(String line) {
    String text = line.strip();
    failed = false;
    if (text.isEmpty()) {
      return true;
    }
    if (List.of("quit", "exit", ":quit", ":q", ":exit").contains(text)) {
      return false;
    }
    try {
      if (text.startsWith(":")) {
        command(text.substring(1));
      } else {
        query(language(line), line);
      }
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError wrong) {
      failed = true;
      console.out().flush();
      console.err().print(ErrorText.of(wrong, text.startsWith(":") ? null : line, debug));
    }
    return true;
  }

  private Language language(String text) {
    if (fixed != null && !isTransactionControl(text)) {
      return fixed;
    }
    return LanguageGuess.require(text);
  }

  private static boolean isTransactionControl(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s*(transaction)?\\s*;.*", "");
    return List.of("begin", "commit", "rollback").contains(word);
  }

  private void query(Language language, String text) {
    new QueryPrinter(session, out, console.err()).run(language, text, Map.of(), format, timing);
  }

  private void command(String text) {
    String name = text.split("\\s", 2)[0];
    String rest = text.substring(name.length()).strip();
    switch (name) {
      case "sql", "cypher", "sparql" -> {
        Language language = Language.of(name).orElseThrow();
        if (rest.isEmpty()) {
          fixed = language;
        } else {
          query(language, rest);
        }
      }
      case "auto" -> fixed = null;
      case "explain" -> print(session.explain(language(rest), whole(rest), Map.of()));
      case "profile" -> profile(rest);
      case "schema" -> print(SchemaText.of(session.catalog()));
      case "import" -> importFiles(rest);
      case "format" ->
          format =
              ResultFormat.Name.of(rest)
                  .orElseThrow(() ->
                      Errors.invalidArgument(
                          "formats are " + Arrays.toString(ResultFormat.Name.values())));
      case "timing" -> timing = !rest.equals("off");
      case "set" -> set(rest);
      case "help", "h", "?" -> print(HELP);
      default -> throw Errors.invalidArgument("there is no command ':" + name + "'; " + hint(name));
    }
  }

  private static String hint(String name) {
    String near = Errors.didYouMean(name, ReplCommand.COMMANDS);
    return near.isEmpty() ? ":help lists them" : near;
  }

  private static String whole(String text) {
    return QueryText.of(text).withoutLastSemicolon();
  }

  private void profile(String text) {
    StringBuilder lines = new StringBuilder();
    try (Result result = session.profile(language(text), whole(text), Map.of())) {
      result.forEachRemaining(row -> lines.append(row.get(0)).append('\n'));
    }
    print(lines.toString());
  }

  private void set(String text) {
    String[] words = text.replace('=', ' ').split("\\s+");
    if (words.length != 2) {
      print(
          "memory_limit "
              + session.options().memoryLimitBytes()
              + " bytes\ntimeout "
              + session.options().timeout().toMillis()
              + " ms\nthreads "
              + session.options().threads()
              + "\noptimizer "
              + (session.options().optimizer() ? "on" : "off")
              + "\n");
      return;
    }
    session.setOptions(Settings.apply(session.options(), words[0], words[1]));
  }

  private void importFiles(String text) {
    List<Path> files = new ArrayList<>();
    String table = null;
    String graph = null;
    String[] words = text.split("\\s+");
    for (int i = 0; i < words.length; i++) {
      if (words[i].equals("--table") && i + 1 < words.length) {
        table = words[++i];
      } else if (words[i].equals("--graph") && i + 1 < words.length) {
        graph = words[++i];
      } else if (!words[i].isEmpty()) {
        files.add(Path.of(words[i]));
      }
    }
    ImportCommand.load(database, files, table, graph, 0, console);
  }

  private void print(String text) {
    try {
      out.append(text).append(text.endsWith("\n") ? "" : "\n");
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
