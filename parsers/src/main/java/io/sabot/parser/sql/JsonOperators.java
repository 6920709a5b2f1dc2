package io.sabot.parser.sql;

import java.util.List;
import org.apache.calcite.sql.SqlFunction;

/// PostgreSQL's functions of JSON.
final class JsonOperators {
  static final List<SqlFunction> ALL = List.of();

  private JsonOperators() {}
}
