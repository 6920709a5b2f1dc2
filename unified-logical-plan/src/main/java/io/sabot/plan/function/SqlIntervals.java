package io.sabot.plan.function;

import io.sabot.plan.value.Value;

/// What PostgreSQL takes for equal when it compares and adjusts intervals: 24 hours are a day and
/// 30 days a month.
final class SqlIntervals {
  static final long MICROS_A_DAY = 86_400_000_000L;
  static final int DAYS_A_MONTH = 30;
  private static final double SECONDS_A_DAY = 86_400;

  private SqlIntervals() {}

  /// The part of it below a day, in microseconds.
  static long micros(Value.Duration span) {
    return Math.addExact(Math.multiplyExact(span.seconds(), 1_000_000L), span.nanos() / 1000L);
  }

  static Value.Duration of(long months, long days, long micros) {
    if (months != (int) months || days != (int) days) {
      throw IntervalText.outOfRange();
    }
    return Value.Duration.of(
        months, days, Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
  }

  /// The part that a number times, or divides by, the interval gives. What is left of a month goes
  /// to days, what is left of a day to seconds.
  static Value.Duration scaled(Value.Duration span, double number, boolean divides) {
    double months = scaled(span.months(), number, divides);
    double days = scaled(span.days(), number, divides);
    double micros = scaled(micros(span), number, divides);
    double ofMonth = rounded((months - toZero(months)) * DAYS_A_MONTH);
    double ofDay = rounded((days - toZero(days) + ofMonth - toZero(ofMonth)) * SECONDS_A_DAY);
    double moreDays = Math.abs(ofDay) >= SECONDS_A_DAY ? toZero(ofDay / SECONDS_A_DAY) : 0;
    double allDays = toZero(days) + toZero(ofMonth) + moreDays;
    double allMicros = Math.rint(micros + (ofDay - moreDays * SECONDS_A_DAY) * 1_000_000);
    boolean fits =
        Math.abs(months) <= Integer.MAX_VALUE
            && Math.abs(allDays) <= Integer.MAX_VALUE
            && Math.abs(allMicros) < Long.MAX_VALUE;
    if (!fits) {
      throw IntervalText.outOfRange();
    }
    return of((long) toZero(months), (long) allDays, (long) allMicros);
  }

  private static double scaled(double amount, double number, boolean divides) {
    return divides ? amount / number : amount * number;
  }

  private static double toZero(double number) {
    return number < 0 ? Math.ceil(number) : Math.floor(number);
  }

  /// To microseconds, where a fraction should be one of them.
  private static double rounded(double number) {
    return Math.rint(number * 1_000_000) / 1_000_000;
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
