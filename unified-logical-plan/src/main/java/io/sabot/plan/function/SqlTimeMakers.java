package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

/// Times and intervals from the numbers of their fields.
final class SqlTimeMakers {
  private static final long NANOS_A_DAY = 86_400_000_000_000L;

  private SqlTimeMakers() {}

  static List<Function> all() {
    return List.of(
        Functions.throwing("sql.make_date", 3, Type.DATE, (a, c) -> new Value.Date(date(a))),
        Functions.throwing("sql.make_time", 3, Type.TIME, (a, c) -> time(a)),
        Functions.throwing("sql.make_timestamp", 6, Type.TIMESTAMP, (a, c) -> timestamp(a)),
        Functions.throwing("sql.interval_of_fields", 7, Type.INTERVAL, (a, c) -> interval(a)));
  }

  /// A year below 0 is one before Christ: there is no year 0.
  private static LocalDate date(Value[] args) {
    int year = whole(args[0]);
    try {
      if (year == 0) {
        throw new DateTimeException("no year 0");
      }
      return LocalDate.of(year < 0 ? year + 1 : year, whole(args[1]), whole(args[2]));
    } catch (DateTimeException none) {
      throw Errors.outOfRange(
          "the date " + year + "-" + whole(args[1]) + "-" + whole(args[2]), "the calendar");
    }
  }

  private static Value time(Value[] args) {
    long nanos = nanos(args, 0);
    if (nanos >= NANOS_A_DAY) {
      throw Errors.outOfRange("the time", "a day");
    }
    return new Value.Time(LocalTime.ofNanoOfDay(nanos));
  }

  private static Value timestamp(Value[] args) {
    return new Value.DateTime(date(args).atStartOfDay().plusNanos(nanos(args, 3)));
  }

  /// Since midnight, of an hour, a minute and seconds; 60 seconds are a minute.
  private static long nanos(Value[] args, int from) {
    int hour = whole(args[from]);
    int minute = whole(args[from + 1]);
    BigDecimal micros =
        Numbers.toDecimal(args[from + 2]).movePointRight(6).setScale(0, RoundingMode.HALF_EVEN);
    boolean isDay = hour == 24 && minute == 0 && micros.signum() == 0;
    boolean fits =
        hour >= 0
            && hour < 24
            && minute >= 0
            && minute < 60
            && micros.signum() >= 0
            && micros.compareTo(BigDecimal.valueOf(60_000_000)) <= 0;
    if (!fits && !isDay) {
      throw Errors.outOfRange(
          "the time " + hour + ":" + minute + ":" + SqlText.text(args[from + 2]), "a day");
    }
    return (hour * 60L + minute) * 60_000_000_000L + micros.longValueExact() * 1000;
  }

  private static Value interval(Value[] args) {
    BigDecimal months = number(args[0]).multiply(BigDecimal.valueOf(12)).add(number(args[1]));
    BigDecimal days = number(args[2]).multiply(BigDecimal.valueOf(7)).add(number(args[3]));
    BigDecimal minutes = number(args[4]).multiply(BigDecimal.valueOf(60)).add(number(args[5]));
    BigDecimal seconds = minutes.multiply(BigDecimal.valueOf(60)).add(Numbers.toDecimal(args[6]));
    return IntervalText.of(months, days, seconds);
  }

  private static BigDecimal number(Value value) {
    return BigDecimal.valueOf(whole(value));
  }

  private static int whole(Value value) {
    try {
      return Numbers.toDecimal(value).intValueExact();
    } catch (ArithmeticException broken) {
      throw Errors.outOfRange("the field " + SqlText.text(value), "a 32-bit integer");
    }
  }
}
