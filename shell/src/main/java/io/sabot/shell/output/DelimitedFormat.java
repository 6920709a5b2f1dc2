package io.sabot.shell.output;

import io.sabot.engine.Result;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/// Separated values: CSV as in RFC 4180 (with plain line ends), TSV with backslash escapes.
final class DelimitedFormat implements ResultFormat {
  private final char separator;
  private final UnaryOperator<String> escape;

  private DelimitedFormat(char separator, UnaryOperator<String> escape) {
    this.separator = separator;
    this.escape = escape;
  }

  static DelimitedFormat csv() {
    return new DelimitedFormat(',', DelimitedFormat::quote);
  }

  static DelimitedFormat tsv() {
    return new DelimitedFormat(
        '\t',
        text ->
            text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r"));
  }

  private static String quote(String text) {
    boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return isPlain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }

  @Override
  public long write(Result result, Appendable out) throws IOException {
    // A query that fails in its first batch writes nothing.
    boolean any = result.hasNext();
    if (any || !result.columns().isEmpty()) {
      line(out, result.columns());
    }
    long rows = 0;
    for (; result.hasNext(); rows++) {
      line(out, result.next().objects());
    }
    return rows;
  }

  private void line(Appendable out, List<?> cells) throws IOException {
    for (int c = 0; c < cells.size(); c++) {
      if (c > 0) {
        out.append(separator);
      }
      out.append(escape.apply(ValueText.plain(cells.get(c))));
    }
    out.append('\n');
  }
}
