package io.sabot.engine.duck;

import java.util.ArrayList;
import java.util.List;

/// Random expressions over rows with the columns of {@link SqlRows}.
final class SqlExpressions {
  /// The kinds of expressions; each table has columns of all.
  enum Kind {
    INT,
    DECIMAL,
    TEXT,
    DATE,
    BOOL,
    FLOAT
  }

  static final List<String> TABLES = List.of("t", "u");

  private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");
  private static final List<String> TEXTS = List.of("''", "'a'", "'ab'", "'b'", "'ba'", "'B'");
  private static final List<String> PATTERNS = List.of("'a%'", "'%b%'", "'_'", "''", "'_b%'");

  private final SqlDraw draw;

  SqlExpressions(SqlDraw draw) {
    this.draw = draw;
  }

  Kind anyKind() {
    return draw.one(List.of(Kind.values()));
  }

  String anyExpression(List<String> rows, int depth) {
    return expression(anyKind(), rows, depth);
  }

  String expression(Kind kind, List<String> rows, int depth) {
    if (depth == 0) {
      return draw.chance(80) ? column(kind, rows) : constant(kind);
    }
    return switch (draw.below(14)) {
      case 0 -> "CASE " + searched(kind, rows, depth - 1) + " END";
      case 1 -> "CASE " + simple(kind, rows, depth - 1) + " END";
      case 2 -> call("COALESCE", kind, rows, depth - 1);
      case 3 -> "NULLIF(" + column(kind, rows) + ", " + expression(kind, rows, depth - 1) + ")";
      case 4 ->
          kind == Kind.BOOL || kind == Kind.FLOAT
              ? column(kind, rows)
              : call(draw.one(List.of("GREATEST", "LEAST")), kind, rows, depth - 1);
      case 5 -> kind == Kind.INT ? scalarQuery(rows) : firstOf(kind, rows);
      default -> operation(kind, rows, depth - 1);
    };
  }

  private String call(String function, Kind kind, List<String> rows, int depth) {
    String first = expression(kind, rows, depth);
    return function + "(" + first + ", " + expression(kind, rows, depth) + ")";
  }

  private String searched(Kind kind, List<String> rows, int depth) {
    return "WHEN "
        + condition(rows, depth)
        + " THEN "
        + expression(kind, rows, depth)
        + (draw.chance(70) ? " ELSE " + expression(kind, rows, depth) : "");
  }

  private String simple(Kind kind, List<String> rows, int depth) {
    Kind compared = draw.one(List.of(Kind.INT, Kind.TEXT, Kind.DATE, Kind.BOOL));
    return column(compared, rows)
        + " WHEN "
        + expression(compared, rows, 0)
        + " THEN "
        + expression(kind, rows, depth)
        + " WHEN "
        + expression(compared, rows, 0)
        + " THEN "
        + expression(kind, rows, depth)
        + (draw.chance(70) ? " ELSE " + expression(kind, rows, depth) : "");
  }

  private String operation(Kind kind, List<String> rows, int depth) {
    return switch (kind) {
      case INT -> integer(rows, depth);
      case DECIMAL ->
          switch (draw.below(6)) {
            case 0, 1 -> binary(" + ", Kind.DECIMAL, rows, 0);
            case 2 -> "(" + column(Kind.DECIMAL, rows) + " * " + column(Kind.INT, rows) + ")";
            case 3 -> "ABS(" + column(Kind.DECIMAL, rows) + ")";
            case 4 -> "(- " + column(Kind.DECIMAL, rows) + ")";
            default -> column(Kind.DECIMAL, rows);
          };
      case TEXT -> text(rows, depth);
      case DATE ->
          switch (draw.below(3)) {
            case 0 -> "CAST(" + column(Kind.DATE, rows) + " + INTERVAL '1' MONTH AS DATE)";
            case 1 -> "CAST(" + column(Kind.DATE, rows) + " - INTERVAL '20' DAY AS DATE)";
            default -> column(Kind.DATE, rows);
          };
      case BOOL -> "(" + condition(rows, depth) + ")";
      case FLOAT ->
          switch (draw.below(4)) {
            case 0 -> binary(" + ", Kind.FLOAT, rows, 0);
            case 1 -> "(- " + column(Kind.FLOAT, rows) + ")";
            case 2 -> "CAST(" + expression(Kind.INT, rows, depth) + " AS DOUBLE)";
            default -> column(Kind.FLOAT, rows);
          };
    };
  }

