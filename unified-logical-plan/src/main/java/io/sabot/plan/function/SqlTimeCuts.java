package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/// date_trunc and date_bin: the start of the unit, or of the span, that a time lies in.
final class SqlTimeCuts {
  private static final long MICROS = 1_000_000L;

  private SqlTimeCuts() {}

  static List<Function> all() {
    return List.of(
        Functions.typed(
            Functions.throwing(
                "sql.date_trunc",
                2,
                Type.ANY,
                (a, c) -> cut(TimeUnitName.of(SqlText.text(a[0]), a[1]), a[1])),
            types -> types.get(1)),
        Functions.throwing(
            "sql.date_bin",
            3,
            Type.TIMESTAMP,
            (a, c) -> bin((Value.Duration) a[0], point(a[1]), point(a[2]))));
  }

  private static LocalDateTime point(Value value) {
    return ((Value.DateTime) value).value();
  }

  private static Value cut(TimeUnitName unit, Value value) {
    return switch (value) {
      case Value.Date(LocalDate date) ->
          new Value.Date(cut(unit, date.atStartOfDay(), value).toLocalDate());
      case Value.DateTime(LocalDateTime time) -> new Value.DateTime(cut(unit, time, value));
      case Value.Duration span -> cut(unit, span);
      default ->
          throw Errors.typeMismatch(Kinds.name(value), "a time or an interval", "date_trunc()");
    };
  }

  private static LocalDateTime cut(TimeUnitName unit, LocalDateTime time, Value value) {
    LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
    LocalDateTime year = day.withDayOfYear(1);
    int count = time.getYear();
    return switch (unit) {
      case MILLENNIUM -> year.withYear(Math.floorDiv(count - 1, 1000) * 1000 + 1);
      case CENTURY -> year.withYear(Math.floorDiv(count - 1, 100) * 100 + 1);
      case DECADE -> year.withYear(Math.floorDiv(count, 10) * 10);
      case YEAR -> year;
      case QUARTER -> day.withDayOfMonth(1).withMonth((time.getMonthValue() - 1) / 3 * 3 + 1);
      case MONTH -> day.withDayOfMonth(1);
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case DAY -> day;
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
      case SECOND -> time.truncatedTo(ChronoUnit.SECONDS);
      case MILLISECOND -> time.truncatedTo(ChronoUnit.MILLIS);
      case MICROSECOND -> time.truncatedTo(ChronoUnit.MICROS);
      default -> throw unit.unsupported(value);
    };
  }

  private static Value.Duration cut(TimeUnitName unit, Value.Duration span) {
    long micros = SqlIntervals.micros(span);
    return switch (unit) {
      case MILLENNIUM -> months(span, 12_000);
      case CENTURY -> months(span, 1200);
      case DECADE -> months(span, 120);
      case YEAR -> months(span, 12);
      case QUARTER -> months(span, 3);
      case MONTH -> months(span, 1);
      case DAY -> SqlIntervals.of(span.months(), span.days(), 0);
      case HOUR -> rest(span, micros, 3600 * MICROS);
      case MINUTE -> rest(span, micros, 60 * MICROS);
      case SECOND -> rest(span, micros, MICROS);
      case MILLISECOND -> rest(span, micros, 1000);
      case MICROSECOND -> rest(span, micros, 1);
      default -> throw unit.unsupported(span);
    };
  }

  private static Value.Duration months(Value.Duration span, long unit) {
    return SqlIntervals.of(span.months() / unit * unit, 0, 0);
  }

  private static Value.Duration rest(Value.Duration span, long micros, long unit) {
    return SqlIntervals.of(span.months(), span.days(), micros / unit * unit);
  }

  private static Value bin(Value.Duration stride, LocalDateTime time, LocalDateTime origin) {
    if (stride.months() != 0) {
      throw Errors.invalidArgument("date_bin() takes no interval with months or years");
    }
    long width =
        Math.addExact(
            Math.multiplyExact(stride.days(), SqlIntervals.MICROS_A_DAY),
            SqlIntervals.micros(stride));
    if (width <= 0) {
      throw Errors.invalidArgument("date_bin() takes an interval above zero");
    }
    long start = micros(origin);
    long bin = start + Math.floorDiv(micros(time) - start, width) * width;
    return new Value.DateTime(
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(bin, MICROS), (int) Math.floorMod(bin, MICROS) * 1000, ZoneOffset.UTC));
  }

  private static long micros(LocalDateTime time) {
    return time.toEpochSecond(ZoneOffset.UTC) * MICROS + time.getNano() / 1000;
  }
}
