package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The units to which a point in time can be cut.
enum TemporalTruncation {
  MILLENNIUM,
  CENTURY,
  DECADE,
  YEAR,
  WEEKYEAR,
  QUARTER,
  MONTH,
  WEEK,
  DAY,
  HOUR,
  MINUTE,
  SECOND,
  MILLISECOND,
  MICROSECOND;

  static TemporalTruncation of(String name) {
    for (TemporalTruncation unit : values()) {
      if (unit.name().equalsIgnoreCase(name)) {
        return unit;
      }
    }
    throw Errors.invalidArgument(
        "'"
            + name
            + "' is not a unit to truncate to; expected one of "
            + Arrays.stream(values())
                .map(unit -> unit.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
  }

  boolean isOfTime() {
    return compareTo(DAY) > 0;
  }

  /// The first day of the unit that `date` is in; the day itself for units of time.
  LocalDate floor(LocalDate date) {
    return switch (this) {
      case MILLENNIUM -> firstOf(date, 1000);
      case CENTURY -> firstOf(date, 100);
      case DECADE -> firstOf(date, 10);
      case YEAR -> date.withDayOfYear(1);
      case WEEKYEAR -> TemporalText.weekDate(date.get(IsoFields.WEEK_BASED_YEAR), 1, 1);
      case QUARTER -> date.with(IsoFields.DAY_OF_QUARTER, 1);
      case MONTH -> date.withDayOfMonth(1);
      case WEEK -> date.with(ChronoField.DAY_OF_WEEK, 1);
      case DAY, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND -> date;
    };
  }

  private static LocalDate firstOf(LocalDate date, int years) {
    return LocalDate.of(Math.floorDiv(date.getYear(), years) * years, 1, 1);
  }

  /// Midnight for units of a day and more.
  LocalTime floor(LocalTime time) {
    return switch (this) {
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
      case SECOND -> time.truncatedTo(ChronoUnit.SECONDS);
      case MILLISECOND -> time.truncatedTo(ChronoUnit.MILLIS);
      case MICROSECOND -> time.truncatedTo(ChronoUnit.MICROS);
      case MILLENNIUM, CENTURY, DECADE, YEAR, WEEKYEAR, QUARTER, MONTH, WEEK, DAY ->
          LocalTime.MIDNIGHT;
    };
  }
}