  private String integer(List<String> rows, int depth) {
    return switch (draw.below(10)) {
      case 0 -> binary(" + ", Kind.INT, rows, depth);
      case 1 -> binary(" - ", Kind.INT, rows, depth);
      case 2 -> binary(" * ", Kind.INT, rows, depth);
      case 3 -> "ABS(" + expression(Kind.INT, rows, depth) + ")";
      case 4 -> "CHAR_LENGTH(" + expression(Kind.TEXT, rows, depth) + ")";
      case 5 -> "MOD(" + expression(Kind.INT, rows, depth) + ", " + (2 + draw.below(3)) + ")";
      case 6 -> "CAST(" + column(Kind.BOOL, rows) + " AS INTEGER)";
      case 7 ->
          "POSITION(" + expression(Kind.TEXT, rows, 0) + " IN " + column(Kind.TEXT, rows) + ")";
      default ->
          "EXTRACT("
              + draw.one(List.of("YEAR", "MONTH", "DAY"))
              + " FROM "
              + expression(Kind.DATE, rows, depth)
              + ")";
    };
  }

  private String text(List<String> rows, int depth) {
    String inner = expression(Kind.TEXT, rows, depth);
    return switch (draw.below(11)) {
      case 0, 1 -> "(" + inner + " || " + expression(Kind.TEXT, rows, depth) + ")";
      case 2 -> "UPPER(" + inner + ")";
      case 3 -> "SUBSTRING(" + inner + " FROM 1 FOR 1)";
      case 4 -> "REPLACE(" + inner + ", 'a', 'x')";
      case 5 -> "LOWER(" + inner + ")";
      case 6 -> "REVERSE(" + inner + ")";
      case 7 -> "CONCAT(" + inner + ", " + column(Kind.TEXT, rows) + ")";
      case 8 -> "CAST(" + expression(Kind.INT, rows, depth) + " AS VARCHAR)";
      case 9 -> "LEFT(" + inner + ", " + draw.below(3) + ")";
      default -> "TRIM(BOTH 'a' FROM " + inner + ")";
    };
  }

  private String binary(String operator, Kind kind, List<String> rows, int depth) {
    return "(" + expression(kind, rows, depth) + operator + expression(kind, rows, depth) + ")";
  }

  private String scalarQuery(List<String> rows) {
    String inner = draw.name("x");
    String of = inner + "." + draw.one(List.of("id", "i", "k"));
    String value =
        draw.chance(15)
            ? "COUNT(*)"
            : draw.one(List.of("MAX", "MIN", "SUM", "COUNT", "COUNT")) + "(" + of + ")";
    return "(SELECT "
        + value
        + " FROM "
        + draw.one(TABLES)
        + " "
        + inner
        + (draw.chance(70) ? " WHERE " + correlation(inner, rows) : "")
        + ")";
  }

  /// A value of the first row of some.
  private String firstOf(Kind kind, List<String> rows) {
    String inner = draw.name("x");
    return "(SELECT "
        + column(kind, List.of(inner))
        + " FROM "
        + draw.one(TABLES)
        + " "
        + inner
        + " WHERE "
        + correlation(inner, rows)
        + " ORDER BY "
        + inner
        + ".id"
        + draw.one(List.of("", " DESC"))
        + " LIMIT 1)";
  }

  private String correlation(String inner, List<String> rows) {
    String link =
        draw.chance(80)
            ? link(inner, draw.one(rows))
            : inner + ".id " + draw.one(COMPARISONS) + " " + draw.one(rows) + ".k";
    return draw.chance(30) ? link + " AND " + condition(List.of(inner, draw.one(rows)), 0) : link;
  }

  String link(String a, String b) {
    List<String> keys = List.of("id", "i", "k");
    return switch (draw.below(10)) {
      case 0 -> a + ".s = " + b + ".s";
      case 1 -> a + ".f = " + b + ".f";
      case 2 -> a + ".k IS NOT DISTINCT FROM " + b + ".k";
      case 3 -> a + ".i = " + b + ".i AND " + a + ".k = " + b + ".k";
      default -> a + "." + draw.one(keys) + " = " + b + "." + draw.one(keys);
    };
  }

  String column(Kind kind, List<String> rows) {
    String column =
        switch (kind) {
          case INT -> draw.one(List.of("id", "i", "k"));
          case DECIMAL -> "d";
          case TEXT -> "s";
          case DATE -> "w";
          case BOOL -> "b";
          case FLOAT -> "f";
        };
    return draw.one(rows) + "." + column;
  }

  private String constant(Kind kind) {
    return switch (kind) {
      case INT -> "(" + (draw.below(8) - 2) + ")";
      case DECIMAL -> "CAST(" + draw.below(5) + "." + draw.below(100) + " AS DECIMAL(8, 2))";
      case TEXT -> draw.one(TEXTS);
      case DATE -> "DATE '2024-0" + (1 + draw.below(3)) + "-15'";
      case BOOL -> draw.one(List.of("TRUE", "FALSE"));
      case FLOAT -> draw.one(SqlRows.FLOATS);
    };
  }

  // ---- conditions

