package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Value;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.function.Supplier;

/// Arithmetic with SQL dates, times, timestamps and intervals.
final class SqlTimes {
  /// PostgreSQL's last year of a timestamp, which is also near the last of a column's microseconds.
  private static final int LAST_YEAR = 294_276;

  private static final int FIRST_YEAR = -4712;

  private SqlTimes() {}

  static Value plus(Value start, Value.Duration span, int sign) {
    long months = sign * span.months();
    long days = sign * span.days();
    long seconds = sign * span.seconds();
    long nanos = (long) sign * span.nanos();
    return switch (start) {
      case Value.Date(LocalDate date) ->
          new Value.Date(
              inRange(
                  () -> date.plusMonths(months).plusDays(days + Math.floorDiv(seconds, 86_400L))));
      case Value.DateTime(LocalDateTime time) ->
          new Value.DateTime(
              inRange(() ->
                  time.plusMonths(months).plusDays(days).plusSeconds(seconds).plusNanos(nanos)));
      case Value.Time(LocalTime time) -> new Value.Time(time.plusSeconds(seconds).plusNanos(nanos));
      // One whose type only the value tells, as that of another language's query; its own calendar.
      case Value.ZonedDateTime(var time) ->
          new Value.ZonedDateTime(
              inRange(() ->
                  time.plusMonths(months).plusDays(days).plusSeconds(seconds).plusNanos(nanos)));
      case Value.Duration that ->
          SqlIntervals.of(
              that.months() + months,
              that.days() + days,
              Math.addExact(SqlIntervals.micros(that), sign * SqlIntervals.micros(span)));
      default -> throw Errors.typeMismatch(Kinds.name(start), "a date or time", "+ INTERVAL");
    };
  }

  /// A point in time that a column can hold.
  static <T extends TemporalAccessor> T inRange(Supplier<T> point) {
    try {
      T time = point.get();
      int year = time.get(ChronoField.YEAR);
      if (year >= FIRST_YEAR && year <= LAST_YEAR) {
        return time;
      }
    } catch (DateTimeException | ArithmeticException tooFar) {
      // Told below.
    }
    throw Errors.outOfRange("the time", "the years from 4713 BC to " + LAST_YEAR);
  }

  /// From `end` back to `start`, in days and seconds.
  static Value between(Value end, Value start) {
    if (end instanceof Value.Time(LocalTime a) && start instanceof Value.Time(LocalTime b)) {
      return Value.Duration.of(0, 0, 0, Duration.between(b, a).toNanos());
    }
    LocalDateTime a = dateTime(end);
    LocalDateTime b = dateTime(start);
    Duration span = Duration.between(b, a);
    long micros =
        Math.addExact(Math.multiplyExact(span.getSeconds(), 1_000_000L), span.getNano() / 1000);
    return SqlIntervals.of(
        0, micros / SqlIntervals.MICROS_A_DAY, micros % SqlIntervals.MICROS_A_DAY);
  }

  static Value times(Value.Duration span, Value factor) {
    if (factor instanceof Value.Int(long n)) {
      try {
        return SqlIntervals.of(
            Math.multiplyExact(span.months(), n),
            Math.multiplyExact(span.days(), n),
            Math.multiplyExact(SqlIntervals.micros(span), n));
      } catch (ArithmeticException tooLarge) {
        throw IntervalText.outOfRange();
      }
    }
    return SqlIntervals.scaled(span, Numbers.toDouble(factor), false);
  }

  static Value divided(Value.Duration span, Value divisor) {
    double n = Numbers.toDouble(divisor);
    if (n == 0) {
      throw Errors.divisionByZero();
    }
    return SqlIntervals.scaled(span, n, true);
  }

  static Value interval(Value amount, String unit) {
    long n = Numbers.toDecimal(amount).longValue();
    return switch (unit.toUpperCase(Locale.ROOT)) {
      case "YEAR" -> SqlIntervals.of(12 * n, 0, 0);
      case "QUARTER" -> SqlIntervals.of(3 * n, 0, 0);
      case "MONTH" -> SqlIntervals.of(n, 0, 0);
      case "WEEK" -> SqlIntervals.of(0, 7 * n, 0);
      case "DAY" -> SqlIntervals.of(0, n, 0);
      case "HOUR" -> Value.Duration.of(0, 0, 3600 * n, 0);
      case "MINUTE" -> Value.Duration.of(0, 0, 60 * n, 0);
      case "SECOND" -> Value.Duration.of(0, 0, n, 0);
      default -> throw Errors.unsupported(null, "intervals of " + unit);
    };
  }

  static Value count(Value.Duration span, String unit) {
    long seconds = span.days() * 86_400 + span.seconds();
    return Value.of(
        switch (unit.toUpperCase(Locale.ROOT)) {
          case "YEAR" -> span.months() / 12;
          case "QUARTER" -> span.months() / 3;
          case "MONTH" -> span.months();
          case "WEEK" -> seconds / (7 * 86_400);
          case "DAY" -> seconds / 86_400;
          case "HOUR" -> seconds / 3600;
          case "MINUTE" -> seconds / 60;
          case "SECOND" -> seconds;
          case "MILLISECOND" -> seconds * 1000 + span.nanos() / 1_000_000;
          default -> throw Errors.unsupported(null, "intervals in " + unit);
        });
  }

  private static LocalDateTime dateTime(Value value) {
    return switch (value) {
      case Value.Date(LocalDate date) -> date.atStartOfDay();
      case Value.DateTime(LocalDateTime time) -> time;
      case Value.ZonedDateTime(var time) ->
          time.withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
      case Value.Time(LocalTime time) -> time.atDate(LocalDate.EPOCH);
      default -> throw Errors.typeMismatch(Kinds.name(value), "a date or time", "time arithmetic");
    };
  }
}
