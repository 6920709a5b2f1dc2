package io.sabot.parser.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.util.Optionality;

/// PostgreSQL's aggregates that Calcite's library lacks, or has with another meaning (manual,
/// section 9.21).
final class AggregateOperators {
  /// Of pairs of numbers.
  private static final List<String> OF_PAIRS =
      List.of(
          "CORR", "COVAR_POP", "COVAR_SAMP", "REGR_AVGX", "REGR_AVGY", "REGR_INTERCEPT", "REGR_R2",
          "REGR_SLOPE", "REGR_SXX", "REGR_SXY", "REGR_SYY");

  /// The parser takes Calcite's own, which is of numbers only.
  static final SqlFunction PERCENTILE_DISC =
      ordered("PERCENTILE_DISC", OperandTypes.UNIT_INTERVAL_NUMERIC_LITERAL);

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
    all.add(PERCENTILE_DISC);
    all.add(ordered("MODE", OperandTypes.NILADIC));
    return all;
  }

  /// One of the values that WITHIN GROUP orders, whatever their type is; Calcite knows by this kind
  /// that the result has it.
  private static SqlFunction ordered(
      String name, SqlOperandTypeChecker operands) {
    return SqlBasicAggFunction.create(
            name, SqlKind.PERCENTILE_DISC, ReturnTypes.PERCENTILE_DISC_CONT, operands)
        .withFunctionType(SqlFunctionCategory.SYSTEM)
        .withGroupOrder(Optionality.MANDATORY);
  }
}
