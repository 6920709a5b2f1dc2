package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times at the clocks of zones, and dates beside other dates and times.
final class SqlZones {
  /// Names in any case, as PostgreSQL takes them.
  private static final Map<String, ZoneId> NAMES = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /// What PostgreSQL's abbreviations mean, in hours before UTC.
  private static final Map<String, String> ABBREVIATIONS =
      Map.ofEntries(
          Map.entry("+0", "UTC UCT UT GMT Z ZULU WET"),
          Map.entry("+1", "CET MET BST WEST"),
          Map.entry("+2", "CEST MEST EET IST SAST"),
          Map.entry("+3", "EEST MSK"),
          Map.entry("+5", "PKT"),
          Map.entry("+8", "AWST HKT PHT SGT"),
          Map.entry("+9", "JST KST"),
          Map.entry("+09:30", "ACST"),
          Map.entry("+10", "AEST"),
          Map.entry("+10:30", "ACDT"),
          Map.entry("+11", "AEDT"),
          Map.entry("+12", "NZST"),
          Map.entry("+13", "NZDT"),
          Map.entry("-03:30", "NST"),
          Map.entry("-02:30", "NDT"),
          Map.entry("-3", "ADT ART BRT"),
          Map.entry("-4", "AST EDT"),
          Map.entry("-5", "EST CDT"),
          Map.entry("-6", "CST MDT"),
          Map.entry("-7", "MST PDT"),
          Map.entry("-8", "PST AKDT"),
          Map.entry("-9", "AKST"),
          Map.entry("-10", "HST"));

  static {
    ZoneId.getAvailableZoneIds().forEach(name -> NAMES.put(name, ZoneId.of(name)));
    ABBREVIATIONS.forEach((offset, names) -> {
      for (String name : names.split(" ")) {
        NAMES.put(name, ZoneOffset.of(offset));
      }
    });
  }

  private static final Pattern POSIX =
      Pattern.compile("(?:[A-Za-z]{3,5})?([+-])(\\d{1,2})(?::(\\d{2}))?");

  private SqlZones() {}

  static List<Function> all() {
    return List.of(
        Functions.throwing(
            "sql.with_zone",
            2,
            Type.TIMESTAMPTZ,
            (a, c) -> SqlSessionZone.utc(((Value.DateTime) a[0]).value().atZone(zone(a[1])))),
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

  /// A zone by its name or abbreviation; a DateTimeException for no name.
  static ZoneId named(String name) {
    ZoneId known = NAMES.get(name);
    if (known == null) {
      throw new DateTimeException("no zone " + name);
    }
    return known;
  }

  /// A zone by its name, its abbreviation, or an offset as in POSIX, where hours west of Greenwich
  /// are positive.
  private static ZoneId zone(Value value) {
    String name = SqlText.text(value).strip();
    Matcher posix = POSIX.matcher(name);
    try {
      if (!posix.matches()) {
        return named(name);
      }
      int sign = posix.group(1).equals("-") ? 1 : -1;
      int minutes = posix.group(3) == null ? 0 : Integer.parseInt(posix.group(3));
      return ZoneOffset.ofTotalSeconds(
          sign * (Integer.parseInt(posix.group(2)) * 60 + minutes) * 60);
    } catch (DateTimeException unknown) {
      throw Errors.invalidArgument(
          "found '" + name + "', expected a time zone such as 'Europe/Berlin' or 'UTC'");
    }
  }
}
