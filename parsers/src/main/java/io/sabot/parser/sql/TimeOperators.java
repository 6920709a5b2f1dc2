package io.sabot.parser.sql;

import static io.sabot.parser.sql.TimeOperands.Kind.NUMBER;
import static io.sabot.parser.sql.TimeOperands.Kind.POINT;
import static io.sabot.parser.sql.TimeOperands.Kind.SPAN;
import static io.sabot.parser.sql.TimeOperands.Kind.TEXT;
import static io.sabot.parser.sql.TimeOperands.Kind.TIME;

import io.sabot.plan.type.Type;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/// PostgreSQL's functions of dates, times and intervals.
///
/// Intervals of all units are of one type, DAY TO SECOND, or DAY where they have no time of day:
/// Calcite's own types hold either months or seconds.
final class TimeOperators {
  /// `EXTRACT(unit FROM time)`, its unit as a text.
  static final SqlFunction EXTRACT =
      function(
          "$EXTRACT",
          TimeOperators::extracted,
          TimeOperands.of(List.of(TEXT, POINT), List.of(TEXT, TIME), List.of(TEXT, SPAN)));

  /// `(start, end) OVERLAPS (start, end)`, where an interval may stand for an end.
  static final SqlFunction OVERLAPS =
      function(
          "$OVERLAPS",
          ReturnTypes.BOOLEAN_FORCE_NULLABLE,
          TimeOperands.of(
              List.of(POINT, POINT, POINT, POINT),
              List.of(POINT, SPAN, POINT, SPAN),
              List.of(POINT, POINT, POINT, SPAN),
              List.of(POINT, SPAN, POINT, POINT),
              List.of(TIME, TIME, TIME, TIME),
              List.of(TIME, SPAN, TIME, SPAN),
              List.of(TIME, TIME, TIME, SPAN),
              List.of(TIME, SPAN, TIME, TIME)));

  static final List<SqlFunction> ALL =
      List.of(
          EXTRACT,
          OVERLAPS,
          function(
              "TO_CHAR",
              ReturnTypes.VARCHAR_NULLABLE,
              OperandTypes.family(SqlTypeFamily.ANY, SqlTypeFamily.CHARACTER)),
          function("TO_DATE", of(SqlTypeName.DATE), TimeOperands.of(List.of(TEXT, TEXT))),
          function(
              "TO_TIMESTAMP",
              of(SqlTypeName.TIMESTAMP_TZ),
              TimeOperands.of(List.of(TEXT, TEXT), List.of(NUMBER))),
          function("TO_NUMBER", TimeOperators::number, TimeOperands.of(List.of(TEXT, TEXT))),
          function("MAKE_DATE", of(SqlTypeName.DATE), numbers(3)),
          function("MAKE_TIME", of(SqlTypeName.TIME), numbers(3)),
          function("MAKE_TIMESTAMP", of(SqlTypeName.TIMESTAMP), numbers(6)),
          function(
              "MAKE_TIMESTAMPTZ",
              of(SqlTypeName.TIMESTAMP_TZ),
              TimeOperands.of(
                  Collections.nCopies(6, NUMBER),
                  List.of(NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, NUMBER, TEXT))),
          function("MAKE_INTERVAL", TimeOperators::span, numbers(7)),
          function(
              "AGE", TimeOperators::span, TimeOperands.of(List.of(POINT), List.of(POINT, POINT))),
          function(
              "DATE_BIN", call -> point(call, 1), TimeOperands.of(List.of(SPAN, POINT, POINT))),
          function(
              "DATE_TRUNC",
              TimeOperators::truncated,
              TimeOperands.of(
                  List.of(TEXT, POINT),
                  List.of(TEXT, TIME),
                  List.of(TEXT, SPAN),
                  List.of(TEXT, POINT, TEXT))),
          function(
              "$DATE_PART",
              ReturnTypes.DOUBLE_NULLABLE,
              TimeOperands.of(List.of(TEXT, POINT), List.of(TEXT, TIME), List.of(TEXT, SPAN))),
          function("JUSTIFY_DAYS", TimeOperators::span, TimeOperands.of(List.of(SPAN))),
          function("JUSTIFY_HOURS", TimeOperators::span, TimeOperands.of(List.of(SPAN))),
          function("JUSTIFY_INTERVAL", TimeOperators::span, TimeOperands.of(List.of(SPAN))),
          function(
              "ISFINITE",
              ReturnTypes.BOOLEAN_NULLABLE,
              TimeOperands.of(List.of(POINT), List.of(SPAN))),
          function(
              "TIMEZONE",
              call -> DateOperators.atZone(call, 1),
              TimeOperands.of(List.of(TEXT, POINT))));

