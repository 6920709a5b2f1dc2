package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Value;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/// Arithmetic with SQL dates, times, timestamps and intervals.
final class SqlTimes {
  private SqlTimes() {}

  static Value plus(Value start, Value.Duration span, int sign) {
    long months = sign * span.months();
    long days = sign * span.days();
    long seconds = sign * span.seconds();
    long nanos = (long) sign * span.nanos();
    return switch (start) {
      case Value.Date(LocalDate date) ->
          new Value.Date(date.plusMonths(months).plusDays(days + Math.floorDiv(seconds, 86_400L)));
      case Value.DateTime(LocalDateTime time) ->
          new Value.DateTime(
              time.plusMonths(months).plusDays(days).plusSeconds(seconds).plusNanos(nanos));
      case Value.Time(LocalTime time) -> new Value.Time(time.plusSeconds(seconds).plusNanos(nanos));
      case Value.Duration(long m, long d, long s, int n) ->
          Value.Duration.of(m + months, d + days, s + seconds, n + nanos);
      default -> throw Errors.typeMismatch(Kinds.name(start), "a date or time", "+ INTERVAL");
    };
  }

  /// From `end` back to `start`, in days and seconds.
  static Value between(Value end, Value start) {
    if (end instanceof Value.Time(LocalTime a) && start instanceof Value.Time(LocalTime b)) {
      return Value.Duration.of(0, 0, 0, Duration.between(b, a).toNanos());
    }
    LocalDateTime a = dateTime(end);
    LocalDateTime b = dateTime(start);
    Duration span = Duration.between(b, a);
    return Value.Duration.of(
        0, span.getSeconds() / 86_400, span.getSeconds() % 86_400, span.getNano());
  }

  static Value times(Value.Duration span, Value factor) {
    if (factor instanceof Value.Int(long n)) {
      return Value.Duration.of(
          Math.multiplyExact(span.months(), n),
          Math.multiplyExact(span.days(), n),
          Math.multiplyExact(span.seconds(), n),
          span.nanos() * n);
    }
    double n = Numbers.toDouble(factor);
    return Value.Duration.of(
        (long) (span.months() * n),
        (long) (span.days() * n),
        (long) (span.seconds() * n),
        (long) (span.nanos() * n));
  }

  static Value divided(Value.Duration span, Value divisor) {
    double n = Numbers.toDouble(divisor);
    if (n == 0) {
      throw Errors.divisionByZero();
    }
    return times(span, new Value.Real(1 / n));
  }

  static Value interval(Value amount, String unit) {
    long n = Numbers.toDecimal(amount).longValue();
    return switch (unit.toUpperCase(Locale.ROOT)) {
      case "YEAR" -> Value.Duration.of(12 * n, 0, 0, 0);
      case "QUARTER" -> Value.Duration.of(3 * n, 0, 0, 0);
      case "MONTH" -> Value.Duration.of(n, 0, 0, 0);
      case "WEEK" -> Value.Duration.of(0, 7 * n, 0, 0);
      case "DAY" -> Value.Duration.of(0, n, 0, 0);
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

  static Value extract(String field, Value value) {
    if (value instanceof Value.Duration span) {
      return extract(field, span);
    }
    LocalDateTime time = dateTime(value);
    return Value.of(
        switch (field.toUpperCase(Locale.ROOT)) {
          case "YEAR" -> time.getYear();
          case "QUARTER" -> time.get(IsoFields.QUARTER_OF_YEAR);
          case "MONTH" -> time.getMonthValue();
          case "WEEK" -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
          case "ISOYEAR" -> time.get(IsoFields.WEEK_BASED_YEAR);
          case "DAY" -> time.getDayOfMonth();
          case "DOW" -> time.getDayOfWeek().getValue() % 7;
          case "ISODOW" -> time.getDayOfWeek().getValue();
          case "DOY" -> time.getDayOfYear();
          case "DECADE" -> Math.floorDiv(time.getYear(), 10);
          case "CENTURY" -> Math.floorDiv(time.getYear() + 99, 100);
          case "MILLENNIUM" -> Math.floorDiv(time.getYear() + 999, 1000);
          case "HOUR" -> time.getHour();
          case "MINUTE" -> time.getMinute();
          case "SECOND" -> time.getSecond();
          case "MILLISECOND" -> time.getSecond() * 1000L + time.getNano() / 1_000_000;
          case "MICROSECOND" -> time.getSecond() * 1_000_000L + time.getNano() / 1000;
          case "EPOCH" -> time.toEpochSecond(ZoneOffset.UTC);
          default -> throw Errors.unsupported(null, "EXTRACT(" + field + ")");
        });
  }

  private static Value extract(String field, Value.Duration span) {
    return Value.of(
        switch (field.toUpperCase(Locale.ROOT)) {
          case "YEAR" -> span.months() / 12;
          case "MONTH" -> span.months() % 12;
          case "DAY" -> span.days();
          case "HOUR" -> span.seconds() / 3600;
          case "MINUTE" -> span.seconds() / 60 % 60;
          case "SECOND" -> span.seconds() % 60;
          case "EPOCH" -> span.days() * 86_400 + span.seconds();
          default -> throw Errors.unsupported(null, "EXTRACT(" + field + ") of an interval");
        });
  }

  static Value trunc(String unit, Value value) {
    LocalDateTime time = dateTime(value);
    LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
    LocalDateTime cut =
        switch (unit.toUpperCase(Locale.ROOT)) {
          case "YEAR" -> day.withDayOfYear(1);
          case "QUARTER" -> day.withDayOfMonth(1).withMonth((time.getMonthValue() - 1) / 3 * 3 + 1);
          case "MONTH" -> day.withDayOfMonth(1);
          case "WEEK" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
          case "DAY" -> day;
          case "HOUR" -> time.truncatedTo(ChronoUnit.HOURS);
          case "MINUTE" -> time.truncatedTo(ChronoUnit.MINUTES);
          case "SECOND" -> time.truncatedTo(ChronoUnit.SECONDS);
          default -> throw Errors.unsupported(null, "cutting a time to " + unit);
        };
    return switch (value) {
      case Value.Date _ -> new Value.Date(cut.toLocalDate());
      case Value.Time _ -> new Value.Time(cut.toLocalTime());
      default -> new Value.DateTime(cut);
    };
  }
}
