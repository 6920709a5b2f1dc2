package io.sabot.parser.sql;

import java.util.List;
import org.apache.calcite.sql.SqlFunction;

/// PostgreSQL's functions of dates, times and intervals.
final class TimeOperators {
  static final List<SqlFunction> ALL = List.of();

  private TimeOperators() {}
}
