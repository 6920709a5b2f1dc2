package io.sabot.engine.duck;

import static io.sabot.engine.duck.SqlExpressions.TABLES;

import java.util.ArrayList;
import java.util.List;

/// Random FROM clauses. Every row in them has the columns of {@link SqlRows}.
final class SqlSources {
  private static final String COLUMNS = "id, i, k, d, s, w, b, f";

  private final SqlDraw draw;
  private final SqlExpressions expressions;

  SqlSources(SqlDraw draw, SqlExpressions expressions) {
    this.draw = draw;
    this.expressions = expressions;
  }

  /// @param text what stands after FROM
  /// @param rows the names of the rows that expressions may use
  /// @param links conditions that the list of tables leaves to WHERE
  record From(String text, List<String> rows, List<String> links) {}

  /// Tables and the conditions that join them.
  From from() {
    return draw.chance(25) ? list() : joins();
  }

  private From list() {
    List<String> rows = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    int count = 2 + draw.below(3);
    for (int i = 0; i < count; i++) {
      String row = draw.name("r");
      rows.add(row);
      sources.add(source() + " " + row);
    }
    List<String> links = new ArrayList<>();
    for (int i = 1; i < count || draw.chance(20); i++) {
      String a = draw.one(rows);
      String b = draw.one(rows);
      // A long list without conditions has too many rows to be worth its while.
      links.add(expressions.link(a.equals(b) ? rows.getFirst() : a, b));
    }
    if (count > 2) {
      links.add(expressions.link(rows.get(0), rows.get(1)));
      links.add(expressions.link(rows.get(1), rows.get(2)));
    }
    return new From(String.join(", ", sources), rows, links);
  }

  /// Joins as the FROM clause alone says them.
  From joins() {
    String first = draw.name("r");
    StringBuilder text = new StringBuilder(source()).append(' ').append(first);
    List<String> rows = new ArrayList<>(List.of(first));
    int joins = draw.below(3);
    for (int i = 0; i < joins; i++) {
      text.append(draw.chance(12) ? lateral(rows) : join(rows));
    }
    return new From(text.toString(), rows, List.of());
  }

  private String join(List<String> rows) {
    String next = draw.name("r");
    List<String> kinds = List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN");
    String kind = draw.one(kinds);
    StringBuilder text = new StringBuilder(" ").append(kind).append(' ');
    text.append(source()).append(' ').append(next);
    if (rows.size() == 1 && !kind.startsWith("CROSS") && draw.chance(10)) {
      text.append(draw.one(List.of(" USING (k)", " USING (id)", " USING (i, s)")));
    } else if (!kind.startsWith("CROSS")) {
      text.append(" ON ").append(expressions.link(draw.one(rows), next));
      if (draw.chance(30) && !kind.startsWith("FULL")) {
        List<String> both = List.of(draw.one(rows), next);
        text.append(" AND ").append(expressions.condition(both, 0));
      }
    }
    rows.add(next);
    return text.toString();
  }

  private String lateral(List<String> rows) {
    String next = draw.name("r");
    String inner = draw.name("q");
    String body =
        "SELECT "
            + qualified(inner)
            + " FROM "
            + draw.one(TABLES)
            + " "
            + inner
            + " WHERE "
            + expressions.link(inner, draw.one(rows));
    if (draw.chance(40)) {
      body += " ORDER BY " + inner + ".id LIMIT " + (1 + draw.below(2));
    }
    rows.add(next);
    return draw.chance(50)
        ? " CROSS JOIN LATERAL (" + body + ") " + next
        : " LEFT JOIN LATERAL (" + body + ") " + next + " ON TRUE";
  }

  private static String qualified(String row) {
    return row + "." + COLUMNS.replace(", ", ", " + row + ".");
  }

  private String source() {
    if (draw.chance(80)) {
      return draw.one(TABLES);
    }
    String inner = draw.name("q");
    return switch (draw.below(6)) {
      case 0 ->
          "(SELECT MIN(id) AS id, i, MAX(k) AS k, SUM(d) AS d, MIN(s) AS s, MAX(w) AS w,"
              + " BOOL_OR(b) AS b, MAX(f) AS f FROM "
              + filtered(inner)
              + " GROUP BY i)";
      case 1 ->
          "("
              + selected(inner)
              + draw.one(List.of(" UNION ALL ", " UNION "))
              + selected(draw.name("q"))
              + ")";
      case 2 -> "(SELECT DISTINCT " + COLUMNS + " FROM " + filtered(inner) + ")";
      case 3 ->
          "("
              + selected(inner)
              + " ORDER BY "
              + draw.one(List.of("", "k DESC NULLS LAST, "))
              + "id LIMIT "
              + draw.below(6)
              + ")";
      default -> "(" + selected(inner) + ")";
    };
  }

  String selected(String row) {
    return "SELECT " + COLUMNS + " FROM " + filtered(row);
  }

  private String filtered(String row) {
    return draw.one(TABLES) + " " + row + expressions.where(row);
  }
}
