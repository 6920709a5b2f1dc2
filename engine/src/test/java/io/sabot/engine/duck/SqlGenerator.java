package io.sabot.engine.duck;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/// Draws SQL queries over the tables of {@link SqlRows} that mean the same to Sabot and to DuckDB:
/// results do not depend on an order that is not given, and what the two define differently
/// (division, overflow, casts of texts) is left out.
final class SqlGenerator {
  /// The kinds of expressions; each table has columns of all.
  enum Kind {
    INT,
    DECIMAL,
    TEXT,
    DATE,
    BOOL
  }

  private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");
  private static final List<String> TEXTS = List.of("''", "'a'", "'ab'", "'b'", "'ba'", "'B'");
  private static final List<String> TABLES = List.of("t", "u");

  private final Random random;
  private int names;

  SqlGenerator(Random random) {
    this.random = random;
  }

  String next() {
    return switch (random.nextInt(10)) {
      case 0 -> setOperation();
      case 1 -> withClause();
      case 2, 3, 4 -> grouped();
      case 5, 6 -> windowed();
      default -> plain();
    };
  }

  /// Rows, and a condition that divides them into those for which it is true, false and null.
  ///
  /// @param results what to show of a row
  record Division(String results, String from, String condition) {}

  Division division() {
    From from = from();
    List<String> results = new ArrayList<>();
    from.rows().forEach(row -> results.add(row + ".id, " + row + ".k, " + row + ".s"));
    return new Division(String.join(", ", results), from.text(), condition(from.rows(), 3));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String name(String prefix) {
    return prefix + names++;
  }

  // ---- queries

  /// What stands after FROM, and the names of the rows that expressions may use.
  private record From(String text, List<String> rows) {}

  private From from() {
    String first = name("r");
    StringBuilder text = new StringBuilder(source()).append(' ').append(first);
    List<String> rows = new ArrayList<>(List.of(first));
    int joins = random.nextInt(3);
    for (int i = 0; i < joins; i++) {
      String next = name("r");
      String kind = one(List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN"));
      text.append(' ').append(kind).append(' ').append(source()).append(' ').append(next);
      if (!kind.startsWith("CROSS")) {
        text.append(" ON ").append(link(one(rows), next));
        if (chance(30) && !kind.startsWith("FULL")) {
          text.append(" AND ").append(condition(List.of(one(rows), next), 0));
        }
      }
      rows.add(next);
    }
    return new From(text.toString(), rows);
  }

  private String source() {
    if (chance(80)) {
      return one(TABLES);
    }
    String inner = name("q");
    return "(SELECT id, i, k, d, s, w, b, f FROM " + one(TABLES) + " " + inner + where(inner) + ")";
  }

  private String where(String row) {
    return chance(60) ? " WHERE " + condition(List.of(row), 1) : "";
  }

  private String link(String a, String b) {
    return a + "." + one(List.of("id", "i", "k")) + " = " + b + "." + one(List.of("id", "i", "k"));
  }

  private String filter(From from) {
    return chance(70) ? " WHERE " + condition(from.rows(), 2) : "";
  }

  private String plain() {
    From from = from();
    List<String> results = new ArrayList<>();
    int width = 1 + random.nextInt(3);
    for (int c = 0; c < width; c++) {
      results.add(expression(one(List.of(Kind.values())), from.rows(), 2) + " AS c" + c);
    }
    String distinct = chance(25) ? "DISTINCT " : "";
    String text =
        "SELECT " + distinct + String.join(", ", results) + " FROM " + from.text() + filter(from);
    if (!distinct.isEmpty() || chance(70)) {
      return text;
    }
    // All columns of all rows: what is cut off is equal to what stays.
    String order =
        results.stream()
            .map(r -> r.substring(r.lastIndexOf(" AS ") + 4))
            .map(c -> c + one(List.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST")))
            .map(c -> c.contains("NULLS") ? c : c + " NULLS LAST")
            .collect(Collectors.joining(", "));
    return text
        + " ORDER BY "
        + order
        + " LIMIT "
        + random.nextInt(8)
        + (chance(40) ? " OFFSET " + random.nextInt(4) : "");
  }

  private String grouped() {
    From from = from();
    List<String> keys = new ArrayList<>();
    int count = random.nextInt(3);
    for (int k = 0; k < count; k++) {
      keys.add(one(from.rows()) + "." + one(List.of("i", "k", "s", "w", "b")));
    }
    List<String> distinctKeys = keys.stream().distinct().toList();
    List<String> results = new ArrayList<>();
    distinctKeys.forEach(key -> results.add(key + " AS c" + results.size()));
    int width = 1 + random.nextInt(2);
    for (int a = 0; a < width; a++) {
      results.add(aggregate(from.rows()) + " AS c" + results.size());
    }
    String by = distinctKeys.isEmpty() ? "" : " GROUP BY " + grouping(distinctKeys);
    String having = chance(25) ? " HAVING COUNT(*) > " + random.nextInt(3) : "";
    return "SELECT "
        + String.join(", ", results)
        + " FROM "
        + from.text()
        + filter(from)
        + by
        + having;
  }

  private String grouping(List<String> keys) {
    String list = String.join(", ", keys);
    return switch (random.nextInt(6)) {
      case 0 -> "ROLLUP (" + list + ")";
      case 1 -> "CUBE (" + list + ")";
      case 2 -> "GROUPING SETS ((" + list + "), (" + keys.getFirst() + "), ())";
      default -> list;
    };
  }

  private String aggregate(List<String> rows) {
    String filter = chance(20) ? " FILTER (WHERE " + condition(rows, 0) + ")" : "";
    return switch (random.nextInt(8)) {
      case 0 -> "COUNT(*)" + filter;
      case 1 -> "COUNT(" + expression(one(List.of(Kind.values())), rows, 1) + ")" + filter;
      case 2 -> "COUNT(DISTINCT " + expression(one(List.of(Kind.values())), rows, 0) + ")";
      case 3 -> "SUM(" + expression(Kind.INT, rows, 1) + ")" + filter;
      case 4 -> "SUM(" + expression(Kind.DECIMAL, rows, 1) + ")" + filter;
      case 5 -> "MIN(" + expression(one(List.of(Kind.INT, Kind.TEXT, Kind.DATE)), rows, 1) + ")";
      case 6 -> "MAX(" + expression(one(List.of(Kind.INT, Kind.TEXT, Kind.DATE)), rows, 1) + ")";
      default -> "SUM(DISTINCT " + expression(Kind.INT, rows, 0) + ")";
    };
  }

  /// Over one table and ordered by its key, so that every frame is one.
  private String windowed() {
    String row = name("r");
    List<String> rows = List.of(row);
    List<String> results = new ArrayList<>(List.of(row + ".id AS c0"));
    int width = 1 + random.nextInt(2);
    for (int w = 1; w <= width; w++) {
      String over =
          (chance(60) ? "PARTITION BY " + row + "." + one(List.of("i", "s", "b")) + " " : "")
              + "ORDER BY "
              + (chance(40) ? row + ".k NULLS " + one(List.of("FIRST", "LAST")) + ", " : "")
              + row
              + ".id"
              + one(List.of("", " DESC"));
      results.add(window(rows, over) + " AS c" + w);
    }
    return "SELECT " + String.join(", ", results) + " FROM " + one(TABLES) + " " + row + where(row);
  }

  private String window(List<String> rows, String over) {
    String value = expression(one(List.of(Kind.INT, Kind.TEXT, Kind.DATE)), rows, 0);
    return switch (random.nextInt(8)) {
      case 0 -> "ROW_NUMBER() OVER (" + over + ")";
      case 1 -> "RANK() OVER (" + over + ")";
      case 2 -> "DENSE_RANK() OVER (" + over + ")";
      case 3 -> "LAG(" + value + ") OVER (" + over + ")";
      case 4 -> "LEAD(" + value + ", 2) OVER (" + over + ")";
      case 5 -> "FIRST_VALUE(" + value + ") OVER (" + over + ")";
      case 6 -> "COUNT(" + value + ") OVER (" + over + frame() + ")";
      default -> "SUM(" + expression(Kind.INT, rows, 0) + ") OVER (" + over + frame() + ")";
    };
  }

  private String frame() {
    return one(
        List.of(
            "",
            " ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
            " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
            " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
            " ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING"));
  }

  private String setOperation() {
    List<Kind> kinds = new ArrayList<>();
    int width = 1 + random.nextInt(2);
    for (int c = 0; c < width; c++) {
      kinds.add(one(List.of(Kind.values())));
    }
    StringBuilder text = new StringBuilder(branch(kinds));
    int more = 1 + random.nextInt(2);
    for (int i = 0; i < more; i++) {
      String operation =
          one(List.of("UNION", "UNION ALL", "INTERSECT", "EXCEPT", "INTERSECT ALL", "EXCEPT ALL"));
      text = new StringBuilder("(" + text + ") " + operation + " (" + branch(kinds) + ")");
    }
    return text.toString();
  }

  private String branch(List<Kind> kinds) {
    String row = name("r");
    List<String> results = new ArrayList<>();
    for (Kind kind : kinds) {
      results.add(expression(kind, List.of(row), 1) + " AS c" + results.size());
    }
    return "SELECT " + String.join(", ", results) + " FROM " + one(TABLES) + " " + row + where(row);
  }

  private String withClause() {
    String cte = name("w");
    String row = name("r");
    String body = "SELECT id, i, k, d, s, w, b, f FROM " + one(TABLES) + " " + row + where(row);
    String a = name("r");
    String b = name("r");
    return "WITH "
        + cte
        + " AS ("
        + body
        + ") SELECT "
        + a
        + ".id AS c0, "
        + expression(one(List.of(Kind.values())), List.of(a, b), 1)
        + " AS c1 FROM "
        + cte
        + " "
        + a
        + one(List.of(" JOIN ", " LEFT JOIN "))
        + cte
        + " "
        + b
        + " ON "
        + link(a, b);
  }

  // ---- expressions

  private String expression(Kind kind, List<String> rows, int depth) {
    if (depth == 0) {
      return chance(80) ? column(kind, rows) : constant(kind);
    }
    if (chance(12)) {
      return "CASE WHEN "
          + condition(rows, depth - 1)
          + " THEN "
          + expression(kind, rows, depth - 1)
          + (chance(70) ? " ELSE " + expression(kind, rows, depth - 1) : "")
          + " END";
    }
    if (chance(10)) {
      return "COALESCE("
          + expression(kind, rows, depth - 1)
          + ", "
          + expression(kind, rows, depth - 1)
          + ")";
    }
    if (chance(8)) {
      return "NULLIF(" + column(kind, rows) + ", " + expression(kind, rows, depth - 1) + ")";
    }
    if (kind == Kind.INT && chance(10)) {
      return scalarQuery(rows);
    }
    return operation(kind, rows, depth - 1);
  }

  private String operation(Kind kind, List<String> rows, int depth) {
    return switch (kind) {
      case INT ->
          switch (random.nextInt(6)) {
            case 0 -> binary(" + ", Kind.INT, rows, depth);
            case 1 -> binary(" - ", Kind.INT, rows, depth);
            case 2 -> binary(" * ", Kind.INT, rows, depth);
            case 3 -> "ABS(" + expression(Kind.INT, rows, depth) + ")";
            case 4 -> "CHAR_LENGTH(" + expression(Kind.TEXT, rows, depth) + ")";
            default ->
                "EXTRACT("
                    + one(List.of("YEAR", "MONTH", "DAY"))
                    + " FROM "
                    + expression(Kind.DATE, rows, depth)
                    + ")";
          };
      case DECIMAL ->
          chance(50) ? binary(" + ", Kind.DECIMAL, rows, 0) : column(Kind.DECIMAL, rows);
      case TEXT ->
          switch (random.nextInt(4)) {
            case 0 -> binary(" || ", Kind.TEXT, rows, depth);
            case 1 -> "UPPER(" + expression(Kind.TEXT, rows, depth) + ")";
            case 2 -> "SUBSTRING(" + expression(Kind.TEXT, rows, depth) + " FROM 1 FOR 1)";
            default -> "REPLACE(" + expression(Kind.TEXT, rows, depth) + ", 'a', 'x')";
          };
      case DATE -> column(Kind.DATE, rows);
      case BOOL -> "(" + condition(rows, depth) + ")";
    };
  }

  private String binary(String operator, Kind kind, List<String> rows, int depth) {
    return "(" + expression(kind, rows, depth) + operator + expression(kind, rows, depth) + ")";
  }

  private String scalarQuery(List<String> rows) {
    String inner = name("x");
    return "(SELECT "
        + one(List.of("MAX", "MIN", "SUM", "COUNT"))
        + "("
        + inner
        + "."
        + one(List.of("id", "i", "k"))
        + ") FROM "
        + one(TABLES)
        + " "
        + inner
        + (chance(70) ? " WHERE " + link(inner, one(rows)) : "")
        + ")";
  }

  private String column(Kind kind, List<String> rows) {
    String column =
        switch (kind) {
          case INT -> one(List.of("id", "i", "k"));
          case DECIMAL -> "d";
          case TEXT -> "s";
          case DATE -> "w";
          case BOOL -> "b";
        };
    return one(rows) + "." + column;
  }

  private String constant(Kind kind) {
    return switch (kind) {
      case INT -> "(" + (random.nextInt(8) - 2) + ")";
      case DECIMAL ->
          "CAST(" + random.nextInt(5) + "." + random.nextInt(100) + " AS DECIMAL(8, 2))";
      case TEXT -> one(TEXTS);
      case DATE -> "DATE '2024-0" + (1 + random.nextInt(3)) + "-15'";
      case BOOL -> one(List.of("TRUE", "FALSE"));
    };
  }

  private String condition(List<String> rows, int depth) {
    if (depth > 0 && chance(50)) {
      return switch (random.nextInt(6)) {
        case 0, 1 -> "(" + condition(rows, depth - 1) + " AND " + condition(rows, depth - 1) + ")";
        case 2 -> "(" + condition(rows, depth - 1) + " OR " + condition(rows, depth - 1) + ")";
        case 3 -> "(NOT " + condition(rows, depth - 1) + ")";
        case 4 -> exists(rows);
        default -> in(rows);
      };
    }
    Kind kind = one(List.of(Kind.INT, Kind.INT, Kind.DECIMAL, Kind.TEXT, Kind.DATE));
    return switch (random.nextInt(8)) {
      case 7 -> floating(rows);
      case 0 -> column(kind, rows) + one(List.of(" IS NULL", " IS NOT NULL"));
      case 1 -> column(Kind.BOOL, rows);
      case 2 -> column(Kind.TEXT, rows) + " LIKE " + one(List.of("'a%'", "'%b%'", "'_'", "''"));
      case 3 ->
          expression(kind, rows, 0)
              + " BETWEEN "
              + expression(kind, rows, 0)
              + " AND "
              + expression(kind, rows, 0);
      case 4 ->
          expression(kind, rows, 0)
              + one(List.of(" IS DISTINCT FROM ", " IS NOT DISTINCT FROM "))
              + expression(kind, rows, 0);
      default ->
          expression(kind, rows, depth) + " " + one(COMPARISONS) + " " + expression(kind, rows, 0);
    };
  }

  private String floating(List<String> rows) {
    String left = one(rows) + ".f";
    String right = chance(50) ? one(rows) + ".f" : one(SqlRows.FLOATS);
    return switch (random.nextInt(5)) {
      case 0 -> left + one(List.of(" IS NULL", " IS NOT NULL"));
      case 1 -> left + one(List.of(" IS DISTINCT FROM ", " IS NOT DISTINCT FROM ")) + right;
      case 2 -> left + one(List.of(" IN ", " NOT IN ")) + "(" + right + ", 1.5)";
      default -> left + " " + one(COMPARISONS) + " " + right;
    };
  }

  private String exists(List<String> rows) {
    String inner = name("x");
    return one(List.of("", "NOT "))
        + "EXISTS (SELECT 1 FROM "
        + one(TABLES)
        + " "
        + inner
        + " WHERE "
        + link(inner, one(rows))
        + (chance(40) ? " AND " + condition(List.of(inner, one(rows)), 0) : "")
        + ")";
  }

  private String in(List<String> rows) {
    String inner = name("x");
    if (chance(30)) {
      return column(Kind.INT, rows) + one(List.of(" IN ", " NOT IN ")) + "(1, 3, NULL)";
    }
    return expression(Kind.INT, rows, 0)
        + one(List.of(" IN ", " NOT IN "))
        + "(SELECT "
        + inner
        + "."
        + one(List.of("id", "i", "k"))
        + " FROM "
        + one(TABLES)
        + " "
        + inner
        + where(inner)
        + ")";
  }
}