  String condition(List<String> rows, int depth) {
    if (depth > 0 && draw.chance(50)) {
      return switch (draw.below(8)) {
        case 0, 1 -> "(" + condition(rows, depth - 1) + " AND " + condition(rows, depth - 1) + ")";
        case 2 -> "(" + condition(rows, depth - 1) + " OR " + condition(rows, depth - 1) + ")";
        case 3 -> "(NOT " + condition(rows, depth - 1) + ")";
        case 4 -> exists(rows, depth - 1);
        case 5 -> quantified(rows);
        case 6 ->
            "("
                + condition(rows, depth - 1)
                + ") IS "
                + draw.one(List.of("TRUE", "NOT TRUE", "FALSE", "NOT FALSE", "NULL"));
        default -> in(rows);
      };
    }
    return comparison(rows, depth);
  }

  private String comparison(List<String> rows, int depth) {
    Kind kind = draw.one(List.of(Kind.INT, Kind.INT, Kind.DECIMAL, Kind.TEXT, Kind.DATE));
    return switch (draw.below(9)) {
      case 8 -> expression(Kind.FLOAT, rows, depth) + " " + draw.one(COMPARISONS) + " 1.5";
      case 7 -> floating(rows);
      case 0 -> column(kind, rows) + draw.one(List.of(" IS NULL", " IS NOT NULL"));
      case 1 -> column(Kind.BOOL, rows);
      case 2 ->
          column(Kind.TEXT, rows)
              + draw.one(List.of(" LIKE ", " NOT LIKE ", " ILIKE "))
              + draw.one(PATTERNS);
      case 3 ->
          expression(kind, rows, 0)
              + draw.one(List.of(" BETWEEN ", " NOT BETWEEN "))
              + expression(kind, rows, 0)
              + " AND "
              + expression(kind, rows, 0);
      case 4 ->
          expression(kind, rows, 0)
              + draw.one(List.of(" IS DISTINCT FROM ", " IS NOT DISTINCT FROM "))
              + expression(kind, rows, 0);
      default ->
          expression(kind, rows, depth)
              + " "
              + draw.one(COMPARISONS)
              + " "
              + expression(kind, rows, 0);
    };
  }

  private String floating(List<String> rows) {
    String left = draw.one(rows) + ".f";
    String right = draw.chance(50) ? draw.one(rows) + ".f" : draw.one(SqlRows.FLOATS);
    return switch (draw.below(5)) {
      case 0 -> left + draw.one(List.of(" IS NULL", " IS NOT NULL"));
      case 1 -> left + draw.one(List.of(" IS DISTINCT FROM ", " IS NOT DISTINCT FROM ")) + right;
      case 2 -> left + draw.one(List.of(" IN ", " NOT IN ")) + "(" + right + ", 1.5)";
      default -> left + " " + draw.one(COMPARISONS) + " " + right;
    };
  }

  private String exists(List<String> rows, int depth) {
    String inner = draw.name("x");
    String condition = "";
    if (draw.chance(40)) {
      List<String> all = new ArrayList<>(List.of(inner, draw.one(rows)));
      condition = " AND " + condition(all, Math.min(depth, 1));
    }
    return draw.one(List.of("", "NOT "))
        + "EXISTS (SELECT 1 FROM "
        + draw.one(TABLES)
        + " "
        + inner
        + " WHERE "
        + link(inner, draw.one(rows))
        + condition
        + ")";
  }

  private String quantified(List<String> rows) {
    Kind kind = draw.one(List.of(Kind.INT, Kind.INT, Kind.TEXT, Kind.FLOAT));
    return expression(kind, rows, 0)
        + " "
        + draw.one(COMPARISONS)
        + draw.one(List.of(" ALL ", " ANY "))
        + found(kind, rows);
  }

  private String in(List<String> rows) {
    if (draw.chance(30)) {
      String list = draw.one(List.of("(1, 3, NULL)", "(0, 2)", "(1)"));
      return column(Kind.INT, rows) + draw.one(List.of(" IN ", " NOT IN ")) + list;
    }
    Kind kind = draw.one(List.of(Kind.INT, Kind.INT, Kind.INT, Kind.TEXT, Kind.FLOAT));
    return expression(kind, rows, 0) + draw.one(List.of(" IN ", " NOT IN ")) + found(kind, rows);
  }

  /// A query of one column.
  private String found(Kind kind, List<String> rows) {
    String inner = draw.name("x");
    String filter = draw.chance(30) ? " WHERE " + correlation(inner, rows) : where(inner);
    return "(SELECT "
        + column(kind, List.of(inner))
        + " FROM "
        + draw.one(TABLES)
        + " "
        + inner
        + filter
        + ")";
  }

  String where(String row) {
    return draw.chance(60) ? " WHERE " + condition(List.of(row), 1) : "";
  }
}
