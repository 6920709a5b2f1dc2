package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Value;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;

/// The fields of a point in time or of an interval, as to_char writes them.
///
/// @param date the day; none for an interval
/// @param zone the name of the time zone; empty without one
@SuppressWarnings("TooManyParameters") // the fields of a time
record SqlTimeFields(
    long year,
    long month,
    long day,
    long hour,
    long minute,
    long second,
    long micros,
    Optional<LocalDate> date,
    String zone,
    int offsetSeconds) {
  static SqlTimeFields of(Value value) {
    return switch (value) {
      case Value.Date(LocalDate date) -> of(date.atStartOfDay(), "UTC", 0);
      case Value.DateTime(LocalDateTime time) -> of(time, "", 0);
      case Value.ZonedDateTime(ZonedDateTime time) ->
          of(
              time.toLocalDateTime(),
              time.getZone().equals(ZoneOffset.UTC)
                  ? "UTC"
                  : time.getZone().getDisplayName(TextStyle.SHORT, Locale.ROOT),
              time.getOffset().getTotalSeconds());
      case Value.Time(LocalTime time) ->
          of(Value.Duration.of(0, 0, time.toSecondOfDay(), time.getNano()));
      case Value.Duration span -> of(span);
      default -> throw Errors.typeMismatch(Kinds.name(value), "a date, time or number", "TO_CHAR");
    };
  }

  private static SqlTimeFields of(LocalDateTime time, String zone, int offsetSeconds) {
    return new SqlTimeFields(
        time.getYear(),
        time.getMonthValue(),
        time.getDayOfMonth(),
        time.getHour(),
        time.getMinute(),
        time.getSecond(),
        time.getNano() / 1000,
        Optional.of(time.toLocalDate()),
        zone,
        offsetSeconds);
  }

  private static SqlTimeFields of(Value.Duration span) {
    long micros = SqlIntervals.micros(span);
    long seconds = micros / 1_000_000L;
    return new SqlTimeFields(
        span.months() / 12,
        span.months() % 12,
        span.days(),
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        micros % 1_000_000L,
        Optional.empty(),
        "",
        0);
  }

  boolean isInterval() {
    return date.isEmpty();
  }

  long dayOfYear() {
    return date.map(d -> (long) d.getDayOfYear()).orElse((year * 12 + month) * 30 + day);
  }
}
