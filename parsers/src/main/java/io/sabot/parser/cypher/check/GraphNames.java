package io.sabot.parser.cypher.check;

import io.sabot.parser.cypher.ast.Clause;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import java.util.Locale;
import java.util.Set;

/// The graphs that USE can name: there is one, which is everything that the database holds.
final class GraphNames {
  private static final Set<String> NAMES = Set.of("default", "home", "sabot");

  private GraphNames() {}

  static void check(Clause.Use use) {
    if (!NAMES.contains(use.graph().toLowerCase(Locale.ROOT))) {
      throw new QueryException(
          ErrorCode.INVALID_ARGUMENT,
          use.place().span(),
          "there is no graph called '" + use.graph() + "'",
          "graphs are default, home and sabot, which are the same");
    }
  }
}
