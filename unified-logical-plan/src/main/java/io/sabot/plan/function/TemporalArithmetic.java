package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Value;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;

/// Sums of durations and points in time.
final class TemporalArithmetic {
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
      return sum(x, y);
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

  private static Value sum(Value.Duration x, Value.Duration y) {
    try {
      return Value.Duration.of(
          Math.addExact(x.months(), y.months()),
          Math.addExact(x.days(), y.days()),
          Math.addExact(x.seconds(), y.seconds()),
          (long) x.nanos() + y.nanos());
    } catch (ArithmeticException overflow) {
      throw Errors.outOfRange("the sum of two durations", "a duration");
    }
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
    try {
      return shifted(point, d);
    } catch (DateTimeException | ArithmeticException outside) {
      throw Errors.outOfRange("the sum with a duration", Kinds.name(point));
    }
  }

  private static Value shifted(Value point, Value.Duration d) {
    return switch (point) {
      case Value.Date(var v) ->
          new Value.Date(v.plusMonths(d.months()).plusDays(d.days()).plusDays(wholeDays(d)));
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

  /// The whole days in a duration's seconds, towards zero.
  private static long wholeDays(Value.Duration d) {
    boolean partOfSecond = d.seconds() < 0 && d.nanos() > 0;
    return (partOfSecond ? d.seconds() + 1 : d.seconds()) / 86_400;
  }
}
