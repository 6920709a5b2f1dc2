package io.sabot.tck.tpcds;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One query of TPC-DS. The texts are those that the Trino project publishes (Apache-2.0), read
/// from its artefact on the class path; both engines get the same text, changed as follows and in
/// no other way:
///
/// 1. `${database}.${schema}.` before a table is left out: the tables stand in the default schema.
/// 2. A semicolon at the end is left out.
/// 3. Where there is an ORDER BY, all columns of the result follow its keys. The specification
///    leaves open which of several equal rows come first, and so which are cut off by a LIMIT; with
///    every column as a last resort the answer is determined, and compared row by row.
///
/// 4. The divisors of Q12, Q20, Q90 and Q98 are wrapped in `NULLIF(..., 0)`. They are sums and
///    counts that may be zero at a small scale, and a division by zero is an error in SQL but null
///    in DuckDB.
///
/// @param number 1 to 99
/// @param text after all changes but the third
record TpcdsQuery(int number, String text) {
  static final int COUNT = 99;

  private static final String ORDER_BY = "ORDER BY ";
  private static final String LIMIT = "LIMIT ";
  private static final List<String> DIVISORS_ZERO =
      List.of(
          "\"sum\"(\"sum\"(\"ws_ext_sales_price\")) OVER (PARTITION BY \"i_class\")",
          "\"sum\"(\"sum\"(\"cs_ext_sales_price\")) OVER (PARTITION BY \"i_class\")",
          "\"sum\"(\"sum\"(\"ss_ext_sales_price\")) OVER (PARTITION BY \"i_class\")",
          "CAST(\"pmc\" AS DECIMAL(15,4))");

  static TpcdsQuery of(int number) {
    String name = String.format(Locale.ROOT, "/sql/presto/tpcds/q%02d.sql", number);
    try (InputStream in = TpcdsQuery.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no " + name + " on the class path");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text = text.replace("${database}.${schema}.", "").strip();
      for (String divisor : DIVISORS_ZERO) {
        text = text.replace("/ " + divisor, "/ NULLIF(" + divisor + ", 0)");
      }
      return new TpcdsQuery(
          number, text.endsWith(";") ? text.substring(0, text.length() - 1) : text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  String name() {
    return String.format(Locale.ROOT, "Q%02d", number);
  }

  boolean isOrdered() {
    return lastOutside(ORDER_BY) >= 0;
  }

  /// The text with the columns of its result as the last keys of its order.
  String determined(int columns) {
    if (!isOrdered()) {
      return text;
    }
    int limit = lastOutside(LIMIT);
    String keys =
        IntStream.rangeClosed(1, columns)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", ", ", ", "\n"));
    return limit < 0
        ? text + keys
        : text.substring(0, limit).stripTrailing() + keys + text.substring(limit);
  }

  /// Where a clause of the outermost query begins; -1 for nowhere.
  private int lastOutside(String clause) {
    int depth = 0;
    int found = -1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (depth == 0 && text.startsWith(clause, i)) {
        found = i;
      }
    }
    return found;
  }
}
