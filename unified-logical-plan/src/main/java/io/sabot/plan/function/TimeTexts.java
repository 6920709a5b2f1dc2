package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Value;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Dates and times in the texts that SQL casts: ISO 8601, where zeros in front may be missing and a
/// date may have a time behind it, as in PostgreSQL. Methods throw DateTimeException.
final class TimeTexts {
  private static final int YEAR_DIGITS_MAX = 9;

  private static final Pattern DIGITS = Pattern.compile("\\d{6}(\\.\\d*)?");

  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 1, YEAR_DIGITS_MAX, SignStyle.NORMAL)
          .appendLiteral('-')
          .appendValue(ChronoField.MONTH_OF_YEAR, 1, 2, SignStyle.NOT_NEGATIVE)
          .appendLiteral('-')
          .appendValue(ChronoField.DAY_OF_MONTH, 1, 2, SignStyle.NOT_NEGATIVE)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withChronology(IsoChronology.INSTANCE);

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.HOUR_OF_DAY, 1, 2, SignStyle.NOT_NEGATIVE)
          .appendLiteral(':')
          .appendValue(ChronoField.MINUTE_OF_HOUR, 1, 2, SignStyle.NOT_NEGATIVE)
          .optionalStart()
          .appendLiteral(':')
          .appendValue(ChronoField.SECOND_OF_MINUTE, 1, 2, SignStyle.NOT_NEGATIVE)
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter DATE_TIME =
      new DateTimeFormatterBuilder()
          .append(DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(TIME)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private TimeTexts() {}

  static LocalDate date(String text) {
    return dateTime(text).toLocalDate();
  }

  static LocalTime time(String text) {
    String stripped = text.strip();
    if (DIGITS.matcher(stripped).matches()) {
      return TimeTextReader.read("t" + stripped).time();
    }
    try {
      return LocalTime.parse(stripped, TIME);
    } catch (DateTimeException otherForm) {
      return TimeTextReader.read(text).time();
    }
  }

  static LocalDateTime dateTime(String text) {
    LocalDateTime usual = usual(text);
    return usual != null ? usual : TimeTextReader.read(text).dateTime();
  }

  /// The instant that a text writes; in `zone` where it names none.
  static ZonedDateTime instant(String text, ZoneId zone) {
    try {
      LocalDateTime usual = usual(text);
      if (usual != null) {
        return usual.atZone(zone);
      }
      TimeTextReader.Read read = TimeTextReader.read(text);
      return read.dateTime().atZone(read.zone() == null ? zone : read.zone());
    } catch (DateTimeException malformed) {
      throw Errors.invalidText(text, "timestamp with time zone");
    }
  }

  /// As PostgreSQL writes it: `2020-01-01 10:00:00+01`.
  static String text(ZonedDateTime time) {
    int offset = time.getOffset().getTotalSeconds();
    int minutes = Math.abs(offset) / 60;
    String local = Casts.text(new Value.DateTime(time.toLocalDateTime()));
    String hours = String.format(Locale.ROOT, "%s%02d", offset < 0 ? "-" : "+", minutes / 60);
    return local
        + hours
        + (minutes % 60 == 0 ? "" : String.format(Locale.ROOT, ":%02d", minutes % 60));
  }

  /// A time in ISO 8601; null for any other text.
  private static @Nullable LocalDateTime usual(String text) {
    String stripped = text.strip().replace(' ', 'T');
    String iso = stripped.startsWith("+") ? stripped.substring(1) : stripped;
    try {
      return switch (DATE_TIME.parseBest(iso, LocalDateTime::from, LocalDate::from)) {
        case LocalDateTime both -> both;
        case LocalDate day -> day.atStartOfDay();
        default -> null;
      };
    } catch (DateTimeException otherForm) {
      return null;
    }
  }
}
