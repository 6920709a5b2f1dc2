package io.sabot.plan.function;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/// Dates and times in the texts that SQL casts: ISO 8601, where zeros in front may be missing and a
/// date may have a time behind it, as in PostgreSQL. Methods throw DateTimeException.
final class TimeTexts {
  private static final int YEAR_DIGITS_MAX = 9;

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
    return LocalTime.parse(text.strip(), TIME);
  }

  static LocalDateTime dateTime(String text) {
    String stripped = text.strip().replace(' ', 'T');
    String iso = stripped.startsWith("+") ? stripped.substring(1) : stripped;
    TemporalAccessor parsed = DATE_TIME.parseBest(iso, LocalDateTime::from, LocalDate::from);
    return switch (parsed) {
      case LocalDateTime both -> both;
      case LocalDate day -> day.atStartOfDay();
      default -> throw new DateTimeException(text);
    };
  }
}
