package io.sabot.parser.sql;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
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
      return isQuoted(right) || isQuoted(left) ? anyInterval(left, right) : null;
    }
    return super.commonTypeForBinaryComparison(left, right);
  }

  @Override
  public boolean binaryComparisonCoercion(SqlCallBinding call) {
    if (call.getOperandCount() == 2) {
      RelDataType left = call.getOperandType(0);
      RelDataType right = call.getOperandType(1);
      if (isSpanAndText(left, right) && !isQuoted(left) && !isQuoted(right)) {
        throw call.newValidationSignatureError();
      }
    }
    return super.binaryComparisonCoercion(call);
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
    if (!SqlTypeUtil.isInterval(wanted)) {
      return super.coerceOperandType(scope, call, index, wanted);
    }
    SqlNode interval = interval(scope, call.operand(index), wanted);
    if (interval != null) {
      call.setOperand(index, interval);
    }
    return interval != null;
  }

  @Override
  protected boolean coerceColumnType(
      @Nullable SqlValidatorScope scope, SqlNodeList nodes, int index, RelDataType wanted) {
    if (!SqlTypeUtil.isInterval(wanted) || index >= nodes.size()) {
      return super.coerceColumnType(scope, nodes, index, wanted);
    }
    SqlNode node = nodes.get(index);
    boolean isNamed = node.getKind() == SqlKind.AS;
    SqlNode interval = interval(scope, isNamed ? ((SqlCall) node).operand(0) : node, wanted);
    if (interval == null) {
      return false;
    }
    if (isNamed) {
      ((SqlCall) node).setOperand(0, interval);
      updateInferredType(node, wanted);
    } else {
      nodes.set(
          index,
          node instanceof SqlIdentifier id
              ? SqlValidatorUtil.addAlias(interval, id.names.getLast())
              : interval);
    }
    return true;
  }

  /// A text or an interval of some units as an interval of all; null for anything else.
  private @Nullable SqlNode interval(
      @Nullable SqlValidatorScope scope, SqlNode operand, RelDataType wanted) {
    if (scope == null) {
      return null;
    }
    RelDataType type = validator.deriveType(scope, operand);
    boolean isOther =
        SqlTypeUtil.isInterval(type) && type.getSqlTypeName() != wanted.getSqlTypeName();
    if (!SqlTypeUtil.isCharacter(type) && !isOther) {
      return null;
    }
    SqlNode interval =
        WrittenLiterals.cast(operand, WrittenLiterals.INTERVAL_TYPE, operand.getParserPosition());
    updateInferredType(
        interval,
        factory.createTypeWithNullability(
            DateOperators.ofDays(factory, TimeUnit.SECOND), wanted.isNullable()));
    return interval;
  }

  /// `interval IN ('1 day', ...)`.
  @Override
  public boolean inOperationCoercion(SqlCallBinding call) {
    RelDataType left = call.getOperandType(0);
    if (!SqlTypeUtil.isInterval(left) || !(call.operand(1) instanceof SqlNodeList items)) {
      return super.inOperationCoercion(call);
    }
    boolean isChanged = false;
    for (int i = 0; i < items.size(); i++) {
      SqlNode interval = interval(call.getScope(), items.get(i), left);
      if (interval != null) {
        items.set(i, interval);
        isChanged = true;
      }
    }
    if (isChanged) {
      updateInferredType(items, anyInterval(left, left));
    }
    return isChanged;
  }

  private RelDataType anyInterval(RelDataType left, RelDataType right) {
    return factory.createTypeWithNullability(
        DateOperators.ofDays(factory, TimeUnit.SECOND), left.isNullable() || right.isNullable());
  }

  /// A quoted text among intervals is one.
  @Override
  public @Nullable RelDataType getWiderTypeForTwo(
      @Nullable RelDataType left, @Nullable RelDataType right, boolean promotesText) {
    if (left != null && right != null && isSpanAndText(left, right)) {
      return isQuoted(right) || isQuoted(left) ? anyInterval(left, right) : null;
    }
    return super.getWiderTypeForTwo(left, right, promotesText);
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
