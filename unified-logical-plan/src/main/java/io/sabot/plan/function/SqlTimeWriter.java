package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.time.temporal.JulianFields;
import java.util.Locale;

/// The text of a time after a template.
final class SqlTimeWriter {
  private static final int NAME_WIDTH = 9;
  static final String[] ROMAN = {
    "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"
  };

  private final SqlTimeFields time;

  private SqlTimeWriter(SqlTimeFields time) {
    this.time = time;
  }

  static String write(SqlTimeFormats template, SqlTimeFields time) {
    SqlTimeWriter writer = new SqlTimeWriter(time);
    StringBuilder out = new StringBuilder();
    for (SqlTimeFormats.Item item : template.items()) {
      out.append(
          switch (item) {
            case SqlTimeFormats.Text text -> text.character();
            case SqlTimeFormats.Field field -> writer.ordinal(writer.text(field), field.ordinal());
          });
    }
    return out.toString();
  }

  private String text(SqlTimeFormats.Field field) {
    return switch (field.key()) {
      case "A.M.", "P.M." -> cased(isAfternoon() ? "P.M." : "A.M.", field);
      case "AM", "PM" -> cased(isAfternoon() ? "PM" : "AM", field);
      case "HH", "HH12" -> padded(time.hour() % 12 == 0 ? 12 : time.hour() % 12, 2, field);
      case "HH24" -> padded(time.hour(), 2, field);
      case "MI" -> padded(time.minute(), 2, field);
      case "SS" -> padded(time.second(), 2, field);
      case "MS", "FF3" -> digits(time.micros() / 1000, 3);
      case "US", "FF6" -> digits(time.micros(), 6);
      case "FF1" -> digits(time.micros() / 100_000, 1);
      case "FF2" -> digits(time.micros() / 10_000, 2);
      case "FF4" -> digits(time.micros() / 100, 4);
      case "FF5" -> digits(time.micros() / 10, 5);
      case "SSSS", "SSSSS" ->
          Long.toString(time.hour() * 3600 + time.minute() * 60 + time.second());
      case "TZ" -> cased(day(field) == null ? "" : time.zone(), field);
      case "TZH" -> zoneHours(field, false);
      case "TZM" -> digits(Math.abs(time.offsetSeconds()) / 60 % 60, 2);
      case "OF" -> zoneHours(field, field.isBare()) + zoneMinutes();
      default -> dayField(field);
    };
  }

