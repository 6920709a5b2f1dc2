package io.sabot.plan.function;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.JulianFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Dates and times in the other texts that PostgreSQL reads (manual, 8.5.1): `January 8, 1999`,
/// `1/8/1999` (month first), `19990108`, `04:05 PM`, with a zone behind or without. Methods throw
/// DateTimeException.
final class TimeTextReader {
  private static final Pattern CLOCK =
      Pattern.compile("t?(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{0,9}))?)?");
  private static final Pattern DIGIT_CLOCK =
      Pattern.compile("t?(\\d{2})(\\d{2})(\\d{2})(?:\\.(\\d{0,9}))?");
  private static final Pattern OFFSET =
      Pattern.compile("(?:utc|gmt)?([+-])(\\d{1,2})(?::?(\\d{2}))?(?::?(\\d{2}))?");
  private static final Pattern YEAR_FIRST =
      Pattern.compile("(\\d{3,6})[-/.](\\d{1,2})[-/.](\\d{1,2})");
  private static final Pattern MONTH_FIRST =
      Pattern.compile("(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{2,6})");
  private static final Pattern DAY_OF_YEAR = Pattern.compile("(\\d{4})\\.?(\\d{3})");
  private static final Pattern ONE_NUMBER = Pattern.compile("(\\d{4}|\\d{2})(\\d{2})(\\d{2})");
  private static final Pattern JULIAN = Pattern.compile("j(\\d{1,7})");
  private static final Pattern DASHED_NAME =
      Pattern.compile("(\\d+)-([a-z]{3,9})-(\\d+)|([a-z]{3,9})-(\\d+)-(\\d+)");
  private static final Pattern ZONE = Pattern.compile("[a-z_]+(?:/[a-z_+\\-0-9]+)*");
  private static final Pattern TOKEN =
      Pattern.compile(
          "t?\\d{1,2}:\\d{1,2}(?::\\d{1,2}(?:\\.\\d*)?)?"
              + "|(?<=[\\d\\s])(?:utc|gmt)?[+-]\\d{1,2}(?::?\\d{2}){0,2}(?=\\s|$)"
              + "|\\d+-[a-z]{3,9}-\\d+|[a-z]{3,9}-\\d+-\\d+"
              + "|\\d+[-/.]\\d+[-/.]\\d+|\\d+\\.\\d+|\\d+|j\\d+|t\\d{6}(?:\\.\\d*)?"
              + "|[a-z_]+(?:/[a-z_+\\-0-9]+)*");
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final long NANOS_A_DAY = 86_400_000_000_000L;

  /// A text that was read; each part is null where it says nothing of it.
  ///
  /// @param nanos since midnight; as much as a day
  record Read(@Nullable LocalDate date, @Nullable Long nanos, @Nullable ZoneId zone) {
    LocalDateTime dateTime() {
      if (date == null) {
        throw new DateTimeException("no date");
      }
      return date.atStartOfDay().plusNanos(nanos == null ? 0 : nanos);
    }

    LocalTime time() {
      if (nanos == null || nanos >= NANOS_A_DAY) {
        throw new DateTimeException("no time of a day");
      }
      return LocalTime.ofNanoOfDay(nanos);
    }
  }

  private final List<Integer> numbers = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();
  private int month;
  private @Nullable LocalDate date;
  private @Nullable Long nanos;
  private @Nullable ZoneId zone;
  private boolean isBeforeChrist;

  private TimeTextReader() {}

  static Read read(String text) {
    return new TimeTextReader().all(text.strip().toLowerCase(Locale.ROOT));
  }

