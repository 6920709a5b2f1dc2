package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Times at the clocks of zones, and dates beside other dates and times.
final class SqlZones {
  /// Names in any case, as PostgreSQL takes them.
  private static final Map<String, String> NAMES = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  static {
    ZoneId.getAvailableZoneIds().forEach(name -> NAMES.put(name, name));
    ZoneId.SHORT_IDS.forEach(NAMES::putIfAbsent);
  }

  private SqlZones() {}

  static List<Function> all() {
    return List.of(
        Functions.throwing(
            "sql.with_zone",
            2,
            Type.TIMESTAMPTZ,
            (a, c) -> new Value.ZonedDateTime(((Value.DateTime) a[0]).value().atZone(zone(a[1])))),
        Functions.throwing(
            "sql.in_zone",
            2,
            Type.TIMESTAMP,
            (a, c) ->
                new Value.DateTime(
                    ((Value.ZonedDateTime) a[0])
                        .value()
                        .withZoneSameInstant(zone(a[1]))
                        .toLocalDateTime())),
        Functions.total(
            "sql.days_between",
            2,
            Type.INT32,
            (a, c) -> Value.of(ChronoUnit.DAYS.between(date(a[1]), date(a[0])))),
        Functions.total(
            "sql.date_with_time",
            2,
            Type.TIMESTAMP,
            (a, c) -> new Value.DateTime(date(a[0]).atTime(time(a[1])))));
  }

  private static LocalDate date(Value value) {
    return ((Value.Date) value).value();
  }

  private static LocalTime time(Value value) {
    return ((Value.Time) value).value();
  }

  private static ZoneId zone(Value value) {
    String name = SqlText.text(value).strip();
    try {
      String known = NAMES.get(name);
      return ZoneId.of(known == null ? name.toUpperCase(Locale.ROOT) : known, ZoneId.SHORT_IDS);
    } catch (DateTimeException unknown) {
      throw Errors.invalidArgument(
          "found '" + name + "', expected a time zone such as 'Europe/Berlin' or '+02:00'");
    }
  }
}
