package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Value;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import org.jspecify.annotations.Nullable;

/// The duration from one point in time to another, of any two kinds.
///
/// What one of them lacks it takes from the other: a time of day is on the other's date, a local
/// one is in the other's zone, a date starts at midnight. So `duration.between(date, localtime)` is
/// the time of day.
final class TemporalDistance {
  private TemporalDistance() {}

  /// As many whole months, then days, then seconds as there are.
  static Value between(Value from, Value to) {
    Pair pair = Pair.of(from, to);
    return guarded(() -> {
      Temporal start = pair.start();
      long months = start.until(pair.end(), ChronoUnit.MONTHS);
      start = start.plus(months, ChronoUnit.MONTHS);
      long days = start.until(pair.end(), ChronoUnit.DAYS);
      start = start.plus(days, ChronoUnit.DAYS);
      return seconds(months, days, start, pair.end());
    });
  }

  static Value inMonths(Value from, Value to) {
    Pair pair = Pair.of(from, to);
    return guarded(
        () -> Value.Duration.of(pair.start().until(pair.end(), ChronoUnit.MONTHS), 0, 0, 0));
  }

  static Value inDays(Value from, Value to) {
    Pair pair = Pair.of(from, to);
    return guarded(
        () -> Value.Duration.of(0, pair.start().until(pair.end(), ChronoUnit.DAYS), 0, 0));
  }

  static Value inSeconds(Value from, Value to) {
    Pair pair = Pair.of(from, to);
    return guarded(() -> seconds(0, 0, pair.start(), pair.end()));
  }

  private static Value seconds(long months, long days, Temporal start, Temporal end) {
    Duration rest = Duration.between(start, end);
    return Value.Duration.of(months, days, rest.getSeconds(), rest.getNano());
  }

  private static Value guarded(java.util.function.Supplier<Value> distance) {
    try {
      return distance.get();
    } catch (DateTimeException | ArithmeticException tooFar) {
      throw Errors.outOfRange("the distance of two points in time", "a duration");
    }
  }

  /// Both points with all parts: two local ones, or two with zones.
  private record Pair(Temporal start, Temporal end) {
    static Pair of(Value from, Value to) {
      LocalDate anyDate = either(date(from), date(to), LocalDate.EPOCH);
      LocalDateTime start = local(from, anyDate);
      LocalDateTime end = local(to, anyDate);
      ZoneId startZone = CypherTemporalKind.zoneOf(from);
      ZoneId endZone = CypherTemporalKind.zoneOf(to);
      if (startZone == null && endZone == null) {
        return new Pair(start, end);
      }
      ZoneId any = either(startZone, endZone, java.time.ZoneOffset.UTC);
      return new Pair(
          zoned(from, start, startZone == null ? any : startZone),
          zoned(to, end, endZone == null ? any : endZone));
    }

    /// A datetime stays the instant that it is, also when its local time occurs twice that day.
    private static Temporal zoned(Value value, LocalDateTime local, ZoneId zone) {
      return value instanceof Value.ZonedDateTime(var exact) ? exact : local.atZone(zone);
    }

    private static LocalDateTime local(Value value, LocalDate anyDate) {
      LocalDate date = date(value);
      LocalTime time = CypherTemporalKind.timeOf(value);
      if (date == null && time == null) {
        throw Errors.typeMismatch(
            Kinds.name(value), "a point in time", "the distance of two points in time");
      }
      return LocalDateTime.of(
          date == null ? anyDate : date, time == null ? LocalTime.MIDNIGHT : time);
    }

    private static @Nullable LocalDate date(Value value) {
      return CypherTemporalKind.dateOf(value);
    }

    private static <T> T either(@Nullable T first, @Nullable T second, T none) {
      return first != null ? first : second != null ? second : none;
    }
  }
}
