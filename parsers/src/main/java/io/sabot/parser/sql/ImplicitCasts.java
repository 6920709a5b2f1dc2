package io.sabot.parser.sql;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
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
    boolean isLost = isText(found) && isNumberOrTime(wanted) || isCut(found, wanted);
    return isLost ? null : super.implicitCast(found, wanted);
  }

  /// Whether a timestamp would lose its time of day, or its date: `timestamp + 1` is no day later.
  private static boolean isCut(RelDataType found, SqlTypeFamily wanted) {
    boolean isTimestamp =
        found.getSqlTypeName() == SqlTypeName.TIMESTAMP
            || found.getSqlTypeName() == SqlTypeName.TIMESTAMP_TZ;
    return isTimestamp && (wanted == SqlTypeFamily.DATE || wanted == SqlTypeFamily.TIME);
  }

  /// A quoted text beside an interval is one.
  @Override
  public @Nullable RelDataType commonTypeForBinaryComparison(
      @Nullable RelDataType left, @Nullable RelDataType right) {
    if (left != null && right != null && isSpanAndText(left, right)) {
      return isQuoted(right) ? left : isQuoted(left) ? right : null;
    }
    return super.commonTypeForBinaryComparison(left, right);
  }

  private static boolean isSpanAndText(RelDataType left, RelDataType right) {
    return SqlTypeUtil.isInterval(left) && SqlTypeUtil.isCharacter(right)
        || SqlTypeUtil.isCharacter(left) && SqlTypeUtil.isInterval(right);
  }

  private static boolean isQuoted(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.CHAR;
  }

  /// A quoted text that is added to a time is an interval; one that a time is subtracted from, or
  /// that is subtracted from one, is a time like it.
  @Override
  public boolean binaryArithmeticCoercion(SqlCallBinding call) {
    if (call.getOperandCount() == 2) {
      RelDataType left = call.getOperandType(0);
      RelDataType right = call.getOperandType(1);
      int quoted = isQuoted(right) ? 1 : isQuoted(left) ? 0 : -1;
      RelDataType other = quoted == 1 ? left : right;
      boolean isSum = call.getOperator().getKind() == SqlKind.PLUS;
      boolean isDifference = call.getOperator().getKind() == SqlKind.MINUS;
      if (quoted >= 0
          && (isSum || isDifference)
          && (isTime(other) || SqlTypeUtil.isInterval(other))) {
        RelDataType wanted =
            isSum || SqlTypeUtil.isInterval(other)
                ? DateOperators.ofDays(factory, TimeUnit.SECOND)
                : other;
        return coerceOperandType(call.getScope(), call.getCall(), quoted, wanted);
      }
    }
    return super.binaryArithmeticCoercion(call);
  }

  private static boolean isTime(RelDataType type) {
    return SqlTypeName.DATETIME_TYPES.contains(type.getSqlTypeName());
  }

  /// A cast to an interval is written with the name of its type: Calcite's own loses the unit.
  @Override
  protected boolean coerceOperandType(
      @Nullable SqlValidatorScope scope, SqlCall call, int index, RelDataType wanted) {
    if (!SqlTypeUtil.isInterval(wanted) || !(call.operand(index) instanceof SqlNode operand)) {
      return super.coerceOperandType(scope, call, index, wanted);
    }
    if (scope == null || !SqlTypeUtil.isCharacter(validator.deriveType(scope, operand))) {
      return false;
    }
    SqlNode interval =
        operand instanceof SqlCharStringLiteral
            ? DateOperators.INTERVAL.createCall(operand.getParserPosition(), operand)
            : WrittenLiterals.cast(
                operand, WrittenLiterals.INTERVAL_TYPE, operand.getParserPosition());
    call.setOperand(index, interval);
    updateInferredType(interval, wanted);
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
