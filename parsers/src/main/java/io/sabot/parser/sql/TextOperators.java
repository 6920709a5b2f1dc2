package io.sabot.parser.sql;

import java.util.List;
import org.apache.calcite.sql.SqlFunction;

/// PostgreSQL's functions of text and bytes.
final class TextOperators {
  static final List<SqlFunction> ALL = List.of();

  private TextOperators() {}
}