  private String dayField(SqlTimeFormats.Field field) {
    return switch (field.key()) {
      case "A.D.", "B.C." -> cased(day(field).getYear() <= 0 ? "B.C." : "A.D.", field);
      case "AD", "BC" -> cased(day(field).getYear() <= 0 ? "BC" : "AD", field);
      case "MONTH" ->
          name(day(field).getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH), field);
      case "MON" ->
          cased(day(field).getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH), field);
      case "MM" -> padded(time.month(), 2, field);
      case "DAY" ->
          name(day(field).getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH), field);
      case "DY" ->
          cased(day(field).getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH), field);
      case "DDD" -> padded(time.dayOfYear(), 3, field);
      case "IDDD" -> padded(isoDayOfYear(day(field)), 3, field);
      case "DD" -> padded(time.day(), 2, field);
      case "D" -> Integer.toString(day(field).getDayOfWeek().getValue() % 7 + 1);
      case "ID" -> Integer.toString(day(field).getDayOfWeek().getValue());
      case "WW" -> padded((time.dayOfYear() - 1) / 7 + 1, 2, field);
      case "W" -> Long.toString((time.day() - 1) / 7 + 1);
      case "IW" -> padded(day(field).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, field);
      case "Q" -> time.month() == 0 ? "" : Long.toString((time.month() - 1) / 3 + 1);
      case "J" -> Long.toString(day(field).getLong(JulianFields.JULIAN_DAY));
      case "RM" -> roman(field);
      default -> yearField(field);
    };
  }

  private String yearField(SqlTimeFormats.Field field) {
    return switch (field.key()) {
      case "CC" -> padded(century(), 2, field);
      case "Y,YYY" -> year() / 1000 + "," + digits(year() % 1000, 3);
      case "YYYY" -> padded(year(), 4, field);
      case "YYY" -> padded(year() % 1000, 3, field);
      case "YY" -> padded(year() % 100, 2, field);
      case "Y" -> padded(year() % 10, 1, field);
      case "IYYY" -> padded(isoYear(field), 4, field);
      case "IYY" -> padded(isoYear(field) % 1000, 3, field);
      case "IY" -> padded(isoYear(field) % 100, 2, field);
      case "I" -> padded(isoYear(field) % 10, 1, field);
      default -> throw new IllegalArgumentException("no field " + field.key());
    };
  }

  /// The day of a point in time; an interval has none.
  private LocalDate day(SqlTimeFormats.Field field) {
    return time.date()
        .orElseThrow(
            () -> Errors.invalidArgument("'" + field.written() + "' is not a field of intervals"));
  }

  private boolean isAfternoon() {
    return Math.floorMod(time.hour(), 24L) >= 12;
  }

  private long year() {
    return time.isInterval() ? time.year() : ofEra(time.year());
  }

  private long isoYear(SqlTimeFormats.Field field) {
    return ofEra(day(field).get(IsoFields.WEEK_BASED_YEAR));
  }

  private static long ofEra(long year) {
    return year <= 0 ? 1 - year : year;
  }

  private long century() {
    if (time.isInterval()) {
      return time.year() / 100;
    }
    return time.year() > 0 ? (time.year() - 1) / 100 + 1 : time.year() / 100 - 1;
  }

  private static int isoDayOfYear(LocalDate day) {
    return (day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR) - 1) * 7 + day.getDayOfWeek().getValue();
  }

  private String roman(SqlTimeFormats.Field field) {
    String numeral = cased(ROMAN[(int) Math.abs(time.month())], field);
    return field.isBare() || numeral.isEmpty() ? numeral : (numeral + "    ").substring(0, 4);
  }

  private String zoneHours(SqlTimeFormats.Field field, boolean isBare) {
    day(field);
    int hours = Math.abs(time.offsetSeconds()) / 3600;
    return (time.offsetSeconds() < 0 ? "-" : "+") + digits(hours, isBare ? 1 : 2);
  }

  private String zoneMinutes() {
    int minutes = Math.abs(time.offsetSeconds()) / 60 % 60;
    return minutes == 0 ? "" : ":" + digits(minutes, 2);
  }

  private static String name(String name, SqlTimeFormats.Field field) {
    String cased = cased(name, field);
    return field.isBare() ? cased : cased + " ".repeat(NAME_WIDTH - cased.length());
  }

  /// In the case that the field is written in.
  private static String cased(String text, SqlTimeFormats.Field field) {
    String written = field.written();
    if (written.equals(field.key())) {
      return text.toUpperCase(Locale.ROOT);
    }
    return Character.isUpperCase(written.charAt(0)) ? text : text.toLowerCase(Locale.ROOT);
  }

  private static String padded(long number, int width, SqlTimeFormats.Field field) {
    return field.isBare() ? Long.toString(number) : digits(number, width);
  }

  private static String digits(long number, int width) {
    String digits = Long.toString(Math.abs(number));
    return (number < 0 ? "-" : "") + "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  private String ordinal(String number, String ending) {
    return ending.isEmpty() ? number : number + ordinal(number, ending.equals("TH"));
  }

  /// `st`, `nd`, `rd` or `th`, as the number asks for.
  static String ordinal(String number, boolean isUpper) {
    int length = number.length();
    boolean isTeen = length > 1 && number.charAt(length - 2) == '1';
    char last = length == 0 || isTeen ? '0' : number.charAt(length - 1);
    String ending = last == '1' ? "st" : last == '2' ? "nd" : last == '3' ? "rd" : "th";
    return isUpper ? ending.toUpperCase(Locale.ROOT) : ending;
  }
}
