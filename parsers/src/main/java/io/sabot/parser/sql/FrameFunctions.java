package io.sabot.parser.sql;

import java.util.List;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.util.Optionality;

/// `FIRST_VALUE`, `LAST_VALUE` and `NTH_VALUE`. Calcite's own promise a value wherever the argument
/// has one, and a frame that holds no row, or none that counts, has none.
final class FrameFunctions {
  static final List<SqlOperator> ALL =
      List.of(
          new Value(SqlKind.FIRST_VALUE, OperandTypes.ANY),
          new Value(SqlKind.LAST_VALUE, OperandTypes.ANY),
          new Value(
              SqlKind.NTH_VALUE, OperandTypes.family(SqlTypeFamily.ANY, SqlTypeFamily.INTEGER)));

  private FrameFunctions() {}

  private static final class Value extends SqlAggFunction {
    Value(SqlKind kind, SqlOperandTypeChecker operands) {
      super(
          kind.name(),
          null,
          kind,
          ReturnTypes.ARG0_FORCE_NULLABLE,
          null,
          operands,
          SqlFunctionCategory.NUMERIC,
          false,
          true,
          Optionality.FORBIDDEN);
    }

    @Override
    public boolean allowsNullTreatment() {
      return true;
    }
  }
}