  private TimeOperators() {}

  private static SqlFunction function(
      String name, SqlReturnTypeInference result, SqlOperandTypeChecker operands) {
    return SqlBasicFunction.create(name, result, operands, SqlFunctionCategory.TIMEDATE);
  }

  private static TimeOperands numbers(int count) {
    return TimeOperands.of(Collections.nCopies(count, NUMBER));
  }

  // ---- result types

  private static SqlReturnTypeInference of(SqlTypeName name) {
    return call -> nullable(call, simple(call, name));
  }

  private static RelDataType simple(SqlOperatorBinding call, SqlTypeName name) {
    RelDataTypeFactory types = call.getTypeFactory();
    return name == SqlTypeName.DATE ? types.createSqlType(name) : types.createSqlType(name, 6);
  }

  static RelDataType nullable(SqlOperatorBinding call, RelDataType type) {
    boolean isNullable = call.collectOperandTypes().stream().anyMatch(RelDataType::isNullable);
    return call.getTypeFactory().createTypeWithNullability(type, isNullable);
  }

  private static RelDataType span(SqlOperatorBinding call) {
    return nullable(call, DateOperators.ofDays(call.getTypeFactory(), TimeUnit.SECOND));
  }

  /// The type of a date or timestamp; a quoted text is a timestamp with a zone.
  private static RelDataType point(SqlOperatorBinding call, int argument) {
    RelDataType type = call.getOperandType(argument);
    return switch (type.getSqlTypeName()) {
      case DATE, TIMESTAMP, TIMESTAMP_TZ -> nullable(call, type);
      default -> nullable(call, simple(call, SqlTypeName.TIMESTAMP_TZ));
    };
  }

  /// A time of day is cut to an interval, as in PostgreSQL.
  private static RelDataType truncated(SqlOperatorBinding call) {
    RelDataType type = call.getOperandType(1);
    return type.getSqlTypeName() == SqlTypeName.TIME || SqlTypeUtil.isInterval(type)
        ? span(call)
        : point(call, 1);
  }

  /// A decimal with the digits after the point that the unit has.
  private static RelDataType extracted(SqlOperatorBinding call) {
    String unit =
        call.isOperandLiteral(0, true)
            ? String.valueOf(call.getOperandLiteralValue(0, String.class))
            : "";
    boolean isDate = call.getOperandType(1).getSqlTypeName() == SqlTypeName.DATE;
    return nullable(
        call, TypeMapping.toCalcite(extracted(unit, isDate), true, call.getTypeFactory()));
  }

  static Type.Decimal extracted(String unit, boolean isDate) {
    return switch (unit.toUpperCase(Locale.ROOT)) {
      case "SECOND", "SECONDS", "SEC", "SECS", "S" -> new Type.Decimal(8, 6);
      case "MILLISECOND", "MILLISECONDS", "MS", "MSEC", "MSECS" -> new Type.Decimal(8, 3);
      case "EPOCH" -> isDate ? new Type.Decimal(19, 0) : new Type.Decimal(25, 6);
      case "JULIAN", "J" -> isDate ? new Type.Decimal(19, 0) : new Type.Decimal(38, 20);
      default -> new Type.Decimal(10, 0);
    };
  }

  /// A decimal with as many digits after the point as the template has.
  private static RelDataType number(SqlOperatorBinding call) {
    int scale = Type.Decimal.QUOTIENT_SCALE;
    if (call.isOperandLiteral(1, false)) {
      String template = String.valueOf(call.getOperandLiteralValue(1, String.class));
      scale = io.sabot.plan.function.TemplateDigits.scale(template);
    }
    return nullable(
        call,
        call.getTypeFactory()
            .createSqlType(SqlTypeName.DECIMAL, Type.Decimal.MAX_PRECISION, scale));
  }
}
