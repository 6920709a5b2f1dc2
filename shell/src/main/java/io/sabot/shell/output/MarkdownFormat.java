package io.sabot.shell.output;

import io.sabot.engine.Result;
import java.io.IOException;
import java.util.List;

/// A Markdown table.
final class MarkdownFormat implements ResultFormat {
  @Override
  public long write(Result result, Appendable out) throws IOException {
    // A query that fails in its first batch writes nothing.
    boolean any = result.hasNext();
    if (any || !result.columns().isEmpty()) {
      line(out, result.columns());
      line(out, result.types().stream().map(t -> t.isNumeric() ? "---:" : "---").toList());
    }
    long rows = 0;
    for (; result.hasNext(); rows++) {
      line(out, result.next().objects());
    }
    return rows;
  }

  private static void line(Appendable out, List<?> cells) throws IOException {
    out.append('|');
    for (Object cell : cells) {
      String text = ValueText.of(cell).replace("|", "\\|").replace("\n", "<br>");
      out.append(' ').append(text).append(" |");
    }
    out.append('\n');
  }
}
