package io.sabot.shell.output;

import io.sabot.engine.Result;
import io.sabot.plan.type.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/// A table for reading. Widths come from the first rows; later rows that are wider stick out.
final class TableFormat implements ResultFormat {
  private static final int SAMPLE_ROWS = 1000;
  private static final int WIDTH_MAX = 80;

  @Override
  public long write(Result result, Appendable out) throws IOException {
    int columns = result.columns().size();
    if (columns == 0) {
      while (result.hasNext()) {
        result.next();
      }
      return 0;
    }
    List<String[]> sample = new ArrayList<>();
    int[] widths = new int[columns];
    for (int c = 0; c < columns; c++) {
      widths[c] = width(result.columns().get(c));
    }
    while (sample.size() < SAMPLE_ROWS && result.hasNext()) {
      String[] cells = cells(result);
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], Math.min(WIDTH_MAX, width(cells[c])));
      }
      sample.add(cells);
    }
    List<Type> types = result.types();
    line(out, result.columns().toArray(String[]::new), widths, types);
    rule(out, widths);
    for (String[] cells : sample) {
      line(out, cells, widths, types);
    }
    long rows = sample.size();
    for (; result.hasNext(); rows++) {
      line(out, cells(result), widths, types);
    }
    return rows;
  }

  private static String[] cells(Result result) {
    return result.next().objects().stream()
        .map(object -> object == null ? "∅" : clean(ValueText.of(object)))
        .toArray(String[]::new);
  }

  private static String clean(String text) {
    return text.replace("\n", "⏎").replace("\r", "").replace('\t', ' ');
  }

  private static void line(Appendable out, String[] cells, int[] widths, List<Type> types)
      throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < cells.length; c++) {
      String padding = " ".repeat(Math.max(0, widths[c] - width(cells[c])));
      line.append(c == 0 ? " " : " │ ");
      line.append(types.get(c).isNumeric() ? padding + cells[c] : cells[c] + padding);
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }

  private static void rule(Appendable out, int[] widths) throws IOException {
    for (int c = 0; c < widths.length; c++) {
      out.append(c == 0 ? "" : "┼").append("─".repeat(widths[c] + 2));
    }
    out.append('\n');
  }

  /// Columns that a text takes on a terminal.
  private static int width(String text) {
    return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
  }
}
