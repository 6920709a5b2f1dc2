package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Value;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The parts of a point in time as Cypher's constructors take them: `{year: 1984, week: 10,
/// dayOfWeek: 3, hour: 12, timezone: '+01:00'}`.
///
/// A date is given by one calendar: month and day, week and day of week, quarter and day of
/// quarter, or day of year. Parts that are not given come from a base (the entry `date`, `time` or
/// `datetime`, or the value that was truncated), or else are the first of their kind; but then no
/// larger part may be missing.
final class TemporalParts {
  private static final List<List<String>> CALENDARS =
      List.of(
          List.of("month", "day"),
          List.of("week", "dayOfWeek"),
          List.of("quarter", "dayOfQuarter"),
          List.of("ordinalDay"));
  private static final List<String> CLOCK = List.of("hour", "minute", "second");
  private static final List<String> SUBSECONDS =
      List.of("millisecond", "microsecond", "nanosecond");
  private static final Set<String> DATE_KEYS =
      Set.of(
          "date",
          "datetime",
          "year",
          "month",
          "day",
          "week",
          "dayOfWeek",
          "quarter",
          "dayOfQuarter",
          "ordinalDay");
  private static final Set<String> TIME_KEYS =
      Set.of(
          "time",
          "datetime",
          "hour",
          "minute",
          "second",
          "millisecond",
          "microsecond",
          "nanosecond");
  private static final Set<String> ZONE_KEYS = Set.of("timezone");
  private static final Set<String> EPOCH_KEYS = Set.of("epochSeconds", "epochMillis");

  private final Map<String, Value> entries;

  TemporalParts(Map<String, Value> entries) {
    this.entries = entries;
  }

  /// Fails for a key that the target has no part for.
  TemporalParts check(CypherTemporalKind kind) {
    for (String key : entries.keySet()) {
      boolean known =
          (kind.hasDate() && DATE_KEYS.contains(key))
              || (kind.hasTime() && TIME_KEYS.contains(key))
              || (kind.hasZone() && ZONE_KEYS.contains(key))
              || (kind == CypherTemporalKind.DATETIME && EPOCH_KEYS.contains(key));
      if (!known) {
        throw Errors.invalidArgument("'" + key + "' is not a part of a " + kind.word());
      }
    }
    return this;
  }

  boolean hasNull() {
    return entries.containsValue(Value.NULL);
  }

  boolean has(String key) {
    return entries.containsKey(key);
  }

  /// The value of `key`, or else of `datetime`: what the other parts are laid over.
  @Nullable Value base(String key) {
    Value own = entries.get(key);
    return own == null ? entries.get("datetime") : own;
  }

  @Nullable ZoneId zone() {
    Value zone = entries.get("timezone");
    if (zone == null) {
      return null;
    }
    if (zone instanceof Value.Str(String text)) {
      return TemporalText.zone(text);
    }
    throw Errors.invalidArgument("found " + Kinds.name(zone) + ", expected a time zone's name");
  }

  long number(String key, long absent) {
    Value value = entries.get(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof Value.Int(long number)) {
      return number;
    }
    throw Errors.invalidArgument(
        "found " + Kinds.name(value) + " as '" + key + "', expected an integer");
  }

  private int part(String key, int absent) {
    long number = number(key, absent);
    if (number != (int) number) {
      throw Errors.invalidArgument(number + " is out of range for '" + key + "'");
    }
    return (int) number;
  }

  LocalDate date(@Nullable LocalDate base) {
    List<String> used = new ArrayList<>();
    for (List<String> calendar : CALENDARS) {
      calendar.stream().filter(this::has).findFirst().ifPresent(used::add);
    }
    if (used.size() > 1) {
      throw Errors.invalidArgument(
          "found '"
              + used.get(0)
              + "' and '"
              + used.get(1)
              + "', expected the parts of one calendar");
    }
    if (base == null) {
      requireLarger(Stream.concat(Stream.of("year"), calendarOf(used).stream()).toList());
    }
    try {
      return switch (used.isEmpty() ? "month" : used.getFirst()) {
        case "week", "dayOfWeek" -> weekDate(base);
        case "quarter", "dayOfQuarter" -> quarterDate(base);
        case "ordinalDay" ->
            LocalDate.ofYearDay(
                part("year", base == null ? 0 : base.getYear()), part("ordinalDay", 1));
        default -> calendarDate(base);
      };
    } catch (DateTimeException outside) {
      throw Errors.invalidArgument("there is no such date: " + outside.getMessage());
    }
  }

