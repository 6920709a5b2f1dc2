package io.sabot.engine.duck;

import io.sabot.engine.duck.SqlExpressions.Kind;
import java.util.ArrayList;
import java.util.List;

/// Random queries with window functions, over one table.
///
/// What depends on the order of the rows is ordered by the key, so that there is one answer; what
/// looks at peers only needs no key.
final class SqlWindows {
  private static final List<String> ROWS =
      List.of(
          "",
          " ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
          " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
          " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
          " ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING",
          " ROWS BETWEEN 1 FOLLOWING AND 3 FOLLOWING");
  private static final List<String> PEERS =
      List.of(
          "",
          " RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING",
          " RANGE BETWEEN CURRENT ROW AND 2 FOLLOWING",
          " RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING",
          " RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
          " RANGE BETWEEN 2 FOLLOWING AND UNBOUNDED FOLLOWING",
          " GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW",
          " GROUPS BETWEEN CURRENT ROW AND 2 FOLLOWING",
          " GROUPS BETWEEN 3 PRECEDING AND 1 PRECEDING",
          " GROUPS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING",
          " GROUPS 2 PRECEDING");
  private static final List<String> EXCLUSIONS =
      List.of("", "", "", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES");

  private static final String IGNORE_NULLS = " IGNORE NULLS";

  private final SqlDraw draw;
  private final SqlExpressions expressions;
  private final List<String> named = new ArrayList<>();

  SqlWindows(SqlDraw draw, SqlExpressions expressions) {
    this.draw = draw;
    this.expressions = expressions;
  }

  /// The query as DuckDB wants it, which has IGNORE NULLS among the arguments.
  static String forDuck(String sql) {
    return sql.replace(")" + IGNORE_NULLS + " OVER", IGNORE_NULLS + ") OVER");
  }

  String query() {
    String row = draw.name("r");
    List<String> results = new ArrayList<>(List.of(row + ".id AS c0"));
    int width = 1 + draw.below(2);
    for (int w = 1; w <= width; w++) {
      results.add(call(row) + " AS c" + w);
    }
    String qualify =
        draw.chance(15)
            ? " QUALIFY ROW_NUMBER() OVER (" + ordered(row) + ") <= " + draw.below(4)
            : "";
    return "SELECT "
        + String.join(", ", results)
        + " FROM "
        + draw.one(SqlExpressions.TABLES)
        + " "
        + row
        + expressions.where(row)
        + (named.isEmpty() ? "" : " WINDOW " + String.join(", ", named))
        + qualify;
  }

  private String call(String row) {
    return draw.chance(70) ? ofOrder(row) : ofPeers(row);
  }

  /// The order in its place, or the name of a window that has it.
  private String window(String order) {
    if (!draw.chance(20)) {
      return order;
    }
    String name = "w" + named.size();
    named.add(name + " AS (" + order + ")");
    return name;
  }

  private String partition(String row) {
    return draw.chance(60)
        ? "PARTITION BY " + row + "." + draw.one(List.of("i", "s", "b", "f", "k")) + " "
        : "";
  }

  private String ordered(String row) {
    return partition(row)
        + "ORDER BY "
        + (draw.chance(40)
            ? row
                + draw.one(List.of(".k", ".f", ".s"))
                + draw.one(List.of("", " DESC"))
                + " NULLS "
                + draw.one(List.of("FIRST", "LAST"))
                + ", "
            : "")
        + row
        + ".id"
        + draw.one(List.of("", " DESC"));
  }

  private String ofOrder(String row) {
    List<String> rows = List.of(row);
    String value = expressions.anyExpression(rows, 0);
    String number = expressions.expression(Kind.INT, rows, 0);
    String frame = draw.one(ROWS);
    String excluding = frame.isEmpty() ? "" : frame + draw.one(EXCLUSIONS);
    String nulls = draw.chance(40) ? IGNORE_NULLS : "";
    String function =
        switch (draw.below(13)) {
          case 0 -> "ROW_NUMBER() OVER (%s)";
          case 1 -> "NTILE(" + (1 + draw.below(4)) + ") OVER (%s)";
          case 2 -> "LAG(" + value + ")" + nulls + " OVER (%s)";
          case 3 -> "LEAD(" + value + ", 2)" + nulls + " OVER (%s)";
          case 4 -> "LAG(" + number + ", 1, -7)" + nulls + " OVER (%s)";
          case 5 -> "FIRST_VALUE(" + value + ")" + nulls + " OVER (%s" + excluding + ")";
          case 6 -> "LAST_VALUE(" + value + ")" + nulls + " OVER (%s" + frame + ")";
          case 7 -> "NTH_VALUE(" + value + ", 2)" + nulls + " OVER (%s" + frame + ")";
          case 8 -> "COUNT(" + value + ") OVER (%s" + excluding + ")";
          case 9 -> "MIN(" + value(rows) + ") OVER (%s" + excluding + ")";
          case 10 -> "MAX(" + value(rows) + ") OVER (%s" + frame + ")";
          case 11 -> "COUNT(*) OVER (%s" + excluding + ")";
          default -> "SUM(" + number + ") OVER (%s" + excluding + ")";
        };
    return function.replace("%s", window(ordered(row)));
  }

  private String value(List<String> rows) {
    Kind kind = draw.one(List.of(Kind.INT, Kind.TEXT, Kind.DATE, Kind.DECIMAL, Kind.FLOAT));
    return expressions.expression(kind, rows, 0);
  }

  private String ofPeers(String row) {
    String number = expressions.expression(Kind.INT, List.of(row), 0);
    String frame = draw.one(PEERS);
    String excluding = frame.isEmpty() ? "" : frame + draw.one(EXCLUSIONS);
    String function =
        switch (draw.below(7)) {
          case 0 -> "RANK() OVER (%s)";
          case 1 -> "DENSE_RANK() OVER (%s)";
          case 2 -> "COUNT(*) OVER (%s" + excluding + ")";
          case 3 -> "MIN(" + number + ") OVER (%s" + excluding + ")";
          case 4 -> "MAX(" + number + ") OVER (%s" + frame + ")";
          default -> "SUM(" + number + ") OVER (%s" + excluding + ")";
        };
    String order =
        "ORDER BY "
            + row
            + draw.one(List.of(".k", ".i"))
            + draw.one(List.of("", " DESC"))
            + " NULLS "
            + draw.one(List.of("FIRST", "LAST"));
    return function.replace("%s", window(partition(row) + order));
  }
}
