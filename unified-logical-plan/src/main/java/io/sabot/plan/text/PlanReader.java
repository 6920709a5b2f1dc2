package io.sabot.plan.text;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.text.Tokens.Kind;
import io.sabot.plan.text.Tokens.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads logical plans from text.
///
/// It reads what {@link PlanText#exact} writes, and the same without ids as long as names are
/// unique: `x:INT64?` defines a column, `x` uses it.
public final class PlanReader {
  /// @param columns hands out columns that the plan does not have
  public record Read(LogicalNode plan, ColumnAllocator columns) {}

  private record Line(int depth, String text) {}

  private final List<Line> lines = new ArrayList<>();
  private final Map<String, Column> columns = new HashMap<>();
  private int next;
  private int highestId;

  private PlanReader(String text) {
    for (String line : text.split("\n", -1)) {
      if (!line.isBlank()) {
        String trimmed = line.stripLeading();
        lines.add(new Line((line.length() - trimmed.length()) / 2, trimmed.stripTrailing()));
      }
    }
  }

  public static Read read(String text) {
    PlanReader reader = new PlanReader(text);
    reader.lines.forEach(line -> reader.writtenIds(new Tokens(line.text())));
    reader.lines.forEach(line -> reader.define(new Tokens(line.text())));
    LogicalNode plan = reader.node();
    if (reader.next < reader.lines.size()) {
      throw new IllegalArgumentException(
          "plan text goes on after its root: " + reader.lines.get(reader.next).text());
    }
    return new Read(plan, new ColumnAllocator(reader.highestId + 1));
  }

  private void writtenIds(Tokens in) {
    List<Token> tokens = in.all();
    for (int i = 1; i + 1 < tokens.size(); i++) {
      if (tokens.get(i).text().equals("#") && tokens.get(i + 1).kind() == Kind.NUMBER) {
        highestId = Math.max(highestId, Integer.parseInt(tokens.get(i + 1).text()));
      }
    }
  }

  /// Finds the columns that a line defines: a name, perhaps an id, a colon and a type.
  private void define(Tokens in) {
    while (in.peek().kind() != Kind.END) {
      boolean name = in.peek().kind() == Kind.NAME || in.peek().kind() == Kind.QUOTED;
      boolean plain = in.peek(1).text().equals(":");
      boolean numbered = in.peek(1).text().equals("#") && in.peek(3).text().equals(":");
      if (name && (plain || numbered) && !isLiteral(in.peek())) {
        defineColumn(in);
      } else {
        in.take();
      }
    }
  }

  private static boolean isLiteral(Token token) {
    return token.kind() == Kind.NAME
        && (token.text().equals("null")
            || token.text().equals("true")
            || token.text().equals("false"));
  }

  private void defineColumn(Tokens in) {
    String name = in.peek().text();
    String key = ExprReader.key(in);
    in.expect(":");
    var type = new ExprReader(in, columns).type();
    boolean nullable = in.accept("?");
    int mark = key.length() > name.length() ? name.length() : -1;
    int id = mark >= 0 ? Integer.parseInt(key.substring(mark + 1)) : ++highestId;
    columns.putIfAbsent(key, new Column(id, name, type, nullable));
  }

  private LogicalNode node() {
    Line line = lines.get(next++);
    List<LogicalNode> inputs = new ArrayList<>();
    while (next < lines.size() && lines.get(next).depth() == line.depth() + 1) {
      inputs.add(node());
    }
    Tokens in = new Tokens(line.text());
    LogicalNode node = new NodeReader(new ExprReader(in, columns), inputs).node();
    in.end();
    return node;
  }
}
