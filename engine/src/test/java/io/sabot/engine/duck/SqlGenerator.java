package io.sabot.engine.duck;

import static io.sabot.engine.duck.SqlExpressions.TABLES;

import io.sabot.engine.duck.SqlExpressions.Kind;
import io.sabot.engine.duck.SqlSources.From;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Draws SQL queries over the tables of {@link SqlRows} that mean the same to Sabot and to DuckDB:
/// results do not depend on an order that is not given, and what the two define differently
/// (division, overflow, casts of texts) is left out.
final class SqlGenerator {
  private final SqlDraw draw;
  private final SqlExpressions expressions;
  private final SqlSources sources;
  private final SqlWindows windows;

  SqlGenerator(Random random) {
    draw = new SqlDraw(random);
    expressions = new SqlExpressions(draw);
    sources = new SqlSources(draw, expressions);
    windows = new SqlWindows(draw, expressions);
  }

  String next() {
    return switch (draw.below(13)) {
      case 0 -> setOperation();
      case 1 -> withClause();
      case 2, 3, 4 -> grouped();
      case 5, 6 -> windows.query();
      case 7 -> recursive();
      case 8 -> distinctOn();
      default -> plain();
    };
  }

  /// Rows, and a condition that divides them into those for which it is true, false and null.
  ///
  /// @param results what to show of a row
  record Division(String results, String from, String condition) {}

  Division division() {
    From from = sources.joins();
    List<String> results = new ArrayList<>();
    from.rows().forEach(row -> results.add(row + ".id, " + row + ".k, " + row + ".s"));
    return new Division(
        String.join(", ", results), from.text(), expressions.condition(from.rows(), 3));
  }

