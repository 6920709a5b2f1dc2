package io.sabot.engine.duck;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random rows for two tables with a column of each kind; only `id` and `i` are never null.
final class SqlRows {
  private static final int ROWS_MAX = 12;
  private static final List<String> TEXTS = List.of("''", "'a'", "'ab'", "'abc'", "'b'", "'B'");

  /// Numbers that compare in ways of their own.
  static final List<String> FLOATS =
      List.of(
          "CAST('NaN' AS DOUBLE)",
          "CAST('Infinity' AS DOUBLE)",
          "CAST('-Infinity' AS DOUBLE)",
          "CAST(0 AS DOUBLE)",
          "CAST('-0' AS DOUBLE)",
          "CAST(1.5 AS DOUBLE)");

  private SqlRows() {}

  static List<String> statements(Random random) {
    List<String> statements = new ArrayList<>();
    for (String table : List.of("t", "u")) {
      statements.add(
          "CREATE TABLE "
              + table
              + " (id INTEGER PRIMARY KEY, i INTEGER NOT NULL, k INTEGER, d DECIMAL(8, 2),"
              + " s VARCHAR, w DATE, b BOOLEAN, f DOUBLE)");
      int rows = random.nextInt(ROWS_MAX + 1);
      for (int id = 1; id <= rows; id++) {
        statements.add(
            "INSERT INTO %s VALUES (%d, %d, %s, %s, %s, %s, %s, %s)"
                .formatted(
                    table,
                    id,
                    random.nextInt(5),
                    orNull(random, String.valueOf(random.nextInt(5))),
                    orNull(random, random.nextInt(4) + "." + (10 + random.nextInt(90))),
                    orNull(random, TEXTS.get(random.nextInt(TEXTS.size()))),
                    orNull(random, "DATE '2024-0" + (1 + random.nextInt(3)) + "-15'"),
                    orNull(random, String.valueOf(random.nextBoolean())),
                    orNull(random, FLOATS.get(random.nextInt(FLOATS.size())))));
      }
    }
    return statements;
  }

  private static String orNull(Random random, String value) {
    return random.nextInt(4) == 0 ? "NULL" : value;
  }
}
