package io.sabot.plan.function;

import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.List;

/// Differences in years, months and days, and intervals in larger units.
final class SqlAges {
  private SqlAges() {}

  static List<Function> all() {
    return List.of(
        Functions.throwing("sql.age", 2, Type.INTERVAL, (a, c) -> age(point(a[0]), point(a[1]))),
        Functions.throwing(
            "sql.justify_days", 1, Type.INTERVAL, (a, c) -> SqlIntervals.justifyDays(span(a[0]))),
        Functions.throwing(
            "sql.justify_hours", 1, Type.INTERVAL, (a, c) -> SqlIntervals.justifyHours(span(a[0]))),
        Functions.throwing(
            "sql.justify_interval", 1, Type.INTERVAL, (a, c) -> SqlIntervals.justify(span(a[0]))),
        Functions.total("sql.isfinite", 1, Type.BOOL, (a, c) -> Value.TRUE));
  }

  private static LocalDateTime point(Value value) {
    return ((Value.DateTime) value).value();
  }

  private static Value.Duration span(Value value) {
    return (Value.Duration) value;
  }

  /// From `start` to `end`; a missing day is borrowed from the month of the earlier one.
  private static Value.Duration age(LocalDateTime end, LocalDateTime start) {
    if (end.isBefore(start)) {
      Value.Duration forth = age(start, end);
      return SqlIntervals.of(-forth.months(), -forth.days(), -SqlIntervals.micros(forth));
    }
    long months =
        12L * (end.getYear() - start.getYear()) + end.getMonthValue() - start.getMonthValue();
    long days = end.getDayOfMonth() - start.getDayOfMonth();
    long micros = micros(end) - micros(start);
    if (micros < 0) {
      micros += SqlIntervals.MICROS_A_DAY;
      days--;
    }
    if (days < 0) {
      days += YearMonth.from(start).lengthOfMonth();
      months--;
    }
    return SqlIntervals.of(months, days, micros);
  }

  private static long micros(LocalDateTime time) {
    return time.toLocalTime().toNanoOfDay() / 1000;
  }
}
