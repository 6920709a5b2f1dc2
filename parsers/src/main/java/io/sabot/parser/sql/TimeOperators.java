package io.sabot.parser.sql;

import java.util.List;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;

/// PostgreSQL's functions of dates, times and intervals.
///
/// An interval is of type ANY here: Calcite's own interval types hold either months or seconds.
final class TimeOperators {
  static final List<SqlFunction> ALL =
      List.of(
          function(
              "TO_CHAR",
              ReturnTypes.VARCHAR_NULLABLE,
              OperandTypes.family(SqlTypeFamily.ANY, SqlTypeFamily.CHARACTER)));

  private TimeOperators() {}

  private static SqlFunction function(
      String name, SqlReturnTypeInference result, SqlOperandTypeChecker operands) {
    return SqlBasicFunction.create(name, result, operands, SqlFunctionCategory.TIMEDATE);
  }
}
