package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Points in time from their ISO-8601 texts: calendar, week, quarter and ordinal dates, each in the
/// extended form (`2015-W30-2`) and the basic one (`2015W302`), cut short from the right
/// (`2015-07`, `21:40`), with an offset (`+01:00`) and a named zone (`[Europe/Stockholm]`).
///
/// A year of more than four digits has a sign and is followed by `-` or by nothing, since digits
/// after it could not be told from it.
final class TemporalText {
  private static final String DATE =
      "(?:(?<long>[+-]\\d{1,9})(?=-\\w|T|$)|(?<year>\\d{4}))"
          + "(?:-?W(?<week>\\d{2})(?:-?(?<weekday>\\d))?"
          + "|-?Q(?<quarter>\\d)(?:-?(?<quarterday>\\d{2}))?"
          + "|-?(?<ordinal>\\d{3})"
          + "|-?(?<month>\\d{2})(?:-?(?<day>\\d{2}))?)?";
  private static final String TIME =
      "(?<hour>\\d{2})(?::?(?<minute>\\d{2})"
          + "(?::?(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)?)?";
  private static final String OFFSET =
      "(?<offset>Z|z|[+-]\\d{2}(?::?\\d{2}(?::?\\d{2})?)?)?(?:\\[(?<zone>[^\\]]+)\\])?";

  private static final Pattern DATES = Pattern.compile(DATE);
  private static final Pattern TIMES = Pattern.compile(TIME + OFFSET);
  private static final Pattern DATE_TIMES = Pattern.compile(DATE + "(?:T" + TIME + ")?" + OFFSET);
  private static final Pattern OFFSETS =
      Pattern.compile("([+-])(\\d{1,2})(?::?(\\d{2})(?::?(\\d{2}))?)?");

  private TemporalText() {}

  static LocalDate date(String text) {
    Matcher matcher = match(DATES, text, "date", "'2015-07-21'");
    try {
      return date(matcher);
    } catch (DateTimeException outside) {
      throw outside(text, "date", outside);
    }
  }

  static LocalTime localTime(String text) {
    Matcher matcher = match(TIMES, text, "local time", "'21:40:32.142'");
    if (matcher.group("offset") != null || matcher.group("zone") != null) {
      throw malformed(text, "local time", "'21:40:32.142'");
    }
    return timeOf(matcher, text, "local time");
  }

  static OffsetTime time(String text, ZoneOffset standard) {
    Matcher matcher = match(TIMES, text, "time", "'21:40:32.142+01:00'");
    if (matcher.group("zone") != null) {
      throw malformed(text, "time", "'21:40:32.142+01:00'");
    }
    String offset = matcher.group("offset");
    return timeOf(matcher, text, "time").atOffset(offset == null ? standard : offset(offset));
  }

  static LocalDateTime localDateTime(String text) {
    Matcher matcher = match(DATE_TIMES, text, "local datetime", "'2015-07-21T21:40:32.142'");
    if (matcher.group("offset") != null || matcher.group("zone") != null) {
      throw malformed(text, "local datetime", "'2015-07-21T21:40:32.142'");
    }
    return localOf(matcher, text, "local datetime");
  }

  static ZonedDateTime dateTime(String text, ZoneId standard) {
    Matcher matcher = match(DATE_TIMES, text, "datetime", "'2015-07-21T21:40:32.142+01:00'");
    LocalDateTime local = localOf(matcher, text, "datetime");
    String offset = matcher.group("offset");
    String zone = matcher.group("zone");
    if (zone == null) {
      return local.atZone(offset == null ? standard : offset(offset));
    }
    ZoneOffset preferred = offset == null ? null : offset(offset);
    ZonedDateTime result = ZonedDateTime.ofLocal(local, zone(zone), preferred);
    if (preferred != null && !result.getOffset().equals(preferred)) {
      throw Errors.invalidArgument(
          "the offset " + preferred + " in '" + text + "' is not in use in " + zone + " then");
    }
    return result;
  }

  /// `Z`, `+01:00`, `-0230`, or the name of a region such as `Europe/Stockholm`.
  static ZoneId zone(String text) {
    if (text.equalsIgnoreCase("z") || OFFSETS.matcher(text).matches()) {
      return offset(text);
    }
    try {
      return ZoneId.of(text.replace(' ', '_'));
    } catch (DateTimeException unknown) {
      throw Errors.invalidArgument("'" + text + "' is not a time zone");
    }
  }

