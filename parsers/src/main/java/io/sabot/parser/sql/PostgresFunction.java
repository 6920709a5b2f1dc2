package io.sabot.parser.sql;

import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/// A function of PostgreSQL for the validator. It is of a class of its own, so that Calcite does
/// not take it for its function of that name, which it writes in another way: a square root as a
/// power, for one.
final class PostgresFunction extends SqlFunction {
  private final boolean isDeterministic;

  private PostgresFunction(
      String name,
      SqlReturnTypeInference returns,
      SqlOperandTypeChecker operands,
      boolean isDeterministic) {
    super(name, SqlKind.OTHER_FUNCTION, returns, null, operands, SqlFunctionCategory.STRING);
    this.isDeterministic = isDeterministic;
  }

  static SqlFunction of(
      String name, SqlReturnTypeInference returns, SqlOperandTypeChecker operands) {
    return new PostgresFunction(name, returns, operands, true);
  }

  /// One that differs from call to call.
  static SqlFunction changing(String name, SqlTypeName returns) {
    return new PostgresFunction(name, always(returns), OperandTypes.NILADIC, false);
  }

  @Override
  public boolean isDeterministic() {
    return isDeterministic;
  }

  // ---- operands

  static Overloads takes(SqlTypeFamily... families) {
    return takes(families.length, families);
  }

  /// The operands behind the first `least` may be left out.
  static Overloads takes(int least, SqlTypeFamily... families) {
    return Overloads.of(least, List.of(families));
  }

  /// Operands of any types.
  static SqlOperandTypeChecker atLeast(int least) {
    SqlOperandCountRange count = SqlOperandCountRanges.from(least);
    return OperandTypes.variadic(count);
  }

  // ---- results

  /// Never null.
  static SqlReturnTypeInference always(SqlTypeName type) {
    return call -> call.getTypeFactory().createSqlType(type);
  }

  /// Null where an operand is null.
  static SqlReturnTypeInference strict(SqlTypeName type) {
    return call -> nullable(call, call.getTypeFactory().createSqlType(type), anyNull(call));
  }

  /// Null also where no operand is.
  static SqlReturnTypeInference maybe(SqlTypeName type) {
    return call -> nullable(call, call.getTypeFactory().createSqlType(type), true);
  }

  /// Null where the first operand is null, whatever the others are.
  static SqlReturnTypeInference byFirst(SqlTypeName type) {
    return call ->
        nullable(
            call, call.getTypeFactory().createSqlType(type), call.getOperandType(0).isNullable());
  }

  /// Bytes where the first operand is, otherwise text.
  static RelDataType textOrBytes(SqlOperatorBinding call) {
    boolean isBytes = SqlTypeName.BINARY_TYPES.contains(call.getOperandType(0).getSqlTypeName());
    RelDataType type =
        call.getTypeFactory().createSqlType(isBytes ? SqlTypeName.VARBINARY : SqlTypeName.VARCHAR);
    boolean findsPart =
        call.getOperandCount() > 1
            && getName(call).equals("SUBSTRING")
            && SqlTypeName.CHAR_TYPES.contains(call.getOperandType(1).getSqlTypeName());
    return nullable(call, type, findsPart || anyNull(call));
  }

  private static String getName(SqlOperatorBinding call) {
    return Objects.requireNonNull(call.getOperator()).getName();
  }

  /// A list of texts that may be null.
  static RelDataType texts(SqlOperatorBinding call) {
    RelDataTypeFactory types = call.getTypeFactory();
    RelDataType text = types.createSqlType(SqlTypeName.VARCHAR);
    return nullable(
        call, types.createArrayType(types.createTypeWithNullability(text, true), -1), true);
  }

  static RelDataType nullable(SqlOperatorBinding call, RelDataType type, boolean isNullable) {
    return call.getTypeFactory().createTypeWithNullability(type, isNullable);
  }

  static boolean anyNull(SqlOperatorBinding call) {
    return call.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
  }
}
