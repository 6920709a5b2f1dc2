package io.sabot.bench.sparql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares the rows of stores, without their order.
final class Answers {
  private static final int SHOWN = 2;

  private Answers() {}

  /// A line for each row, sorted: equal for stores that give the same rows.
  static List<String> sorted(List<List<@Nullable Object>> rows) {
    List<String> lines = new ArrayList<>(rows.size());
    for (List<@Nullable Object> row : rows) {
      StringBuilder line = new StringBuilder();
      row.forEach(cell -> line.append(text(cell)).append('\t'));
      lines.add(line.toString());
    }
    lines.sort(null);
    return lines;
  }

  /// Numbers that are equal have the same text.
  private static String text(@Nullable Object cell) {
    return cell instanceof BigDecimal number
        ? number.stripTrailingZeros().toPlainString()
        : String.valueOf(cell);
  }

  static String difference(List<String> rows, List<String> expected) {
    List<String> added = without(rows, expected);
    List<String> missing = without(expected, rows);
    return String.join(
        " ",
        rows.size() + " rows instead of " + expected.size() + ";",
        added.size() + " others, as " + added.subList(0, Math.min(SHOWN, added.size())) + ";",
        missing.size() + " missing, as " + missing.subList(0, Math.min(SHOWN, missing.size())));
  }

  private static List<String> without(List<String> rows, List<String> others) {
    List<String> rest = new ArrayList<>();
    int at = 0;
    for (String row : rows) {
      while (at < others.size() && others.get(at).compareTo(row) < 0) {
        at++;
      }
      if (at < others.size() && others.get(at).equals(row)) {
        at++;
      } else {
        rest.add(row);
      }
    }
    return rest;
  }
}
