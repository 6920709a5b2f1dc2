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
import org.apache.calcite.sql.SqlBinaryOperator;
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
import org.apache.calcite.sql.type.SqlTypeUtil;
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
          call -> atZone(call, 0),
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

  /// `*` as Calcite has it; a part of an interval has a time of day.
  static final SqlOperator TIMES =
      new SqlMonotonicBinaryOperator(
          "*",
          SqlKind.TIMES,
          60,
          true,
          call -> or(scaled(call, true), SqlStdOperatorTable.MULTIPLY, call),
          InferTypes.FIRST_KNOWN,
          OperandTypes.MULTIPLY_OPERATOR);

  /// `/` as Calcite has it; a part of an interval has a time of day.
  static final SqlOperator DIVIDE =
      new SqlBinaryOperator(
          "/",
          SqlKind.DIVIDE,
          60,
          true,
          call -> or(scaled(call, false), SqlStdOperatorTable.DIVIDE, call),
          InferTypes.FIRST_KNOWN,
          OperandTypes.DIVISION_OPERATOR);

  static final List<SqlOperator> ALL = List.of(INTERVAL, AT_ZONE, PLUS, MINUS, TIMES, DIVIDE);

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
    if (left == SqlTypeName.DATE && hasTime(call.getOperandType(1))
        || hasTime(call.getOperandType(0)) && right == SqlTypeName.DATE) {
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
    if (left == SqlTypeName.DATE && hasTime(call.getOperandType(1))) {
      return nullable(call, call.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP, 6));
    }
    if (left == SqlTypeName.DATE && right == SqlTypeName.DATE) {
      return nullable(call, call.getTypeFactory().createSqlType(SqlTypeName.INTEGER));
    }
    return SqlTypeName.DATETIME_TYPES.contains(left) && SqlTypeName.DATETIME_TYPES.contains(right)
        ? nullable(call, ofDays(call.getTypeFactory(), TimeUnit.SECOND))
        : null;
  }

  /// Whether it is an interval with a time of day.
  private static boolean hasTime(RelDataType type) {
    return SqlTypeUtil.isInterval(type)
        && type.getSqlTypeName() != SqlTypeName.INTERVAL_DAY
        && !SqlTypeName.YEAR_INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  private static RelDataType date(SqlOperatorBinding call) {
    return nullable(call, call.getTypeFactory().createSqlType(SqlTypeName.DATE));
  }

  private static RelDataType nullable(SqlOperatorBinding call, RelDataType type) {
    boolean isNullable = call.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
    return call.getTypeFactory().createTypeWithNullability(type, isNullable);
  }

  private static @Nullable RelDataType scaled(SqlOperatorBinding call, boolean isProduct) {
    RelDataType left = call.getOperandType(0);
    RelDataType right = call.getOperandType(1);
    if (!SqlTypeUtil.isInterval(left) && !SqlTypeUtil.isInterval(right)) {
      return null;
    }
    boolean isWhole =
        isProduct
            && (SqlTypeName.INT_TYPES.contains(left.getSqlTypeName())
                || SqlTypeName.INT_TYPES.contains(right.getSqlTypeName()));
    boolean hasTime = !isWhole || hasTime(left) || hasTime(right);
    return nullable(call, ofDays(call.getTypeFactory(), hasTime ? TimeUnit.SECOND : TimeUnit.DAY));
  }

  /// The type of any interval.
  static RelDataType ofDays(RelDataTypeFactory types, TimeUnit last) {
    return types.createSqlIntervalType(
        new SqlIntervalQualifier(
            TimeUnit.DAY, last == TimeUnit.DAY ? null : last, SqlParserPos.ZERO));
  }

  /// Whether the interval has a time of day: a date and whole days or months are a date.
  private static RelDataType interval(SqlOperatorBinding call) {
    Value.Duration value = IntervalText.parse(text(call));
    boolean hasTime = value.seconds() != 0 || value.nanos() != 0;
    return ofDays(call.getTypeFactory(), hasTime ? TimeUnit.SECOND : TimeUnit.DAY);
  }

  private static String text(SqlOperatorBinding call) {
    return Objects.requireNonNull(call.getOperandLiteralValue(0, String.class));
  }

  static RelDataType atZone(SqlOperatorBinding call, int time) {
    SqlTypeName name = call.getOperandType(time).getSqlTypeName();
    boolean hasNone = name == SqlTypeName.TIMESTAMP;
    return nullable(
        call,
        call.getTypeFactory()
            .createSqlType(hasNone ? SqlTypeName.TIMESTAMP_TZ : SqlTypeName.TIMESTAMP, 6));
  }
}
