package io.sabot.engine;

import io.sabot.plan.error.QueryException;
import io.sabot.plan.function.Casts;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;

/// A file of SQL with expected results, after sqllogictest: blocks between blank lines, each
/// `statement` or `query` (then `sorted` if the order does not matter) or `error`, the SQL, and
/// below `----` the rows with cells between bars, or the message.
record SqlScript(List<Block> blocks) {
  record Block(int line, String kind, String sql, List<String> expected) {}

  static SqlScript parse(String text) {
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
      StringBuilder sql = new StringBuilder();
      while (i < lines.length && !lines[i].isBlank() && !lines[i].equals("----")) {
        sql.append(lines[i++]).append('\n');
      }
      List<String> expected = new ArrayList<>();
      if (i < lines.length && lines[i].equals("----")) {
        i++;
        while (i < lines.length && !lines[i].isBlank()) {
          expected.add(lines[i++]);
        }
      }
      blocks.add(new Block(start, kind, sql.toString(), expected));
    }
    return new SqlScript(blocks);
  }

  /// What went wrong; empty when nothing did.
  List<String> run(Session session) {
    List<String> complaints = new ArrayList<>();
    for (Block block : blocks) {
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
                + block.sql().strip()
                + "\n  expected "
                + expected
                + "\n  found    "
                + found);
      }
    }
    return complaints;
  }

  private static List<String> rows(Session session, Block block) {
    List<String> rows = new ArrayList<>();
    try (Result result = session.run(Language.SQL, block.sql())) {
      if (block.kind().equals("statement")) {
        return rows;
      }
      while (result.hasNext()) {
        rows.add(String.join("|", result.next().values().stream().map(SqlScript::cell).toList()));
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

  private static String cell(Value value) {
    return switch (value) {
      case Value.Null _ -> "NULL";
      case Value.Duration duration -> io.sabot.plan.value.Durations.text(duration);
      case Value.ListValue(var items) -> items.stream().map(SqlScript::cell).toList().toString();
      case Value.Bytes(String hex) -> hex;
      default -> Casts.text(value);
    };
  }
}
