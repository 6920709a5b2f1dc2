package io.sabot.jdbc;

import io.sabot.plan.value.Value;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/// Dates, times and spans: between `java.time`, in which the engine has them, and JDBC's older
/// classes, which are instants in some zone: that of the calendar, or of the machine.
final class Times {
  private Times() {}

  // ---- reading

  /// Null when the class is none of a time.
  static @Nullable Object as(Object cell, Class<?> wanted) throws SQLException {
    return switch (wanted.getName()) {
      case "java.time.LocalDate" -> date(cell);
      case "java.time.LocalTime" -> time(cell);
      case "java.time.LocalDateTime" -> dateTime(cell);
      case "java.time.OffsetDateTime" -> zoned(cell).toOffsetDateTime();
      case "java.time.ZonedDateTime" -> zoned(cell);
      case "java.time.Instant" -> zoned(cell).toInstant();
      case "java.time.OffsetTime" -> offsetTime(cell);
      case "java.sql.Date" -> sqlDate(date(cell), null);
      case "java.sql.Time" -> sqlTime(time(cell), null);
      case "java.sql.Timestamp", "java.util.Date" -> timestamp(cell, null);
      case "java.time.Duration" -> duration(cell);
      case "java.time.Period" -> period(cell);
      default -> null;
    };
  }

  static LocalDate date(Object cell) throws SQLException {
    try {
      return switch (cell) {
        case LocalDate date -> date;
        case LocalDateTime time -> time.toLocalDate();
        case ZonedDateTime time -> time.toLocalDate();
        case String text -> LocalDate.parse(text.strip());
        default -> throw SqlErrors.cannotRead(cell, "a date");
      };
    } catch (DateTimeException malformed) {
      throw SqlErrors.cannotRead(cell, "a date");
    }
  }

  static LocalTime time(Object cell) throws SQLException {
    try {
      return switch (cell) {
        case LocalTime time -> time;
        case OffsetTime time -> time.toLocalTime();
        case LocalDateTime time -> time.toLocalTime();
        case ZonedDateTime time -> time.toLocalTime();
        case String text -> LocalTime.parse(text.strip());
        default -> throw SqlErrors.cannotRead(cell, "a time");
      };
    } catch (DateTimeException malformed) {
      throw SqlErrors.cannotRead(cell, "a time");
    }
  }

  private static LocalDateTime dateTime(Object cell) throws SQLException {
    try {
      return switch (cell) {
        case LocalDateTime time -> time;
        case LocalDate date -> date.atStartOfDay();
        case ZonedDateTime time -> time.toLocalDateTime();
        case String text -> LocalDateTime.parse(text.strip().replace(' ', 'T'));
        default -> throw SqlErrors.cannotRead(cell, "a timestamp");
      };
    } catch (DateTimeException malformed) {
      throw SqlErrors.cannotRead(cell, "a timestamp");
    }
  }

  private static ZonedDateTime zoned(Object cell) throws SQLException {
    return switch (cell) {
      case ZonedDateTime time -> time;
      case LocalDateTime time -> time.atZone(zone(null));
      default -> throw SqlErrors.cannotRead(cell, "a timestamp with a time zone");
    };
  }

  private static OffsetTime offsetTime(Object cell) throws SQLException {
    if (cell instanceof OffsetTime time) {
      return time;
    }
    throw SqlErrors.cannotRead(cell, "a time with an offset");
  }

  static Date sqlDate(LocalDate date, @Nullable Calendar calendar) {
    return calendar == null
        ? Date.valueOf(date)
        : new Date(date.atStartOfDay(zone(calendar)).toInstant().toEpochMilli());
  }

  /// To milliseconds, which is all that the class holds.
  static Time sqlTime(LocalTime time, @Nullable Calendar calendar) {
    return new Time(time.atDate(LocalDate.EPOCH).atZone(zone(calendar)).toInstant().toEpochMilli());
  }

  static Timestamp timestamp(Object cell, @Nullable Calendar calendar) throws SQLException {
    if (cell instanceof ZonedDateTime time) {
      return Timestamp.from(time.toInstant());
    }
    LocalDateTime time = dateTime(cell);
    return calendar == null
        ? Timestamp.valueOf(time)
        : Timestamp.from(time.atZone(zone(calendar)).toInstant());
  }

  /// Months have no length.
  private static Duration duration(Object cell) throws SQLException {
    if (cell instanceof Value.Duration(long months, long days, long seconds, int nanos)
        && months == 0) {
      return Duration.ofDays(days).plusSeconds(seconds).plusNanos(nanos);
    }
    throw SqlErrors.cannotRead(Conversions.text(cell), "a duration");
  }

  private static Period period(Object cell) throws SQLException {
    if (cell instanceof Value.Duration(long months, long days, long seconds, int nanos)
        && seconds == 0
        && nanos == 0) {
      return Period.of(0, Math.toIntExact(months), Math.toIntExact(days)).normalized();
    }
    throw SqlErrors.cannotRead(Conversions.text(cell), "a period");
  }

  // ---- writing

  /// A parameter of one of the older classes, or of `java.time`, as the engine takes it; null when
  /// it is none of a time.
  static @Nullable Object parameter(Object value, @Nullable Calendar calendar) {
    return switch (value) {
      case Date date ->
          calendar == null ? date.toLocalDate() : instant(date, calendar).toLocalDate();
      case Time time -> instant(time, calendar).toLocalTime();
      case Timestamp time ->
          calendar == null
              ? time.toLocalDateTime()
              : time.toInstant().atZone(zone(calendar)).toLocalDateTime();
      case java.util.Date date -> instant(date, calendar).toLocalDateTime();
      case Calendar time -> time.toInstant().atZone(time.getTimeZone().toZoneId());
      case OffsetDateTime time -> time.toZonedDateTime();
      case Instant instant -> instant.atZone(java.time.ZoneOffset.UTC);
      case Duration span -> Value.Duration.of(0, 0, span.getSeconds(), span.getNano());
      case Period span -> Value.Duration.of(span.toTotalMonths(), span.getDays(), 0, 0);
      default -> null;
    };
  }

  private static ZonedDateTime instant(java.util.Date date, @Nullable Calendar calendar) {
    return Instant.ofEpochMilli(date.getTime()).atZone(zone(calendar));
  }

  private static ZoneId zone(@Nullable Calendar calendar) {
    return calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
  }
}
