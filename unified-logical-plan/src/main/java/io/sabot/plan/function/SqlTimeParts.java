package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.temporal.JulianFields;
import java.util.List;

/// Fields of times and intervals: EXTRACT, which gives exact numbers, and date_part, which gives
/// floats.
///
/// A field is found in microseconds, or in parts of a day for the Julian day.
final class SqlTimeParts {
  private static final long MICROS = 1_000_000L;
  private static final int JULIAN_SCALE = 20;

  /// 365.25 days, as PostgreSQL counts the seconds of a year.
  private static final BigDecimal SECONDS_A_YEAR = BigDecimal.valueOf(31_557_600);

  private SqlTimeParts() {}

  static List<Function> all() {
    return List.of(
        Functions.throwing("sql.extract", 2, Type.INT64, (a, c) -> Value.of(part(a).longValue())),
        Functions.throwing(
            "sql.extract_fraction",
            2,
            new Type.Decimal(Type.Decimal.MAX_PRECISION, 6),
            (a, c) -> Value.of(part(a).setScale(6))),
        Functions.throwing(
            "sql.extract_julian",
            2,
            new Type.Decimal(Type.Decimal.MAX_PRECISION, JULIAN_SCALE),
            (a, c) -> Value.of(part(a).setScale(JULIAN_SCALE))),
        Functions.throwing(
            "sql.date_part", 2, Type.FLOAT64, (a, c) -> Value.of(part(a).doubleValue())));
  }

  private static BigDecimal part(Value[] args) {
    TimeUnitName unit = TimeUnitName.of(SqlText.text(args[0]), args[1]);
    return switch (args[1]) {
      case Value.Date(LocalDate date) -> ofPoint(unit, date.atStartOfDay(), args[1]);
      case Value.DateTime(LocalDateTime time) -> ofPoint(unit, time, args[1]);
      case Value.Time(LocalTime time) -> ofTime(unit, time, args[1]);
      case Value.Duration span -> ofInterval(unit, span);
      default -> throw Errors.typeMismatch(Kinds.name(args[1]), "a time or an interval", "EXTRACT");
    };
  }

  private static BigDecimal ofPoint(TimeUnitName unit, LocalDateTime time, Value value) {
    int year = time.getYear();
    return switch (unit) {
      case MILLENNIUM -> whole(year > 0 ? (year + 999) / 1000 : (year - 1000) / 1000);
      case CENTURY -> whole(year > 0 ? (year + 99) / 100 : (year - 100) / 100);
      case DECADE -> whole(Math.floorDiv(year, 10));
      case YEAR -> whole(ofEra(year));
      case ISOYEAR -> whole(ofEra(time.get(IsoFields.WEEK_BASED_YEAR)));
      case QUARTER -> whole(time.get(IsoFields.QUARTER_OF_YEAR));
      case MONTH -> whole(time.getMonthValue());
      case WEEK -> whole(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      case DAY -> whole(time.getDayOfMonth());
      case DOW -> whole(time.getDayOfWeek().getValue() % 7);
      case ISODOW -> whole(time.getDayOfWeek().getValue());
      case DOY -> whole(time.getDayOfYear());
      case EPOCH ->
          whole(time.toEpochSecond(ZoneOffset.UTC)).add(fraction(time.getNano() / 1000L, 6));
      case JULIAN -> julian(time);
      default -> ofTime(unit, time.toLocalTime(), value);
    };
  }

  private static BigDecimal julian(LocalDateTime time) {
    BigDecimal micros = BigDecimal.valueOf(time.toLocalTime().toNanoOfDay() / 1000);
    BigDecimal day = BigDecimal.valueOf(SqlIntervals.MICROS_A_DAY);
    return whole(time.getLong(JulianFields.JULIAN_DAY))
        .add(micros.divide(day, JULIAN_SCALE, java.math.RoundingMode.HALF_UP));
  }

  /// There is no year 0: the one before 1 is 1 BC, or -1.
  private static int ofEra(int year) {
    return year > 0 ? year : year - 1;
  }

  private static BigDecimal ofTime(TimeUnitName unit, LocalTime time, Value value) {
    long micros = time.getSecond() * MICROS + time.getNano() / 1000;
    return switch (unit) {
      case HOUR -> whole(time.getHour());
      case MINUTE -> whole(time.getMinute());
      case SECOND -> fraction(micros, 6);
      case MILLISECOND -> fraction(micros, 3);
      case MICROSECOND -> whole(micros);
      case EPOCH -> fraction(time.toNanoOfDay() / 1000, 6);
      default -> throw unit.unsupported(value);
    };
  }

  private static BigDecimal ofInterval(TimeUnitName unit, Value.Duration span) {
    long micros = SqlIntervals.micros(span);
    long seconds = micros / MICROS;
    long years = span.months() / 12;
    long months = span.months() % 12;
    return switch (unit) {
      case MILLENNIUM -> whole(years / 1000);
      case CENTURY -> whole(years / 100);
      case DECADE -> whole(years / 10);
      case YEAR -> whole(years);
      case QUARTER -> whole(months / 3 + 1);
      case MONTH -> whole(months);
      case DAY -> whole(span.days());
      case HOUR -> whole(seconds / 3600);
      case MINUTE -> whole(seconds / 60 % 60);
      case SECOND -> fraction(micros % (60 * MICROS), 6);
      case MILLISECOND -> fraction(micros % (60 * MICROS), 3);
      case MICROSECOND -> whole(micros % (60 * MICROS));
      case EPOCH ->
          SECONDS_A_YEAR
              .multiply(whole(years))
              .add(whole(86_400L * (30 * months + span.days())))
              .add(fraction(micros, 6));
      default -> throw unit.unsupported(span);
    };
  }

  private static BigDecimal whole(long number) {
    return BigDecimal.valueOf(number);
  }

  private static BigDecimal fraction(long unscaled, int scale) {
    return BigDecimal.valueOf(unscaled, scale);
  }
}
