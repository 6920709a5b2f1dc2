package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;

/// Sums of durations and points in time.
final class TemporalArithmetic {
  private static final double SECONDS_A_MONTH = 365.2425 * 86_400 / 12;
  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

  private TemporalArithmetic() {}

  static boolean isTemporal(Value value) {
    return switch (value) {
      case Value.Date _,
          Value.Time _,
          Value.ZonedTime _,
          Value.DateTime _,
          Value.ZonedDateTime _,
          Value.Duration _ ->
          true;
      default -> false;
    };
  }

  static Value add(Value a, Value b) {
    if (a instanceof Value.Duration x && b instanceof Value.Duration y) {
      return Value.Duration.of(
          x.months() + y.months(),
          x.days() + y.days(),
          x.seconds() + y.seconds(),
          (long) x.nanos() + y.nanos());
    }
    if (b instanceof Value.Duration duration) {
      return shift(a, duration);
    }
    if (a instanceof Value.Duration duration) {
      return shift(b, duration);
    }
    throw Errors.typeMismatch(
        Kinds.name(a) + " and " + Kinds.name(b), "a point in time and a duration", "'+'");
  }

  static Value subtract(Value a, Value b) {
    if (b instanceof Value.Duration) {
      return add(a, ArithmeticFunctions.negate(b));
    }
    throw Errors.typeMismatch(
        Kinds.name(a) + " and " + Kinds.name(b),
        "a duration on the right",
        "'-'; the distance of two points in time is duration.between()");
  }

  private static Value shift(Value point, Value.Duration d) {
    return switch (point) {
      case Value.Date(var v) ->
          new Value.Date(
              v.plusMonths(d.months()).plusDays(d.days()).plusDays(d.seconds() / 86_400));
      case Value.DateTime(var v) -> new Value.DateTime(plus(v, d));
      case Value.ZonedDateTime(var v) -> new Value.ZonedDateTime(plus(v, d));
      case Value.Time(LocalTime v) ->
          new Value.Time(v.plusSeconds(d.seconds()).plusNanos(d.nanos()));
      case Value.ZonedTime(OffsetTime v) ->
          new Value.ZonedTime(v.plusSeconds(d.seconds()).plusNanos(d.nanos()));
      default ->
          throw Errors.typeMismatch(
              Kinds.name(point), "a point in time", "the sum with a duration");
    };
  }

  @SuppressWarnings("unchecked")
  private static <T extends Temporal> T plus(T point, Value.Duration d) {
    return (T)
        point
            .plus(d.months(), ChronoUnit.MONTHS)
            .plus(d.days(), ChronoUnit.DAYS)
            .plus(d.seconds(), ChronoUnit.SECONDS)
            .plus(d.nanos(), ChronoUnit.NANOS);
  }

  /// A duration times a number: fractions of a month go to days and seconds, of a day to seconds.
  static Value scale(Value.Duration d, double factor) {
    double months = d.months() * factor;
    long wholeMonths = (long) months;
    double days = d.days() * factor + (months - wholeMonths) * SECONDS_A_MONTH / 86_400;
    long wholeDays = (long) days;
    BigDecimal seconds =
        BigDecimal.valueOf(d.seconds())
            .add(BigDecimal.valueOf(d.nanos()).divide(NANOS))
            .multiply(BigDecimal.valueOf(factor))
            .add(BigDecimal.valueOf((days - wholeDays) * 86_400));
    BigDecimal nanos = seconds.multiply(NANOS).setScale(0, RoundingMode.DOWN);
    var split = nanos.toBigInteger().divideAndRemainder(NANOS.toBigInteger());
    return Value.Duration.of(wholeMonths, wholeDays, split[0].longValue(), split[1].longValue());
  }
}