  private String filter(From from) {
    List<String> conditions = new ArrayList<>(from.links());
    if (draw.chance(70)) {
      conditions.add(expressions.condition(from.rows(), 2));
    }
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  private String plain() {
    From from = sources.from();
    List<String> results = new ArrayList<>();
    int width = 1 + draw.below(3);
    for (int c = 0; c < width; c++) {
      results.add(expressions.anyExpression(from.rows(), 2) + " AS c" + c);
    }
    String distinct = draw.chance(25) ? "DISTINCT " : "";
    String text =
        "SELECT " + distinct + String.join(", ", results) + " FROM " + from.text() + filter(from);
    return draw.chance(70) ? text : text + limited(width);
  }

  /// All columns of all rows: what is cut off is equal to what stays.
  private String limited(int width) {
    String order =
        Stream.iterate(0, c -> c < width, c -> c + 1)
            .map(c -> "c" + c + draw.one(List.of("", " DESC")))
            .map(c -> c + " NULLS " + draw.one(List.of("FIRST", "LAST")))
            .collect(Collectors.joining(", "));
    return " ORDER BY "
        + order
        + " LIMIT "
        + draw.below(8)
        + (draw.chance(40) ? " OFFSET " + draw.below(4) : "");
  }

  private String grouped() {
    From from = sources.from();
    List<String> keys = new ArrayList<>();
    int count = draw.below(3);
    for (int k = 0; k < count; k++) {
      String row = draw.one(from.rows());
      keys.add(
          draw.chance(12)
              ? "(" + draw.one(List.of("- ", row + ".f - ", row + ".f + ")) + row + ".f)"
              : row + "." + draw.one(List.of("i", "k", "s", "w", "b", "f")));
    }
    List<String> distinctKeys = keys.stream().distinct().toList();
    List<String> results = new ArrayList<>();
    distinctKeys.forEach(key -> results.add(key + " AS c" + results.size()));
    int width = 1 + draw.below(2);
    for (int a = 0; a < width; a++) {
      results.add(aggregate(from.rows()) + " AS c" + results.size());
    }
    if (!distinctKeys.isEmpty() && draw.chance(20)) {
      results.add("GROUPING(" + draw.one(distinctKeys) + ") AS c" + results.size());
    }
    String by = distinctKeys.isEmpty() ? "" : " GROUP BY " + grouping(distinctKeys);
    String having = draw.chance(25) ? " HAVING " + having(from.rows()) : "";
    return "SELECT "
        + String.join(", ", results)
        + " FROM "
        + from.text()
        + filter(from)
        + by
        + having
        + (draw.chance(15) ? limited(results.size()) : "");
  }

  private String having(List<String> rows) {
    return draw.chance(60)
        ? "COUNT(*) > " + draw.below(3)
        : "MIN(" + expressions.expression(Kind.INT, rows, 0) + ") < " + draw.below(4);
  }

  private String grouping(List<String> keys) {
    String list = String.join(", ", keys);
    return switch (draw.below(6)) {
      case 0 -> "ROLLUP (" + list + ")";
      case 1 -> "CUBE (" + list + ")";
      case 2 -> "GROUPING SETS ((" + list + "), (" + keys.getFirst() + "), ())";
      default -> list;
    };
  }

  private String aggregate(List<String> rows) {
    String filter = draw.chance(20) ? " FILTER (WHERE " + expressions.condition(rows, 0) + ")" : "";
    String text = expressions.expression(Kind.TEXT, rows, 1);
    return switch (draw.below(12)) {
      case 0 -> "COUNT(*)" + filter;
      case 1 -> "COUNT(" + expressions.anyExpression(rows, 1) + ")" + filter;
      case 2 -> "COUNT(DISTINCT " + expressions.anyExpression(rows, 1) + ")" + filter;
      case 3 -> "SUM(" + expressions.expression(Kind.INT, rows, 1) + ")" + filter;
      case 4 -> "SUM(" + expressions.expression(Kind.DECIMAL, rows, 1) + ")" + filter;
      case 5, 6 -> "MIN(" + ordered(rows) + ")" + filter;
      case 7, 8 -> "MAX(" + ordered(rows) + ")" + filter;
      case 9 ->
          draw.one(List.of("BOOL_AND(", "BOOL_OR("))
              + expressions.expression(Kind.BOOL, rows, 1)
              + ")"
              + filter;
      case 10 -> "STRING_AGG(" + text + ", '-' ORDER BY " + text + ")" + filter;
      default -> "SUM(DISTINCT " + expressions.expression(Kind.INT, rows, 0) + ")" + filter;
    };
  }

  private String ordered(List<String> rows) {
    Kind kind = draw.one(List.of(Kind.INT, Kind.TEXT, Kind.DATE, Kind.DECIMAL, Kind.FLOAT));
    return expressions.expression(kind, rows, 1);
  }

  /// The first row of each group in an order that the key makes a whole one.
  private String distinctOn() {
    String row = draw.name("r");
    String key = row + "." + draw.one(List.of("i", "k", "s", "f", "b"));
    String order = key + draw.one(List.of("", " DESC")) + " NULLS LAST, " + row + ".id";
    return "SELECT DISTINCT ON ("
        + key
        + ") "
        + key
        + " AS c0, "
        + row
        + ".id AS c1, "
        + expressions.anyExpression(List.of(row), 1)
        + " AS c2 FROM "
        + draw.one(TABLES)
        + " "
        + row
        + expressions.where(row)
        + " ORDER BY "
        + order
        + draw.one(List.of("", " DESC"));
  }

  private String setOperation() {
    List<Kind> kinds = new ArrayList<>();
    int width = 1 + draw.below(2);
    for (int c = 0; c < width; c++) {
      kinds.add(expressions.anyKind());
    }
    StringBuilder text = new StringBuilder(branch(kinds));
    int more = 1 + draw.below(2);
    for (int i = 0; i < more; i++) {
      String operation =
          draw.one(
              List.of("UNION", "UNION ALL", "INTERSECT", "EXCEPT", "INTERSECT ALL", "EXCEPT ALL"));
      text = new StringBuilder("(" + text + ") " + operation + " (" + branch(kinds) + ")");
    }
    return text + (draw.chance(20) ? limited(width) : "");
  }

  private String branch(List<Kind> kinds) {
    String row = draw.name("r");
    List<String> results = new ArrayList<>();
    for (Kind kind : kinds) {
      results.add(expressions.expression(kind, List.of(row), 1) + " AS c" + results.size());
    }
    return "SELECT "
        + String.join(", ", results)
        + " FROM "
        + draw.one(TABLES)
        + " "
        + row
        + expressions.where(row);
  }

  private String withClause() {
    String cte = draw.name("w");
    String body = sources.selected(draw.name("r"));
    String a = draw.name("r");
    String b = draw.name("r");
    return "WITH "
        + cte
        + " AS ("
        + body
        + ") SELECT "
        + a
        + ".id AS c0, "
        + expressions.anyExpression(List.of(a, b), 1)
        + " AS c1 FROM "
        + cte
        + " "
        + a
        + draw.one(List.of(" JOIN ", " LEFT JOIN "))
        + cte
        + " "
        + b
        + " ON "
        + expressions.link(a, b);
  }

  /// Walks from key to key, a bounded number of steps.
  private String recursive() {
    String cte = draw.name("w");
    String start = draw.name("r");
    String step = draw.name("r");
    String out = draw.name("r");
    String seed =
        "SELECT 0, %s.id, %s.k FROM %s %s%s"
            .formatted(start, start, draw.one(TABLES), start, expressions.where(start));
    String next =
        "SELECT %s.n + 1, %s.id, %s.%s FROM %s JOIN %s %s ON %s.%s = %s.k WHERE %s.n < %d"
            .formatted(
                cte,
                step,
                step,
                draw.one(List.of("i", "k")),
                cte,
                draw.one(TABLES),
                step,
                step,
                draw.one(List.of("id", "id", "id", "i")),
                cte,
                cte,
                draw.below(4));
    return "WITH RECURSIVE "
        + cte
        + " (n, id, k) AS ("
        + seed
        + draw.one(List.of(" UNION ", " UNION ALL "))
        + next
        + ") SELECT "
        + draw.one(
            List.of(
                "n AS c0, id AS c1, k AS c2 FROM " + cte,
                "n AS c0, COUNT(*) AS c1 FROM " + cte + " GROUP BY n",
                "x.n AS c0, "
                    + out
                    + ".s AS c1 FROM "
                    + cte
                    + " x LEFT JOIN u "
                    + out
                    + " ON x.k = "
                    + out
                    + ".id"));
  }
}