  private static List<String> calendarOf(List<String> used) {
    return used.isEmpty()
        ? CALENDARS.getFirst()
        : CALENDARS.stream().filter(c -> c.contains(used.getFirst())).findFirst().orElseThrow();
  }

  /// Without a base, a part may be left out only when all smaller ones are.
  private void requireLarger(List<String> parts) {
    String missing = null;
    for (String part : parts) {
      if (!has(part)) {
        missing = missing == null ? part : missing;
      } else if (missing != null) {
        throw Errors.invalidArgument("found '" + part + "' without '" + missing + "'");
      }
    }
    if (!has(parts.getFirst())) {
      throw Errors.invalidArgument("'" + parts.getFirst() + "' is missing");
    }
  }

  private LocalDate calendarDate(@Nullable LocalDate base) {
    if (base == null) {
      return LocalDate.of(part("year", 1), part("month", 1), part("day", 1));
    }
    LocalDate moved =
        base.withYear(part("year", base.getYear())).withMonth(part("month", base.getMonthValue()));
    return has("day") ? moved.withDayOfMonth(part("day", 1)) : moved;
  }

  private LocalDate weekDate(@Nullable LocalDate base) {
    if (base == null) {
      return TemporalText.weekDate(part("year", 1), part("week", 1), part("dayOfWeek", 1));
    }
    return TemporalText.weekDate(
        part("year", base.get(IsoFields.WEEK_BASED_YEAR)),
        part("week", base.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)),
        part("dayOfWeek", base.get(ChronoField.DAY_OF_WEEK)));
  }

  private LocalDate quarterDate(@Nullable LocalDate base) {
    if (base == null) {
      return TemporalText.quarterDate(part("year", 1), part("quarter", 1), part("dayOfQuarter", 1));
    }
    LocalDate moved =
        base.withYear(part("year", base.getYear()))
            .with(IsoFields.QUARTER_OF_YEAR, part("quarter", base.get(IsoFields.QUARTER_OF_YEAR)));
    return has("dayOfQuarter")
        ? TemporalText.quarterDate(
            moved.getYear(), moved.get(IsoFields.QUARTER_OF_YEAR), part("dayOfQuarter", 1))
        : moved;
  }

  /// @param keepsSubseconds whether parts of a second are laid over those of the base (which was
  ///   truncated and has zeros there) rather than replace them
  /// @param required whether the hour must be given when there is no base
  LocalTime time(@Nullable LocalTime base, boolean keepsSubseconds, boolean required) {
    boolean anySubsecond = SUBSECONDS.stream().anyMatch(this::has);
    if (base == null && (required || anySubsecond || CLOCK.stream().anyMatch(this::has))) {
      requireLarger(CLOCK);
      if (anySubsecond && !has("second")) {
        throw Errors.invalidArgument("found a part of a second without 'second'");
      }
    }
    LocalTime from = base == null ? LocalTime.MIDNIGHT : base;
    int nanos = from.getNano();
    if (anySubsecond) {
      nanos = subseconds(keepsSubseconds ? nanos : 0);
    }
    try {
      return LocalTime.of(
          part("hour", from.getHour()),
          part("minute", from.getMinute()),
          part("second", from.getSecond()),
          nanos);
    } catch (DateTimeException outside) {
      throw Errors.invalidArgument("there is no such time: " + outside.getMessage());
    }
  }

  /// Milli-, micro- and nanoseconds, each below one of the next larger that is given.
  private int subseconds(int base) {
    boolean millis = has("millisecond");
    boolean micros = has("microsecond");
    int fromMillis = millis ? bounded("millisecond", 1000) * 1_000_000 : 0;
    int fromMicros = micros ? bounded("microsecond", millis ? 1000 : 1_000_000) * 1000 : 0;
    int nanosMax = micros ? 1000 : millis ? 1_000_000 : 1_000_000_000;
    int nanos = bounded("nanosecond", nanosMax);
    int kept = millis ? 0 : micros ? base / 1_000_000 * 1_000_000 : base;
    int total = kept + fromMillis + fromMicros + nanos;
    if (total >= 1_000_000_000) {
      throw Errors.invalidArgument("the parts of the second are more than a second");
    }
    return total;
  }

  private int bounded(String key, int below) {
    int number = part(key, 0);
    if (number < 0 || number >= below) {
      throw Errors.invalidArgument(
          number + " is out of range for '" + key + "', expected 0 to " + (below - 1));
    }
    return number;
  }
}
