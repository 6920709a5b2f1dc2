package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.SqlFunctions;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/// Arithmetic with dates, times and intervals.
final class TemporalLowering {
  private final RexLowering rex;

  TemporalLowering(RexLowering rex) {
    this.rex = rex;
  }

  Expr arithmetic(RexCall call) {
    RexNode first = call.getOperands().get(0);
    RexNode second = call.getOperands().get(1);
    Expr left = rex.lower(first);
    Expr right = rex.lower(second);
    boolean leftInterval = SqlTypeUtil.isInterval(first.getType());
    boolean rightInterval = SqlTypeUtil.isInterval(second.getType());
    boolean isDate = left.type() == Type.DATE || right.type() == Type.DATE;
    if (isDate && !SqlTypeUtil.isInterval(call.getType())) {
      Expr days = days(call.getKind(), left, right);
      if (days != null) {
        return days;
      }
    }
    return switch (call.getKind()) {
      case TIMES, CHECKED_TIMES ->
          leftInterval
              ? SqlFunctions.INTERVAL_TIMES.call(left, right)
              : SqlFunctions.INTERVAL_TIMES.call(right, left);
      case PLUS, CHECKED_PLUS ->
          leftInterval && !rightInterval
              ? shift(right, left, call.getType(), false)
              : shift(left, right, call.getType(), false);
      case MINUS, CHECKED_MINUS ->
          !leftInterval && !rightInterval
              ? SqlFunctions.INTERVAL_BETWEEN.call(left, right)
              : shift(left, right, call.getType(), true);
      case DIVIDE, CHECKED_DIVIDE -> SqlFunctions.INTERVAL_DIVIDED.call(left, right);
      default -> throw Errors.unsupported(null, call.getKind() + " on times");
    };
  }

  /// Arithmetic of a date with days, a time or another date; null if the other side is none.
  private static @Nullable Expr days(SqlKind kind, Expr left, Expr right) {
    if (left.type() != Type.DATE) {
      return days(kind, right, left);
    }
    boolean isMinus = kind == SqlKind.MINUS || kind == SqlKind.CHECKED_MINUS;
    if (right.type() instanceof Type.Int) {
      Expr span = SqlFunctions.MAKE_INTERVAL.call(right, Expr.lit(Value.of("DAY")));
      return (isMinus ? SqlFunctions.MINUS_INTERVAL : SqlFunctions.PLUS_INTERVAL).call(left, span);
    }
    if (right.type() == Type.TIME) {
      return Functions.named("sql.date_with_time").call(left, right);
    }
    return right.type() == Type.DATE && isMinus
        ? Functions.named("sql.days_between").call(left, right)
        : null;
  }

  /// A time with a zone as the zone's clock shows it; a time without one, in that zone.
  Expr atZone(List<Expr> args) {
    Expr time = args.getFirst();
    boolean hasNone = time.type() == Type.TIMESTAMP || time.type() == Type.DATE;
    return hasNone
        ? Functions.named("sql.with_zone").call(Coercion.cast(time, Type.TIMESTAMP), args.getLast())
        : Functions.named("sql.in_zone")
            .call(Coercion.cast(time, Type.TIMESTAMPTZ), args.getLast());
  }

  private Expr shift(Expr start, Expr interval, RelDataType type, boolean back) {
    Type result = TypeMapping.fromCalcite(type);
    Expr from = result == Type.TIMESTAMP ? Coercion.cast(start, Type.TIMESTAMP) : start;
    return (back ? SqlFunctions.MINUS_INTERVAL : SqlFunctions.PLUS_INTERVAL).call(from, interval);
  }

  Expr cast(Expr input, RelDataType from, RelDataType to) {
    boolean fromInterval = SqlTypeUtil.isInterval(from);
    boolean toInterval = SqlTypeUtil.isInterval(to);
    if (fromInterval && toInterval) {
      return input;
    }
    if (toInterval && SqlTypeUtil.isExactNumeric(from)) {
      TimeUnit unit = java.util.Objects.requireNonNull(to.getIntervalQualifier()).getStartUnit();
      return SqlFunctions.MAKE_INTERVAL.call(input, Expr.lit(Value.of(unit.name())));
    }
    if (fromInterval && SqlTypeUtil.isExactNumeric(to)) {
      TimeUnit unit = java.util.Objects.requireNonNull(from.getIntervalQualifier()).getStartUnit();
      return SqlFunctions.INTERVAL_IN.call(input, Expr.lit(Value.of(unit.name())));
    }
    if (fromInterval) {
      return Coercion.cast(input, TypeMapping.fromCalcite(to));
    }
    if (toInterval) {
      return Coercion.cast(input, Type.INTERVAL);
    }
    throw Errors.unsupported(null, "a cast from " + from + " to " + to);
  }

  /// An interval as Calcite counts it: in months or in milliseconds.
  Expr number(Expr input, RelDataType type) {
    if (!SqlTypeUtil.isInterval(type)) {
      return input;
    }
    boolean months = type.getSqlTypeName().getFamily() == SqlTypeFamily.INTERVAL_YEAR_MONTH;
    return SqlFunctions.INTERVAL_IN.call(
        input, Expr.lit(Value.of(months ? "MONTH" : "MILLISECOND")));
  }

  Expr floor(RexCall call) {
    Expr value = rex.lower(call.getOperands().get(0));
    Expr unit = rex.lower(call.getOperands().get(1));
    if (call.getKind() == SqlKind.CEIL) {
      throw Errors.unsupported(null, "CEIL of a time");
    }
    return Functions.named("sql.date_trunc").call(unit, value);
  }
}
