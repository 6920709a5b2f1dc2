package io.sabot.parser.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/// PostgreSQL's aggregates that Calcite's library lacks, or has with another meaning (manual,
/// section 9.21).
final class AggregateOperators {
  /// Of pairs of numbers.
  private static final List<String> OF_PAIRS =
      List.of(
          "CORR",
          "COVAR_POP",
          "COVAR_SAMP",
          "REGR_AVGX",
          "REGR_AVGY",
          "REGR_INTERCEPT",
          "REGR_R2",
          "REGR_SLOPE",
          "REGR_SXX",
          "REGR_SXY",
          "REGR_SYY");

  /// Of values that WITHIN GROUP orders, which are the first argument here.
  private static final Map<String, SqlFunction> OF_ORDERED =
      Map.of(
          "MODE", ofOrdered("MODE", ReturnTypes.ARG0, OperandTypes.ANY),
          "MODE_DESC", ofOrdered("MODE_DESC", ReturnTypes.ARG0, OperandTypes.ANY),
          "PERCENTILE_DISC",
              ofOrdered(
                  "PERCENTILE_DISC",
                  ReturnTypes.ARG0,
                  PostgresFunction.takes(SqlTypeFamily.ANY, SqlTypeFamily.NUMERIC)),
          "PERCENTILE_DISC_DESC",
              ofOrdered(
                  "PERCENTILE_DISC_DESC",
                  ReturnTypes.ARG0,
                  PostgresFunction.takes(SqlTypeFamily.ANY, SqlTypeFamily.NUMERIC)),
          "PERCENTILE_CONT",
              ofOrdered("PERCENTILE_CONT", ReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC),
          "PERCENTILE_CONT_DESC",
              ofOrdered("PERCENTILE_CONT_DESC", ReturnTypes.DOUBLE, OperandTypes.NUMERIC_NUMERIC));

  static final List<SqlFunction> ALL = all();

  private AggregateOperators() {}

  private static List<SqlFunction> all() {
    List<SqlFunction> all = new ArrayList<>();
    for (String name : OF_PAIRS) {
      all.add(
          SqlBasicAggFunction.create(
                  name,
                  SqlKind.OTHER_FUNCTION,
                  ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE),
                  OperandTypes.NUMERIC_NUMERIC)
              .withFunctionType(SqlFunctionCategory.NUMERIC));
    }
    all.add(
        SqlBasicAggFunction.create(
                "REGR_COUNT",
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.explicit(SqlTypeName.BIGINT),
                OperandTypes.NUMERIC_NUMERIC)
            .withFunctionType(SqlFunctionCategory.NUMERIC));
    all.addAll(OF_ORDERED.values());
    return all;
  }

  private static SqlFunction ofOrdered(
      String name, SqlReturnTypeInference returns, SqlOperandTypeChecker operands) {
    return SqlBasicAggFunction.create(
            name,
            SqlKind.OTHER_FUNCTION,
            returns.andThen(SqlTypeTransforms.FORCE_NULLABLE),
            operands)
        .withFunctionType(SqlFunctionCategory.SYSTEM);
  }

  /// `f(x) WITHIN GROUP (ORDER BY a DESC)` as `f_desc(a, x)`: Calcite takes few of them, and
  /// numbers only. Others stay as they are.
  static SqlCall ofOrdered(SqlCall withinGroup) {
    SqlNodeList order = withinGroup.operand(1);
    if (!(withinGroup.operand(0) instanceof SqlCall call) || order.size() != 1) {
      return withinGroup;
    }
    SqlNode key = order.get(0);
    boolean isFalling = false;
    while (key.isA(Set.of(SqlKind.NULLS_FIRST, SqlKind.NULLS_LAST, SqlKind.DESCENDING))) {
      isFalling |= key.getKind() == SqlKind.DESCENDING;
      key = ((SqlCall) key).operand(0);
    }
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    SqlFunction function = OF_ORDERED.get(isFalling ? name + "_DESC" : name);
    int arguments = name.equals("MODE") ? 0 : 1;
    if (function == null || call.operandCount() != arguments) {
      return withinGroup;
    }
    List<SqlNode> operands = new ArrayList<>(List.of(key));
    operands.addAll(call.getOperandList());
    return function.createCall(withinGroup.getParserPosition(), operands);
  }
}
