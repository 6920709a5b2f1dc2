package io.sabot.tck.slt;

import io.sabot.tck.slt.SltRecord.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The files hold sorted results with SQLite's order, where null is less than every value; in
/// PostgreSQL, and here, it is greater. Both say so on request, so that is what a query that sorts
/// asks for: each key of its outermost ORDER BY gets NULLS FIRST, or NULLS LAST when it descends.
final class NullOrder {
  private static final String ORDER_BY = "ORDER BY";

  private NullOrder() {}

  /// The text of a query, with the places of nulls if its order counts.
  static String asInSqlite(Query query) {
    String sql = query.sql();
    int clause = query.order() == SltRecord.Order.AS_RETURNED ? outermost(sql) : -1;
    if (clause < 0) {
      return sql;
    }
    int from = clause + ORDER_BY.length();
    List<String> keys = new ArrayList<>();
    for (String key : keys(sql.substring(from))) {
      boolean descends = key.strip().toUpperCase(Locale.ROOT).endsWith(" DESC");
      keys.add(key.stripTrailing() + (descends ? " NULLS LAST" : " NULLS FIRST"));
    }
    return sql.substring(0, from) + String.join(",", keys);
  }

  private static int outermost(String sql) {
    int depth = 0;
    int found = -1;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (depth == 0 && sql.regionMatches(true, i, ORDER_BY, 0, ORDER_BY.length())) {
        found = i;
      }
    }
    return found;
  }

  private static List<String> keys(String list) {
    List<String> keys = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')') {
        depth--;
      } else if (c == ',' && depth == 0) {
        keys.add(list.substring(start, i));
        start = i + 1;
      }
    }
    keys.add(list.substring(start));
    return keys;
  }
}
