package io.sabot.tck.slt;

import io.sabot.tck.slt.SltRecord.Order;
import io.sabot.tck.slt.SltRecord.Query;
import io.sabot.tck.slt.SltRecord.Statement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a test file record by record. Records that are only for another engine (`onlyif`) are
/// passed over; those that another engine skips (`skipif`) are not.
final class SltReader implements AutoCloseable {
  private static final String RESULT = "----";

  private final BufferedReader lines;
  private int line;

  SltReader(Reader text) {
    this.lines = new BufferedReader(text, 1 << 16);
  }

  /// The next record; null at the end, or where the file says to stop.
  @Nullable SltRecord next() {
    boolean wanted = true;
    for (String text = read(); text != null; text = read()) {
      if (text.startsWith("onlyif")) {
        wanted = false;
        continue;
      }
      int start = line;
      if (text.startsWith("statement")) {
        boolean fails = text.startsWith("error", "statement ".length());
        String sql = sql();
        if (wanted) {
          return new Statement(start, sql, fails);
        }
        wanted = true;
      } else if (text.startsWith("query")) {
        Query query = query(start, text);
        if (wanted) {
          return query;
        }
        wanted = true;
      } else if (text.startsWith("halt")) {
        if (wanted) {
          return null;
        }
        wanted = true;
      } else if (text.startsWith("hash-threshold")) {
        wanted = true;
      }
    }
    return null;
  }

  private Query query(int start, String head) {
    String[] words = head.split(" +");
    Order order =
        switch (words.length > 2 ? words[2] : "nosort") {
          case "nosort" -> Order.AS_RETURNED;
          case "rowsort" -> Order.BY_ROW;
          case "valuesort" -> Order.BY_VALUE;
          default -> throw new IllegalArgumentException("line " + start + ": " + head);
        };
    String sql = sql();
    List<String> expected = new ArrayList<>();
    for (String text = read(); text != null && !text.isEmpty(); text = read()) {
      expected.add(text);
    }
    return new Query(start, sql, words[1], order, expected);
  }

  /// The lines up to an empty one or the bar above a result.
  private String sql() {
    StringBuilder sql = new StringBuilder();
    for (String text = read();
        text != null && !text.isEmpty() && !text.equals(RESULT);
        text = read()) {
      sql.append(sql.isEmpty() ? "" : "\n").append(text);
    }
    return sql.toString();
  }

  private @Nullable String read() {
    try {
      line++;
      return lines.readLine();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    try {
      lines.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
