package io.sabot.plan.function;

import io.sabot.plan.value.Value;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import org.jspecify.annotations.Nullable;

/// Components of temporal values, by Cypher's names.
final class TemporalFields {
  private TemporalFields() {}

  static Value of(Value value, String key) {
    return switch (value) {
      case Value.Date(var v) -> orNull(date(v, key));
      case Value.Time(var v) -> orNull(time(v, key));
      case Value.ZonedTime(var v) -> {
        Value own = time(v.toLocalTime(), key);
        yield own != null ? own : orNull(zone(v.getOffset(), v.getOffset(), key));
      }
      case Value.DateTime(var v) -> {
        Value own = date(v.toLocalDate(), key);
        yield own != null ? own : orNull(time(v.toLocalTime(), key));
      }
      case Value.ZonedDateTime(var v) -> zonedDateTime(v, key);
      case Value.Duration v -> duration(v, key);
      default -> Value.NULL;
    };
  }

  private static Value orNull(@Nullable Value value) {
    return value == null ? Value.NULL : value;
  }

  private static Value zonedDateTime(java.time.ZonedDateTime v, String key) {
    Value own = date(v.toLocalDate(), key);
    own = own != null ? own : time(v.toLocalTime(), key);
    own = own != null ? own : zone(v.getZone(), v.getOffset(), key);
    if (own != null) {
      return own;
    }
    return switch (key) {
      case "epochSeconds" -> Value.of(v.toEpochSecond());
      case "epochMillis" -> Value.of(v.toInstant().toEpochMilli());
      default -> Value.NULL;
    };
  }

  private static @Nullable Value date(LocalDate v, String key) {
    return switch (key) {
      case "year" -> Value.of((long) v.getYear());
      case "quarter" -> Value.of((long) v.get(IsoFields.QUARTER_OF_YEAR));
      case "month" -> Value.of((long) v.getMonthValue());
      case "week" -> Value.of((long) v.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case "weekYear" -> Value.of((long) v.get(IsoFields.WEEK_BASED_YEAR));
      case "day" -> Value.of((long) v.getDayOfMonth());
      case "dayOfQuarter", "quarterDay" -> Value.of((long) v.get(IsoFields.DAY_OF_QUARTER));
      case "ordinalDay" -> Value.of((long) v.getDayOfYear());
      case "dayOfWeek", "weekDay" -> Value.of((long) v.getDayOfWeek().getValue());
      default -> null;
    };
  }

  private static @Nullable Value time(LocalTime v, String key) {
    return switch (key) {
      case "hour" -> Value.of((long) v.getHour());
      case "minute" -> Value.of((long) v.getMinute());
      case "second" -> Value.of((long) v.getSecond());
      case "millisecond" -> Value.of((long) v.get(ChronoField.MILLI_OF_SECOND));
      case "microsecond" -> Value.of((long) v.get(ChronoField.MICRO_OF_SECOND));
      case "nanosecond" -> Value.of((long) v.getNano());
      default -> null;
    };
  }

  private static @Nullable Value zone(ZoneId zone, ZoneOffset offset, String key) {
    return switch (key) {
      case "timezone" -> Value.of(zone.getId());
      case "offset" -> Value.of(offset.getId());
      case "offsetMinutes" -> Value.of(offset.getTotalSeconds() / 60L);
      case "offsetSeconds" -> Value.of((long) offset.getTotalSeconds());
      default -> null;
    };
  }

  private static Value duration(Value.Duration v, String key) {
    return switch (key) {
      case "years" -> Value.of(v.months() / 12);
      case "quarters" -> Value.of(v.months() / 3);
      case "months" -> Value.of(v.months());
      case "weeks" -> Value.of(v.days() / 7);
      case "days" -> Value.of(v.days());
      case "hours" -> Value.of(v.seconds() / 3600);
      case "minutes" -> Value.of(v.seconds() / 60);
      case "seconds" -> Value.of(v.seconds());
      case "milliseconds" -> Value.of(v.seconds() * 1000 + v.nanos() / 1_000_000);
      case "microseconds" -> Value.of(v.seconds() * 1_000_000 + v.nanos() / 1000);
      case "nanoseconds" -> Value.of(v.seconds() * 1_000_000_000 + v.nanos());
      case "quartersOfYear" -> Value.of(v.months() / 3 % 4);
      case "monthsOfQuarter" -> Value.of(v.months() % 3);
      case "monthsOfYear" -> Value.of(v.months() % 12);
      case "daysOfWeek" -> Value.of(v.days() % 7);
      case "minutesOfHour" -> Value.of(v.seconds() / 60 % 60);
      case "secondsOfMinute" -> Value.of(v.seconds() % 60);
      case "millisecondsOfSecond" -> Value.of(v.nanos() / 1_000_000L);
      case "microsecondsOfSecond" -> Value.of(v.nanos() / 1000L);
      case "nanosecondsOfSecond" -> Value.of((long) v.nanos());
      default -> Value.NULL;
    };
  }
}
