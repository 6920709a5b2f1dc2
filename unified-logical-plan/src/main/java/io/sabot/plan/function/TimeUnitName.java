package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.Value;
import java.util.Locale;

/// A unit or field of times by PostgreSQL's names.
enum TimeUnitName {
  MILLENNIUM,
  CENTURY,
  DECADE,
  YEAR,
  ISOYEAR,
  QUARTER,
  MONTH,
  WEEK,
  DAY,
  DOW,
  ISODOW,
  DOY,
  HOUR,
  MINUTE,
  SECOND,
  MILLISECOND,
  MICROSECOND,
  EPOCH,
  JULIAN,
  TIMEZONE,
  TIMEZONE_HOUR,
  TIMEZONE_MINUTE;

  static TimeUnitName of(String name, Value value) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "millennium", "millennia", "mil", "mils" -> MILLENNIUM;
      case "century", "centuries", "cent", "c" -> CENTURY;
      case "decade", "decades", "dec", "decs" -> DECADE;
      case "year", "years", "y", "yr", "yrs" -> YEAR;
      case "isoyear" -> ISOYEAR;
      case "quarter", "qtr" -> QUARTER;
      case "month", "months", "mon", "mons" -> MONTH;
      case "week", "weeks", "w" -> WEEK;
      case "day", "days", "d" -> DAY;
      case "dow" -> DOW;
      case "isodow" -> ISODOW;
      case "doy" -> DOY;
      case "hour", "hours", "h", "hr", "hrs" -> HOUR;
      case "minute", "minutes", "m", "min", "mins" -> MINUTE;
      case "second", "seconds", "s", "sec", "secs" -> SECOND;
      case "millisecond", "milliseconds", "ms", "msec", "msecs", "mseconds" -> MILLISECOND;
      case "microsecond", "microseconds", "us", "usec", "usecs", "useconds" -> MICROSECOND;
      case "epoch" -> EPOCH;
      case "julian", "jd", "j" -> JULIAN;
      case "timezone" -> TIMEZONE;
      case "timezone_hour", "timezone_h" -> TIMEZONE_HOUR;
      case "timezone_minute", "timezone_m" -> TIMEZONE_MINUTE;
      default ->
          throw Errors.invalidArgument(
              "'" + name + "' is no unit of " + Kinds.name(value) + ", such as 'month' or 'hour'");
    };
  }

  QueryException unsupported(Value value) {
    return Errors.invalidArgument(
        Kinds.name(value) + " has no field '" + name().toLowerCase(Locale.ROOT) + "'");
  }
}
