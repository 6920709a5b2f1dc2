package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.JulianFields;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A time that is read after a template: to_date and to_timestamp.
///
/// As in PostgreSQL a number takes as many digits as there are where the template has no digits
/// behind it, a separator stands for any other, blanks before a field are passed over, and what is
/// left of the text is not looked at.
final class SqlTimeReader {
  /// What the template found.
  private enum Part {
    YEAR,
    CENTURY,
    MONTH,
    DAY,
    DAY_OF_YEAR,
    WEEK,
    WEEK_OF_MONTH,
    ISO_YEAR,
    ISO_WEEK,
    ISO_DAY,
    ISO_DAY_OF_YEAR,
    JULIAN,
    HOUR,
    MINUTE,
    SECOND,
    MICROS,
    SECOND_OF_DAY,
    ZONE_HOUR,
    ZONE_MINUTE
  }

  private static final List<String> MONTHS =
      Stream.of(java.time.Month.values())
          .map(m -> m.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
          .toList();
  private static final List<String> DAYS =
      Stream.of(java.time.DayOfWeek.values())
          .map(d -> d.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
          .toList();
  private static final int SHORT = 3;

  private final String text;
  private final SqlTimeFormats template;
  private final Map<Part, Long> parts = new EnumMap<>(Part.class);
  private int at;
  private boolean isTwelveHours;
  private @Nullable Boolean isAfternoon;
  private boolean isBeforeChrist;
  private boolean isWest;

  private SqlTimeReader(String text, SqlTimeFormats template) {
    this.text = text;
    this.template = template;
  }

  /// @param offset none where the template names no zone
  record Read(LocalDateTime time, @Nullable ZoneOffset offset) {}

  static Read read(String text, String template) {
    SqlTimeReader reader = new SqlTimeReader(text, SqlTimeFormats.of(template));
    reader.all();
    try {
      return new Read(reader.date().atStartOfDay().plusNanos(reader.nanos()), reader.offset());
    } catch (DateTimeException none) {
      throw Errors.outOfRange("the time '" + text + "'", "the calendar");
    }
  }

  // ---- the text

  private void all() {
    List<SqlTimeFormats.Item> items = template.items();
    for (int i = 0; i < items.size() && at < text.length(); i++) {
      switch (items.get(i)) {
        case SqlTimeFormats.Text literal -> literal(literal);
        case SqlTimeFormats.Field field -> {
          skipBlanks();
          boolean isFixed =
              !field.isBare() && i + 1 < items.size() && startsWithDigits(items.get(i + 1));
          field(field, isFixed);
          at = Math.min(text.length(), at + field.ordinal().length());
        }
      }
    }
  }

  private static boolean startsWithDigits(SqlTimeFormats.Item item) {
    return switch (item) {
      case SqlTimeFormats.Text literal -> Character.isDigit(literal.character().codePointAt(0));
      case SqlTimeFormats.Field field -> field.isDigits();
    };
  }

  private void literal(SqlTimeFormats.Text literal) {
    if (!literal.isSeparator() || isSeparator(text.codePointAt(at))) {
      at = text.offsetByCodePoints(at, 1);
    }
  }

  private static boolean isSeparator(int c) {
    return c < 127 && !Character.isLetterOrDigit(c);
  }

  private void skipBlanks() {
    while (!template.isExact() && at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private void field(SqlTimeFormats.Field field, boolean isFixed) {
    switch (field.key()) {
      case "MONTH" -> set(Part.MONTH, name(MONTHS, false, field) + 1L, field);
      case "MON" -> set(Part.MONTH, name(MONTHS, true, field) + 1L, field);
      case "DAY" -> name(DAYS, false, field);
      case "DY" -> name(DAYS, true, field);
      case "RM" -> set(Part.MONTH, roman(field), field);
      case "AM", "PM" -> isAfternoon = mark("am", "pm", field);
      case "A.M.", "P.M." -> isAfternoon = mark("a.m.", "p.m.", field);
      case "AD", "BC" -> isBeforeChrist = mark("ad", "bc", field);
      case "A.D.", "B.C." -> isBeforeChrist = mark("a.d.", "b.c.", field);
      case "TZ", "OF" ->
          throw Errors.invalidArgument(
              "'" + field.written() + "' can be written and not read; TZH and TZM can");
      default -> number(field, isFixed);
    }
  }

  private void number(SqlTimeFormats.Field field, boolean isFixed) {
    String key = field.key();
    switch (key) {
      case "Y,YYY" -> year(field);
      case "YYYY" -> set(Part.YEAR, digits(4, isFixed, field), field);
      case "YYY", "YY", "Y" -> set(Part.YEAR, shortYear(key.length(), isFixed, field), field);
      case "IYYY" -> set(Part.ISO_YEAR, digits(4, isFixed, field), field);
      case "IYY", "IY", "I" -> set(Part.ISO_YEAR, shortYear(key.length(), isFixed, field), field);
      case "CC" -> set(Part.CENTURY, digits(2, isFixed, field), field);
      case "MM" -> set(Part.MONTH, digits(2, isFixed, field), field);
      case "DD" -> set(Part.DAY, digits(2, isFixed, field), field);
      case "DDD" -> set(Part.DAY_OF_YEAR, digits(3, isFixed, field), field);
      case "IDDD" -> set(Part.ISO_DAY_OF_YEAR, digits(3, isFixed, field), field);
      case "ID" -> set(Part.ISO_DAY, digits(1, isFixed, field), field);
      case "IW" -> set(Part.ISO_WEEK, digits(2, isFixed, field), field);
      case "WW" -> set(Part.WEEK, digits(2, isFixed, field), field);
      case "W" -> set(Part.WEEK_OF_MONTH, digits(1, isFixed, field), field);
      case "D", "Q" -> digits(1, isFixed, field);
      case "J" -> set(Part.JULIAN, digits(9, false, field), field);
      default -> clock(field, isFixed);
    }
  }

  private void clock(SqlTimeFormats.Field field, boolean isFixed) {
    String key = field.key();
    switch (key) {
      case "HH", "HH12" -> {
        isTwelveHours = true;
        set(Part.HOUR, digits(2, isFixed, field), field);
      }
      case "HH24" -> set(Part.HOUR, digits(2, isFixed, field), field);
      case "MI" -> set(Part.MINUTE, digits(2, isFixed, field), field);
      case "SS" -> set(Part.SECOND, digits(2, isFixed, field), field);
      case "MS" -> set(Part.MICROS, fraction(3, isFixed, field), field);
      case "US" -> set(Part.MICROS, fraction(6, isFixed, field), field);
      case "SSSS", "SSSSS" -> set(Part.SECOND_OF_DAY, digits(5, isFixed, field), field);
      case "TZH" -> {
        isWest = text.charAt(at) == '-';
        at += isWest || text.charAt(at) == '+' ? 1 : 0;
        set(Part.ZONE_HOUR, digits(2, isFixed, field), field);
      }
      case "TZM" -> set(Part.ZONE_MINUTE, digits(2, isFixed, field), field);
      default -> // FF1 to FF6
          set(Part.MICROS, fraction(key.charAt(2) - '0', isFixed, field), field);
    }
  }

  private void set(Part part, long value, SqlTimeFormats.Field field) {
    Long before = parts.put(part, value);
    if (before != null && before != value) {
      throw Errors.invalidArgument(
          "'" + field.written() + "' gives another value than a field before it");
    }
  }

  private long digits(int width, boolean isFixed, SqlTimeFormats.Field field) {
    int start = at;
    int longest = isFixed ? start + width : text.length();
    while (at < Math.min(longest, text.length()) && isDigit(text.charAt(at))) {
      at++;
    }
    if (at == start || at - start > 9) {
      throw unreadable(start, field);
    }
    return Long.parseLong(text.substring(start, at));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /// Years of fewer than four digits are those nearest to 2020.
  private long shortYear(int width, boolean isFixed, SqlTimeFormats.Field field) {
    int start = at;
    long year = digits(width, isFixed, field);
    if (at - start > 3) {
      return year;
    }
    return year
        + (year < 70 ? 2000 : year < 100 ? 1900 : year < 520 ? 2000 : year < 1000 ? 1000 : 0);
  }

  private void year(SqlTimeFormats.Field field) {
    long thousands = digits(4, false, field);
    if (at >= text.length() || text.charAt(at) != ',') {
      throw unreadable(at, field);
    }
    at++;
    set(Part.YEAR, thousands * 1000 + digits(3, true, field), field);
  }

  /// In microseconds.
  private long fraction(int width, boolean isFixed, SqlTimeFormats.Field field) {
    int start = at;
    long digits = digits(width, isFixed, field);
    int read = at - start;
    if (read > 6) {
      throw unreadable(start, field);
    }
    for (int i = read; i < 6; i++) {
      digits *= 10;
    }
    return digits;
  }

  private int name(List<String> names, boolean isShort, SqlTimeFormats.Field field) {
    for (int i = 0; i < names.size(); i++) {
      String name = isShort ? names.get(i).substring(0, SHORT) : names.get(i);
      if (text.regionMatches(true, at, name, 0, name.length())) {
        at += name.length();
        return i;
      }
    }
    throw unreadable(at, field);
  }

  private long roman(SqlTimeFormats.Field field) {
    int best = 0;
    for (int i = 1; i < SqlTimeWriter.ROMAN.length; i++) {
      String numeral = SqlTimeWriter.ROMAN[i];
      boolean isLonger = numeral.length() > SqlTimeWriter.ROMAN[best].length();
      if (isLonger && text.regionMatches(true, at, numeral, 0, numeral.length())) {
        best = i;
      }
    }
    if (best == 0) {
      throw unreadable(at, field);
    }
    at += SqlTimeWriter.ROMAN[best].length();
    return best;
  }

  /// Whether the second of two marks stands here.
  private boolean mark(String first, String second, SqlTimeFormats.Field field) {
    boolean isSecond = text.regionMatches(true, at, second, 0, second.length());
    if (!isSecond && !text.regionMatches(true, at, first, 0, first.length())) {
      throw unreadable(at, field);
    }
    at += first.length();
    return isSecond;
  }

  private QueryException unreadable(int start, SqlTimeFormats.Field field) {
    return Errors.invalidText(text.substring(start), "value of '" + field.written() + "'");
  }

  // ---- the time

  private long part(Part part, long otherwise) {
    return parts.getOrDefault(part, otherwise);
  }

  private LocalDate date() {
    if (parts.containsKey(Part.JULIAN)) {
      return LocalDate.EPOCH.with(JulianFields.JULIAN_DAY, part(Part.JULIAN, 0));
    }
    if (parts.containsKey(Part.ISO_YEAR)) {
      return isoDate();
    }
    LocalDate first = LocalDate.of((int) year(), 1, 1);
    if (parts.containsKey(Part.DAY_OF_YEAR) && !parts.containsKey(Part.MONTH)) {
      return first.withDayOfYear((int) part(Part.DAY_OF_YEAR, 1));
    }
    if (parts.containsKey(Part.WEEK) && !parts.containsKey(Part.MONTH)) {
      return first.withDayOfYear(within(part(Part.WEEK, 1), 53) * 7 - 6);
    }
    LocalDate month = first.withMonth((int) part(Part.MONTH, 1));
    long day =
        parts.containsKey(Part.DAY)
            ? part(Part.DAY, 1)
            : within(part(Part.WEEK_OF_MONTH, 1), 5) * 7 - 6;
    return month.withDayOfMonth((int) day);
  }

  private static int within(long week, int last) {
    if (week < 1 || week > last) {
      throw new DateTimeException("no week " + week);
    }
    return (int) week;
  }

  private long year() {
    if (parts.containsKey(Part.CENTURY)) {
      long century = part(Part.CENTURY, 1);
      long year = part(Part.YEAR, -1) % 100;
      return year <= 0 ? (century - 1) * 100 + (year < 0 ? 1 : 100) : (century - 1) * 100 + year;
    }
    long year = part(Part.YEAR, 0);
    return isBeforeChrist && year > 0 ? 1 - year : year;
  }

  private LocalDate isoDate() {
    LocalDate fourth = LocalDate.of((int) part(Part.ISO_YEAR, 1), 1, 4);
    LocalDate monday = fourth.with(java.time.DayOfWeek.MONDAY);
    if (parts.containsKey(Part.ISO_DAY_OF_YEAR)) {
      return monday.plusDays(part(Part.ISO_DAY_OF_YEAR, 1) - 1);
    }
    long week = within(part(Part.ISO_WEEK, 1), 53);
    return monday.plusDays((week - 1) * 7 + part(Part.ISO_DAY, 1) - 1);
  }

  private long nanos() {
    long micros = part(Part.MICROS, 0);
    long ofDay = part(Part.SECOND_OF_DAY, -1);
    long hour = hour();
    long minute = part(Part.MINUTE, 0);
    long second = part(Part.SECOND, 0);
    if (hour > 24 || minute > 59 || second > 59 || ofDay > 86_400) {
      throw new DateTimeException("no time of a day");
    }
    long seconds = ofDay >= 0 ? ofDay : (hour * 60 + minute) * 60 + second;
    return seconds * 1_000_000_000L + micros * 1000;
  }

  private long hour() {
    long hour = part(Part.HOUR, 0);
    boolean isRead = parts.containsKey(Part.HOUR);
    if (isTwelveHours && isRead && (hour < 1 || hour > 12)) {
      throw Errors.outOfRange("the hour " + hour, "a clock of 12 hours, as HH asks for");
    }
    if (isAfternoon == null) {
      return isTwelveHours && hour == 12 ? 0 : hour;
    }
    return isAfternoon ? (hour < 12 ? hour + 12 : hour) : hour == 12 ? 0 : hour;
  }

  private @Nullable ZoneOffset offset() {
    if (!parts.containsKey(Part.ZONE_HOUR)) {
      return null;
    }
    long minutes = part(Part.ZONE_HOUR, 0) * 60 + part(Part.ZONE_MINUTE, 0);
    return ZoneOffset.ofTotalSeconds((int) (isWest ? -minutes : minutes) * 60);
  }
}
