package io.sabot.engine;

import io.sabot.plan.error.QueryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A file of cases, one feature each, in blocks between blank lines. See `scripts/README.md`.
///
/// @param name for messages, with its folder
/// @param language of blocks that name none
record ScriptFile(String name, Language language, List<Block> blocks) {
  /// What a block asks for.
  enum Kind {
    /// A database without anything in it.
    FRESH,
    /// Statements that later blocks rely on.
    SETUP,
    /// A query and what it must give.
    CASE
  }

  /// How a case ends.
  enum Outcome {
    ROWS,
    ROWS_IN_ORDER,
    ERROR
  }

  /// @param title of a case
  /// @param expected rows, or what the message of an error contains
  /// @param code of the expected error; empty when rows are expected
  record Block(
      int line,
      Kind kind,
      Language language,
      String title,
      String text,
      Outcome outcome,
      String code,
      List<String> expected) {}

  int cases() {
    return (int) blocks.stream().filter(block -> block.kind() == Kind.CASE).count();
  }

  static ScriptFile parse(String name, String text) {
    return new Parser(name, text.split("\n", -1)).file();
  }

  /// Reads the lines of a file once, from top to bottom.
  private static final class Parser {
    private final String name;
    private final String[] lines;
    private int at;

    Parser(String name, String[] lines) {
      this.name = name;
      this.lines = lines;
    }

    ScriptFile file() {
      skip();
      String header = lines[at++];
      if (!header.startsWith("lang ")) {
        throw wrong("a file starts with 'lang cypher', 'lang sql' or 'lang sparql'");
      }
      Language language = language(header.substring(5).strip());
      List<Block> blocks = new ArrayList<>();
      while (skip()) {
        blocks.add(block(language));
      }
      return new ScriptFile(name, language, blocks);
    }

    private boolean skip() {
      while (at < lines.length && (lines[at].isBlank() || lines[at].startsWith("#"))) {
        at++;
      }
      return at < lines.length;
    }

    private Block block(Language standard) {
      int line = at + 1;
      List<String> words = Arrays.asList(lines[at++].strip().split(" ", 2));
      Kind kind = kind(words.getFirst());
      String rest = words.size() > 1 ? words.get(1) : "";
      Language language = standard;
      if (kind == Kind.SETUP && !rest.isEmpty()) {
        language = language(rest);
      }
      String text = String.join("\n", until("----"));
      if (kind != Kind.CASE) {
        return new Block(line, kind, language, "", text, Outcome.ROWS, "", List.of());
      }
      if (at >= lines.length || lines[at].isBlank()) {
        throw wrong("a case has a line '----' and what is expected below its query");
      }
      String mark = lines[at++].substring(4).strip();
      boolean error = mark.startsWith("error ");
      Outcome outcome =
          error ? Outcome.ERROR : mark.equals("ordered") ? Outcome.ROWS_IN_ORDER : Outcome.ROWS;
      if (outcome == Outcome.ROWS && !mark.isEmpty()) {
        throw wrong("after '----' stands nothing, 'ordered' or 'error CODE'");
      }
      String code = error ? mark.substring(6).strip() : "";
      return new Block(line, kind, language, rest, text, outcome, code, until(" "));
    }

    /// The lines up to a blank one, or to one that starts with `end`.
    private List<String> until(String end) {
      List<String> found = new ArrayList<>();
      while (at < lines.length && !lines[at].isBlank() && !lines[at].startsWith(end)) {
        found.add(lines[at++]);
      }
      return found;
    }

    private Kind kind(String word) {
      return switch (word) {
        case "fresh" -> Kind.FRESH;
        case "setup" -> Kind.SETUP;
        case "case" -> Kind.CASE;
        default -> throw wrong("a block starts with 'fresh', 'setup' or 'case'");
      };
    }

    private static Language language(String word) {
      return Language.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private IllegalArgumentException wrong(String what) {
      return new IllegalArgumentException(name + ":" + at + ": " + what);
    }
  }

  /// Runs every block; returns what went wrong, each with file and line.
  List<String> run(Path directory, Options options) {
    List<String> complaints = new ArrayList<>();
    int databases = 0;
    Sabot database = Sabot.open(directory.resolve("db" + databases++), options);
    Session session = database.session();
    try {
      for (Block block : blocks) {
        switch (block.kind()) {
          case FRESH -> {
            session.close();
            database.close();
            database = Sabot.open(directory.resolve("db" + databases++), options);
            session = database.session();
          }
          case SETUP -> setup(session, block, complaints);
          case CASE -> check(session, block, complaints);
        }
      }
    } finally {
      session.close();
      database.close();
    }
    return complaints;
  }

  private void setup(Session session, Block block, List<String> complaints) {
    for (String statement : block.text().split(";\n", -1)) {
      try (Result result = session.run(block.language(), statement)) {
        result.toList();
      } catch (QueryException failed) {
        complaints.add(name + ":" + block.line() + ": setup failed: " + failed.getMessage());
      }
    }
  }

  private void check(Session session, Block block, List<String> complaints) {
    List<String> found = new ArrayList<>();
    QueryException error = null;
    try (Result result = session.run(block.language(), block.text())) {
      while (result.hasNext()) {
        found.add(ScriptText.row(result.next(), block.language()));
      }
    } catch (QueryException failed) {
      error = failed;
    }
    String complaint = compare(block, found, error);
    if (!complaint.isEmpty()) {
      complaints.add(
          name + ":" + block.line() + ": " + block.title() + "\n" + block.text() + complaint);
    }
  }

  private static String compare(Block block, List<String> found, @Nullable QueryException error) {
    if (block.outcome() == Outcome.ERROR) {
      boolean right =
          error != null
              && error.code().name().equals(block.code())
              && block.expected().stream().allMatch(text(error)::contains);
      return right
          ? ""
          : "\n  expected "
              + block.code()
              + " "
              + block.expected()
              + "\n  found "
              + seen(error)
              + found;
    }
    if (error != null) {
      return "\n  expected " + block.expected() + "\n  found " + seen(error);
    }
    boolean ordered = block.outcome() == Outcome.ROWS_IN_ORDER;
    List<String> expected = ordered ? block.expected() : sorted(block.expected());
    List<String> rows = ordered ? found : sorted(found);
    return expected.equals(rows) ? "" : "\n  expected " + expected + "\n  found    " + rows;
  }

  private static List<String> sorted(List<String> rows) {
    return rows.stream().sorted().toList();
  }

  private static String seen(@Nullable QueryException error) {
    return error == null ? "" : error.code() + " " + text(error);
  }

  private static String text(QueryException error) {
    String place = error.span() == null ? "" : error.span() + ": ";
    String hint = error.hint().isEmpty() ? "" : " (" + error.hint() + ")";
    return place + error.message() + hint;
  }
}
