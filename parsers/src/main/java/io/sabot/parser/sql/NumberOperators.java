package io.sabot.parser.sql;

import java.util.List;
import org.apache.calcite.sql.SqlFunction;

/// PostgreSQL's functions of numbers, and those that tell of any value or of the session.
final class NumberOperators {
  static final List<SqlFunction> ALL = List.of();

  private NumberOperators() {}
}
