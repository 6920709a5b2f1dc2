package io.sabot.parser.sql;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;
import org.jspecify.annotations.Nullable;

/// Which casts a query need not write.
///
/// As in PostgreSQL a quoted literal becomes what its place wants, and a text value does not become
/// a number or a time: `'5' + 1` is 6, and for a column of text `+ t` or `t + 1` is an error before
/// the query runs, not one at the first row that holds no number. A literal has the type CHAR,
/// every other text VARCHAR.
final class ImplicitCasts extends TypeCoercionImpl {
  ImplicitCasts(RelDataTypeFactory types, SqlValidator validator) {
    super(types, validator);
  }

  @Override
  public @Nullable RelDataType implicitCast(RelDataType found, SqlTypeFamily wanted) {
    return isText(found) && isNumberOrTime(wanted) ? null : super.implicitCast(found, wanted);
  }

  /// Calcite takes the text of an array apart and makes of an empty one what has no type.
  @Override
  protected Boolean coerceStringToArray(
      SqlCall call, SqlNode operand, int index, RelDataType from, RelDataType to) {
    if (!(operand instanceof SqlLiteral)) {
      return false;
    }
    SqlNode cast =
        SqlStdOperatorTable.CAST.createCall(
            operand.getParserPosition(), operand, SqlTypeUtil.convertTypeToSpec(to));
    call.setOperand(index, cast);
    updateInferredType(cast, to);
    return true;
  }

  @Override
  protected boolean binaryArithmeticWithStrings(
      SqlCallBinding call, RelDataType left, RelDataType right) {
    return !(isText(left) || isText(right)) && super.binaryArithmeticWithStrings(call, left, right);
  }

  private static boolean isText(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.VARCHAR;
  }

  private static boolean isNumberOrTime(SqlTypeFamily family) {
    return switch (family) {
      case NUMERIC,
          EXACT_NUMERIC,
          APPROXIMATE_NUMERIC,
          INTEGER,
          DECIMAL,
          DATE,
          TIME,
          TIMESTAMP,
          DATETIME,
          DATETIME_INTERVAL ->
          true;
      default -> false;
    };
  }
}