  private Read all(String text) {
    Matcher token = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c) || c == ',') {
        at++;
        continue;
      }
      token.region(at, text.length()).useTransparentBounds(true);
      if (!token.lookingAt()) {
        throw unreadable();
      }
      one(token.group());
      at = token.end();
    }
    named();
    if (date != null && isBeforeChrist) {
      date = date.withYear(1 - date.getYear());
    }
    if (date == null && nanos == null) {
      throw unreadable();
    }
    return new Read(date, nanos, zone);
  }

  private void one(String token) {
    if (Character.isLetter(token.charAt(0))) {
      word(token);
    } else if (!clock(CLOCK.matcher(token)) && !offset(token) && !date(token)) {
      if (date != null && nanos == null && clock(DIGIT_CLOCK.matcher(token))) {
        return;
      }
      number(token);
    }
  }

  private void word(String word) {
    Matcher julian = JULIAN.matcher(word);
    String start = word.substring(0, Math.min(3, word.length()));
    if (clock(CLOCK.matcher(word)) || clock(DIGIT_CLOCK.matcher(word)) || dashed(word)) {
      return;
    }
    if (julian.matches()) {
      set(LocalDate.EPOCH.with(JulianFields.JULIAN_DAY, Long.parseLong(julian.group(1))));
    } else if (MONTHS.contains(start) && isName(word, MONTH_NAMES)) {
      month(start);
    } else if (!(DAYS.contains(start) && isName(word, DAY_NAMES)) && !mark(word)) {
      if (zone != null || !ZONE.matcher(word).matches()) {
        throw unreadable();
      }
      zone = SqlZones.named(word);
    }
  }

  private static final List<String> MONTH_NAMES =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december",
          "sept");
  private static final List<String> DAY_NAMES =
      List.of(
          "monday",
          "tuesday",
          "tues",
          "wednesday",
          "weds",
          "thursday",
          "thur",
          "thurs",
          "friday",
          "saturday",
          "sunday");

  private static boolean isName(String word, List<String> names) {
    return word.length() == 3 || names.contains(word);
  }

  private boolean mark(String word) {
    switch (word) {
      case "am", "pm" -> halfDay(word.equals("pm"));
      case "ad" -> {}
      case "bc" -> isBeforeChrist = true;
      case "epoch" -> {
        set(LocalDate.EPOCH);
        nanos = 0L;
      }
      case "allballs" -> nanos = 0L;
      case "t", "at", "on" -> {}
      default -> {
        return false;
      }
    }
    return true;
  }

  private void halfDay(boolean isAfternoon) {
    if (nanos == null || nanos >= NANOS_A_DAY / 24 * 13) {
      throw unreadable();
    }
    boolean isTwelve = nanos >= NANOS_A_DAY / 2;
    nanos += isAfternoon && !isTwelve ? NANOS_A_DAY / 2 : 0;
    nanos -= !isAfternoon && isTwelve ? NANOS_A_DAY / 2 : 0;
  }

  // ---- times

  private boolean clock(Matcher clock) {
    if (!clock.matches()) {
      return false;
    }
    int hour = Integer.parseInt(clock.group(1));
    int minute = Integer.parseInt(clock.group(2));
    int second = clock.group(3) == null ? 0 : Integer.parseInt(clock.group(3));
    String fraction = clock.group(4) == null ? "" : clock.group(4);
    long nano =
        Math.round(Long.parseLong((fraction + "000000000").substring(0, 9)) / 1000.0) * 1000;
    boolean isEnd = hour == 24 && minute == 0 && second == 0 && nano == 0;
    if (nanos != null || minute > 59 || second > 60 || hour > 23 && !isEnd) {
      throw unreadable();
    }
    nanos = ((hour * 60L + minute) * 60 + second) * 1_000_000_000L + nano;
    return true;
  }

  private boolean offset(String token) {
    Matcher offset = OFFSET.matcher(token);
    if (nanos == null || !offset.matches()) {
      return false;
    }
    if (zone != null) {
      throw unreadable();
    }
    int sign = offset.group(1).equals("-") ? -1 : 1;
    int minutes = offset.group(3) == null ? 0 : Integer.parseInt(offset.group(3));
    int seconds = offset.group(4) == null ? 0 : Integer.parseInt(offset.group(4));
    int hours = Integer.parseInt(offset.group(2));
    zone = java.time.ZoneOffset.ofTotalSeconds(sign * ((hours * 60 + minutes) * 60 + seconds));
    return true;
  }

  // ---- dates

  private boolean date(String token) {
    Matcher yearFirst = YEAR_FIRST.matcher(token);
    Matcher monthFirst = MONTH_FIRST.matcher(token);
    Matcher dayOfYear = DAY_OF_YEAR.matcher(token);
    Matcher one = ONE_NUMBER.matcher(token);
    if (yearFirst.matches()) {
      set(day(yearFirst, 1, 2, 3));
    } else if (monthFirst.matches()) {
      set(day(monthFirst, 3, 1, 2));
    } else if (date == null && month == 0 && numbers.isEmpty() && one.matches()) {
      set(day(one, 1, 2, 3));
    } else if (date == null && month == 0 && dayOfYear.matches()) {
      set(LocalDate.ofYearDay(number(dayOfYear, 1), number(dayOfYear, 2)));
    } else {
      return dashed(token);
    }
    return true;
  }

  private boolean dashed(String token) {
    Matcher dashed = DASHED_NAME.matcher(token);
    if (!dashed.matches()) {
      return false;
    }
    boolean startsWithName = dashed.group(4) != null;
    month(dashed.group(startsWithName ? 4 : 2).substring(0, 3));
    number(dashed.group(startsWithName ? 5 : 1));
    number(dashed.group(startsWithName ? 6 : 3));
    return true;
  }

  private void month(String start) {
    if (month != 0 || !MONTHS.contains(start)) {
      throw unreadable();
    }
    month = MONTHS.indexOf(start) + 1;
  }

  private void number(String digits) {
    if (!digits.chars().allMatch(c -> c >= '0' && c <= '9') || digits.length() > 6) {
      throw unreadable();
    }
    numbers.add(Integer.parseInt(digits));
    widths.add(digits.length());
  }

  /// The date of a month's name and two numbers.
  private void named() {
    if (month == 0 && numbers.isEmpty()) {
      return;
    }
    if (month == 0 || numbers.size() != 2 || date != null) {
      throw unreadable();
    }
    boolean isYearFirst = widths.getFirst() > 2 || numbers.getFirst() > 31;
    int year = isYearFirst ? 0 : 1;
    date = LocalDate.of(year(numbers.get(year), widths.get(year)), month, numbers.get(1 - year));
  }

  private LocalDate day(Matcher parts, int year, int month, int day) {
    return LocalDate.of(
        year(number(parts, year), parts.group(year).length()),
        number(parts, month),
        number(parts, day));
  }

  /// Two digits are a year from 1970 to 2069.
  private int year(int number, int digits) {
    if (number == 0 && digits > 2) {
      throw unreadable();
    }
    return digits > 2 || isBeforeChrist ? number : number + (number < 70 ? 2000 : 1900);
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  private void set(LocalDate found) {
    if (date != null) {
      throw unreadable();
    }
    date = found;
  }

  private static DateTimeException unreadable() {
    return new DateTimeException("not a date or time");
  }
}
