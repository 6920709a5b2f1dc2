package io.sabot.parser.sql;

import java.util.List;
import org.apache.calcite.sql.SqlFunction;

/// PostgreSQL's functions of arrays.
final class ArrayOperators {
  static final List<SqlFunction> ALL = List.of();

  private ArrayOperators() {}
}
