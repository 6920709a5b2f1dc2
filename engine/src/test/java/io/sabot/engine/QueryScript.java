package io.sabot.engine;

import io.sabot.plan.error.QueryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A file of queries with expected results, after sqllogictest: blocks between blank lines, each
/// `statement` or `query` (then `sorted` if the order does not matter) or `error`, the text, and
/// below `----` the rows with cells between bars, or the message.
///
/// A word before (`sql`, `cypher`, `sparql`) runs a block in another language than the file's. The
/// block `reopen` closes the database and opens it again.
record QueryScript(Language language, List<Block> blocks) {
  record Block(int line, Language language, String kind, String text, List<String> expected) {}

  static QueryScript parse(String text, Language language) {
    List<Block> blocks = new ArrayList<>();
    String[] lines = text.split("\n", -1);
    int i = 0;
    while (i < lines.length) {
      if (lines[i].isBlank() || lines[i].startsWith("#")) {
        i++;
        continue;
      }
      int start = i + 1;
      String kind = lines[i++].strip();
      Language own = language;
      for (Language other : Language.values()) {
        String word = other.name().toLowerCase(Locale.ROOT) + " ";
        if (kind.startsWith(word)) {
          own = other;
          kind = kind.substring(word.length());
        }
      }
      StringBuilder query = new StringBuilder();
      while (i < lines.length && !lines[i].isBlank() && !lines[i].equals("----")) {
        query.append(lines[i++]).append('\n');
      }
      List<String> expected = new ArrayList<>();
      if (i < lines.length && lines[i].equals("----")) {
        i++;
        while (i < lines.length && !lines[i].isBlank()) {
          expected.add(lines[i++]);
        }
      }
      blocks.add(new Block(start, own, kind, query.toString(), expected));
    }
    return new QueryScript(language, blocks);
  }

  /// What went wrong; empty when nothing did.
  List<String> run(Path directory, Options options) {
    List<String> complaints = new ArrayList<>();
    Sabot database = Sabot.open(directory, options);
    Session session = database.session();
    try {
      for (Block block : blocks) {
        if (block.kind().equals("reopen")) {
          session.close();
          database.close();
          database = Sabot.open(directory, options);
          session = database.session();
        } else {
          check(session, block, complaints);
        }
      }
    } finally {
      session.close();
      database.close();
    }
    return complaints;
  }

  private static void check(Session session, Block block, List<String> complaints) {
    List<String> found = rows(session, block);
    List<String> expected = block.expected();
    if (block.kind().equals("query sorted")) {
      found = found.stream().sorted().toList();
      expected = expected.stream().sorted().toList();
    }
    boolean right = block.kind().equals("statement") ? found.isEmpty() : found.equals(expected);
    if (!right) {
      complaints.add(
          "line "
              + block.line()
              + ": "
              + block.text().strip()
              + "\n  expected "
              + expected
              + "\n  found    "
              + found);
    }
  }

  private static List<String> rows(Session session, Block block) {
    List<String> rows = new ArrayList<>();
    try (Result result = session.run(block.language(), block.text())) {
      if (block.kind().equals("statement")) {
        return rows;
      }
      while (result.hasNext()) {
        rows.add(ScriptText.row(result.next(), block.language()));
      }
    } catch (QueryException failed) {
      String hint = failed.hint().isEmpty() ? "" : " (" + failed.hint() + ")";
      String place = failed.span() == null ? "" : failed.span() + ": ";
      rows.add(place + failed.message() + hint);
      if (failed.getCause() != null && failed.code().name().equals("INTERNAL")) {
        failed.getCause().printStackTrace();
      }
    }
    return rows;
  }
}
