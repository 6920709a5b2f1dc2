package io.sabot.parser.sql;

import io.sabot.plan.function.IntervalText;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlMonotonicBinaryOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// Arithmetic of PostgreSQL with dates and times that the standard lacks (manual, table 9.31): a
/// date and a number of days, two dates, two timestamps, a date and a time; and intervals that are
/// written without a unit.
final class DateOperators {
  /// `INTERVAL '1 month 2 days'`; its operand is a quoted text.
  static final SqlFunction INTERVAL =
      SqlBasicFunction.create(
          "$INTERVAL", DateOperators::interval, OperandTypes.family(SqlTypeFamily.CHARACTER));

  /// A time at a zone's clock: with a zone for one without, and without for one with.
  static final SqlFunction AT_ZONE =
      SqlBasicFunction.create(
          "$AT_ZONE",
          DateOperators::atZone,
          OperandTypes.family(SqlTypeFamily.ANY, SqlTypeFamily.CHARACTER));

  /// `+` as Calcite has it, and a date with days or a time.
  static final SqlOperator PLUS =
      new SqlMonotonicBinaryOperator(
          "+",
          SqlKind.PLUS,
          40,
          true,
          call -> or(sum(call), SqlStdOperatorTable.PLUS, call),
          InferTypes.FIRST_KNOWN,
          OperandTypes.PLUS_OPERATOR
              .or(OperandTypes.family(SqlTypeFamily.DATE, SqlTypeFamily.INTEGER))
              .or(OperandTypes.family(SqlTypeFamily.INTEGER, SqlTypeFamily.DATE))
              .or(OperandTypes.family(SqlTypeFamily.DATE, SqlTypeFamily.TIME))
              .or(OperandTypes.family(SqlTypeFamily.TIME, SqlTypeFamily.DATE)));

  /// `-` as Calcite has it, and dates and timestamps less others.
  static final SqlOperator MINUS =
      new SqlMonotonicBinaryOperator(
          "-",
          SqlKind.MINUS,
          40,
          true,
          call -> or(difference(call), SqlStdOperatorTable.MINUS, call),
          InferTypes.FIRST_KNOWN,
          new JsonOperators.Less(
              OperandTypes.MINUS_OPERATOR
                  .or(OperandTypes.family(SqlTypeFamily.DATE, SqlTypeFamily.INTEGER))
                  .or(OperandTypes.family(SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME))));

  static final List<SqlOperator> ALL = List.of(INTERVAL, AT_ZONE, PLUS, MINUS);

  private DateOperators() {}

  private static RelDataType or(
      @Nullable RelDataType ours, SqlOperator standard, SqlOperatorBinding call) {
    return ours != null ? ours : standard.inferReturnType(call);
  }

  private static @Nullable RelDataType sum(SqlOperatorBinding call) {
    SqlTypeName left = call.getOperandType(0).getSqlTypeName();
    SqlTypeName right = call.getOperandType(1).getSqlTypeName();
    if (left == SqlTypeName.DATE && right == SqlTypeName.TIME
        || left == SqlTypeName.TIME && right == SqlTypeName.DATE) {
      return nullable(call, call.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP, 6));
    }
    boolean addsDays =
        left == SqlTypeName.DATE && SqlTypeName.INT_TYPES.contains(right)
            || SqlTypeName.INT_TYPES.contains(left) && right == SqlTypeName.DATE;
    return addsDays ? date(call) : null;
  }

  private static @Nullable RelDataType difference(SqlOperatorBinding call) {
    if (JsonOperators.isJsonb(call, 0)) {
      return TypeMapping.toCalcite(Type.JSONB, true, call.getTypeFactory());
    }
    SqlTypeName left = call.getOperandType(0).getSqlTypeName();
    SqlTypeName right = call.getOperandType(1).getSqlTypeName();
    if (left == SqlTypeName.DATE && SqlTypeName.INT_TYPES.contains(right)) {
      return date(call);
    }
    if (left == SqlTypeName.DATE && right == SqlTypeName.DATE) {
      return nullable(call, call.getTypeFactory().createSqlType(SqlTypeName.INTEGER));
    }
    return SqlTypeName.DATETIME_TYPES.contains(left) && SqlTypeName.DATETIME_TYPES.contains(right)
        ? nullable(call, ofDays(call.getTypeFactory(), TimeUnit.SECOND))
        : null;
  }

  private static RelDataType date(SqlOperatorBinding call) {
    return nullable(call, call.getTypeFactory().createSqlType(SqlTypeName.DATE));
  }

  private static RelDataType nullable(SqlOperatorBinding call, RelDataType type) {
    boolean isNullable = call.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
    return call.getTypeFactory().createTypeWithNullability(type, isNullable);
  }

  /// The type of any interval.
  static RelDataType ofDays(RelDataTypeFactory types, TimeUnit last) {
    return types.createSqlIntervalType(
        new SqlIntervalQualifier(
            TimeUnit.DAY, last == TimeUnit.DAY ? null : last, SqlParserPos.ZERO));
  }

  /// The units that the interval has: a date and whole days or months are a date.
  private static RelDataType interval(SqlOperatorBinding call) {
    Value.Duration value = IntervalText.parse(text(call));
    RelDataTypeFactory types = call.getTypeFactory();
    if (value.seconds() != 0 || value.nanos() != 0) {
      return ofDays(types, TimeUnit.SECOND);
    }
    return value.days() != 0 || value.months() == 0
        ? ofDays(types, TimeUnit.DAY)
        : types.createSqlIntervalType(
            new SqlIntervalQualifier(TimeUnit.MONTH, null, SqlParserPos.ZERO));
  }

  private static String text(SqlOperatorBinding call) {
    return Objects.requireNonNull(call.getOperandLiteralValue(0, String.class));
  }

  private static RelDataType atZone(SqlOperatorBinding call) {
    SqlTypeName name = call.getOperandType(0).getSqlTypeName();
    boolean hasNone = name == SqlTypeName.TIMESTAMP || name == SqlTypeName.DATE;
    return nullable(
        call,
        call.getTypeFactory()
            .createSqlType(hasNone ? SqlTypeName.TIMESTAMP_TZ : SqlTypeName.TIMESTAMP, 6));
  }
}
