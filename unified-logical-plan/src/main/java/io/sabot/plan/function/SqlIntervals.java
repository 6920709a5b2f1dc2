package io.sabot.plan.function;

import io.sabot.plan.value.Value;

/// What PostgreSQL takes for equal when it compares and adjusts intervals: 24 hours are a day and
/// 30 days a month.
final class SqlIntervals {
  static final long MICROS_A_DAY = 86_400_000_000L;
  static final int DAYS_A_MONTH = 30;

  private SqlIntervals() {}

  /// The part of it below a day, in microseconds.
  static long micros(Value.Duration span) {
    return Math.addExact(Math.multiplyExact(span.seconds(), 1_000_000L), span.nanos() / 1000L);
  }

  static Value.Duration of(long months, long days, long micros) {
    return Value.Duration.of(
        months, days, Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
  }

  /// Whole days of hours become days.
  static Value.Duration justifyHours(Value.Duration span) {
    long micros = micros(span);
    return alike(span.months(), span.days() + micros / MICROS_A_DAY, micros % MICROS_A_DAY);
  }

  /// Whole months of days become months.
  static Value.Duration justifyDays(Value.Duration span) {
    long months = span.months() + span.days() / DAYS_A_MONTH;
    long days = span.days() % DAYS_A_MONTH;
    if (months > 0 && days < 0) {
      return of(months - 1, days + DAYS_A_MONTH, micros(span));
    }
    return months < 0 && days > 0
        ? of(months + 1, days - DAYS_A_MONTH, micros(span))
        : of(months, days, micros(span));
  }

  /// Both, and all parts of one sign.
  static Value.Duration justify(Value.Duration span) {
    long micros = micros(span);
    long days = span.days() + micros / MICROS_A_DAY;
    micros %= MICROS_A_DAY;
    long months = span.months() + days / DAYS_A_MONTH;
    days %= DAYS_A_MONTH;
    if (months > 0 && (days < 0 || (days == 0 && micros < 0))) {
      days += DAYS_A_MONTH;
      months--;
    } else if (months < 0 && (days > 0 || (days == 0 && micros > 0))) {
      days -= DAYS_A_MONTH;
      months++;
    }
    return alike(months, days, micros);
  }

  /// Days and the rest in one sign.
  private static Value.Duration alike(long months, long days, long micros) {
    if (days > 0 && micros < 0) {
      return of(months, days - 1, micros + MICROS_A_DAY);
    }
    return days < 0 && micros > 0
        ? of(months, days + 1, micros - MICROS_A_DAY)
        : of(months, days, micros);
  }
}