  private static ZoneOffset offset(String text) {
    if (text.equalsIgnoreCase("z")) {
      return ZoneOffset.UTC;
    }
    Matcher matcher = OFFSETS.matcher(text);
    if (!matcher.matches()) {
      throw Errors.invalidArgument("'" + text + "' is not an offset from UTC");
    }
    int sign = matcher.group(1).equals("-") ? -1 : 1;
    try {
      return ZoneOffset.ofHoursMinutesSeconds(
          sign * Integer.parseInt(matcher.group(2)),
          sign * number(matcher.group(3), 0),
          sign * number(matcher.group(4), 0));
    } catch (DateTimeException outside) {
      throw outside(text, "offset from UTC", outside);
    }
  }

  private static LocalDateTime localOf(Matcher matcher, String text, String kind) {
    try {
      LocalDate date = date(matcher);
      return matcher.group("hour") == null ? date.atStartOfDay() : date.atTime(time(matcher));
    } catch (DateTimeException outside) {
      throw outside(text, kind, outside);
    }
  }

  private static LocalTime timeOf(Matcher matcher, String text, String kind) {
    try {
      return time(matcher);
    } catch (DateTimeException outside) {
      throw outside(text, kind, outside);
    }
  }

  private static LocalDate date(Matcher matcher) {
    String longYear = matcher.group("long");
    int year = Integer.parseInt(longYear == null ? matcher.group("year") : longYear);
    if (matcher.group("week") != null) {
      return weekDate(year, number(matcher.group("week"), 1), number(matcher.group("weekday"), 1));
    }
    if (matcher.group("quarter") != null) {
      int day = number(matcher.group("quarterday"), 1);
      return quarterDate(year, number(matcher.group("quarter"), 1), day);
    }
    if (matcher.group("ordinal") != null) {
      return LocalDate.ofYearDay(year, number(matcher.group("ordinal"), 1));
    }
    return LocalDate.of(year, number(matcher.group("month"), 1), number(matcher.group("day"), 1));
  }

  /// A day of an ISO week; the week must exist in that week-based year.
  static LocalDate weekDate(int year, int week, int dayOfWeek) {
    // 4 January is always in week 1.
    LocalDate first = LocalDate.of(year, 1, 4).with(ChronoField.DAY_OF_WEEK, 1);
    var weeks = IsoFields.WEEK_OF_WEEK_BASED_YEAR;
    weeks.rangeRefinedBy(first).checkValidValue(week, weeks);
    ChronoField.DAY_OF_WEEK.checkValidValue(dayOfWeek);
    return first.plusWeeks(week - 1L).plusDays(dayOfWeek - 1L);
  }

  static LocalDate quarterDate(int year, int quarter, int day) {
    IsoFields.QUARTER_OF_YEAR.range().checkValidValue(quarter, IsoFields.QUARTER_OF_YEAR);
    LocalDate first = LocalDate.of(year, quarter * 3 - 2, 1);
    var days = IsoFields.DAY_OF_QUARTER;
    days.rangeRefinedBy(first).checkValidValue(day, days);
    return first.with(days, day);
  }

  private static LocalTime time(Matcher matcher) {
    String fraction = matcher.group("fraction");
    int nanos = fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
    return LocalTime.of(
        number(matcher.group("hour"), 0),
        number(matcher.group("minute"), 0),
        number(matcher.group("second"), 0),
        nanos);
  }

  private static int number(@Nullable String digits, int absent) {
    return digits == null ? absent : Integer.parseInt(digits);
  }

  private static Matcher match(Pattern pattern, String text, String kind, String example) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw malformed(text, kind, example);
    }
    return matcher;
  }

  private static RuntimeException malformed(String text, String kind, String example) {
    return Errors.invalidArgument(
        "'" + text + "' is not a " + kind + "; expected a text such as " + example);
  }

  private static RuntimeException outside(String text, String kind, DateTimeException cause) {
    return Errors.invalidArgument("'" + text + "' is not a " + kind + ": " + cause.getMessage());
  }
}
