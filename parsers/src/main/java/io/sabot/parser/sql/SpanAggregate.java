package io.sabot.parser.sql;

import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlAvgAggFunction;
import org.apache.calcite.sql.fun.SqlSumAggFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeUtil;

/// SUM and AVG as Calcite has them, for intervals too. They stand in place of Calcite's: of two
/// aggregates with one name it finds none.
final class SpanAggregate {
  private static final SqlOperandTypeChecker OPERANDS =
      OperandTypes.or(OperandTypes.NUMERIC, OperandTypes.family(SqlTypeFamily.INTERVAL_DAY_TIME));

  static final List<SqlAggFunction> ALL = List.of(new Sum(), new Average());

  private SpanAggregate() {}

  /// The type of any interval; null unless the argument is one.
  private static RelDataType type(SqlOperatorBinding call, RelDataType standard) {
    return SqlTypeUtil.isInterval(call.getOperandType(0))
        ? call.getTypeFactory()
            .createTypeWithNullability(
                DateOperators.ofDays(call.getTypeFactory(), TimeUnit.SECOND), standard.isNullable())
        : standard;
  }

  private static final class Sum extends SqlSumAggFunction {
    @SuppressWarnings("NullAway") // Calcite's own SUM has no type either
    Sum() {
      super(null);
    }

    @Override
    public SqlOperandTypeChecker getOperandTypeChecker() {
      return OPERANDS;
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
      return OPERANDS.checkOperandTypes(call, throwOnFailure);
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding call) {
      return type(call, super.inferReturnType(call));
    }
  }

  private static final class Average extends SqlAvgAggFunction {
    Average() {
      super(SqlKind.AVG);
    }

    @Override
    public SqlOperandTypeChecker getOperandTypeChecker() {
      return OPERANDS;
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
      return OPERANDS.checkOperandTypes(call, throwOnFailure);
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding call) {
      return type(call, super.inferReturnType(call));
    }
  }
}
