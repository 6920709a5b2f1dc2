package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Intervals in the texts that SQL reads, as in PostgreSQL: `1 year 2 mons -3 days 04:05:06.7`,
/// `1-2 3 4:05` (years and months, days, time), `P1Y2M3DT4H5M6.7S`, `2 weeks ago`.
///
/// A fraction of a unit goes to smaller ones: that of a year to whole months, that of a month to
/// days (30 to a month) and seconds, that of a week or day to seconds. Seconds have six digits.
public final class IntervalText {
  private enum Unit {
    YEAR,
    MONTH,
    WEEK,
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    MILLISECOND,
    MICROSECOND,
    DECADE,
    CENTURY,
    MILLENNIUM
  }

  private static final String NUMBER = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)";
  private static final Pattern PART =
      Pattern.compile(
          "(?<clock>(?<clocksign>[+-]?)(?<hours>\\d+):(?<minutes>\\d{1,2})"
              + "(?::(?<seconds>\\d{1,2}(?:\\.\\d*)?))?)"
              + "|(?<sign>[+-]?)(?<years>\\d+)-(?<months>\\d+)"
              + "|(?<number>"
              + NUMBER
              + ")\\s*(?<unit>[a-z]+)?"
              + "|(?<ago>ago)");
  private static final Pattern BETWEEN = Pattern.compile("[\\s,]*");
  private static final Pattern ISO_PART = Pattern.compile("(?<number>" + NUMBER + ")([YMWDHS])");
  private static final Pattern ISO_LIKE =
      Pattern.compile(
          "P(?<years>\\d+)-(?<months>\\d+)-(?<days>\\d+)"
              + "(?:T(?<hours>\\d+):(?<minutes>\\d+):(?<seconds>\\d+(?:\\.\\d*)?))?");
  private static final BigDecimal DAYS_A_MONTH = BigDecimal.valueOf(30);
  private static final BigDecimal SECONDS_A_DAY = BigDecimal.valueOf(86_400);

  private final String text;
  private final Set<Unit> seen = EnumSet.noneOf(Unit.class);
  private BigDecimal months = BigDecimal.ZERO;
  private BigDecimal days = BigDecimal.ZERO;
  private BigDecimal seconds = BigDecimal.ZERO;

  private IntervalText(String text) {
    this.text = text;
  }

  /// The interval that a text writes; a QueryException when it writes none.
  public static Value.Duration parse(String text) {
    IntervalText reading = new IntervalText(text);
    String stripped = text.strip();
    return stripped.startsWith("P")
        ? reading.iso(stripped)
        : reading.words(stripped.toLowerCase(Locale.ROOT));
  }

  /// An interval of so many months, days and seconds, none of which needs to be whole.
  static Value.Duration of(BigDecimal months, BigDecimal days, BigDecimal seconds) {
    BigDecimal wholeMonths = months.setScale(0, RoundingMode.DOWN);
    BigDecimal allDays =
        days.add(months.subtract(wholeMonths).multiply(DAYS_A_MONTH))
            .setScale(15, RoundingMode.HALF_EVEN);
    BigDecimal wholeDays = allDays.setScale(0, RoundingMode.DOWN);
    BigDecimal micros =
        seconds
            .add(allDays.subtract(wholeDays).multiply(SECONDS_A_DAY))
            .setScale(6, RoundingMode.HALF_EVEN)
            .movePointRight(6);
    try {
      long all = micros.longValueExact();
      return Value.Duration.of(
          wholeMonths.intValueExact(),
          wholeDays.intValueExact(),
          Math.floorDiv(all, 1_000_000L),
          Math.floorMod(all, 1_000_000L) * 1000L);
    } catch (ArithmeticException tooLarge) {
      throw outOfRange();
    }
  }

  static RuntimeException outOfRange() {
    return Errors.outOfRange("an interval", "32 bits of months or days, or 64 of microseconds");
  }

  // ---- units written as words

  private Value.Duration words(String lower) {
    String rest = lower.startsWith("@") ? lower.substring(1).strip() : lower;
    Matcher part = PART.matcher(rest);
    boolean negated = false;
    int at = 0;
    while (at < rest.length()) {
      if (!part.region(at, rest.length()).lookingAt()) {
        throw malformed();
      }
      at = part.end();
      Matcher between = BETWEEN.matcher(rest).region(at, rest.length());
      at = between.lookingAt() ? between.end() : at;
      negated |= part.group("ago") != null;
      add(part, rest.substring(at));
    }
    if (seen.isEmpty()) {
      throw malformed();
    }
    return negated ? of(months.negate(), days.negate(), seconds.negate()) : interval();
  }

  private Value.Duration interval() {
    return of(months, days, seconds);
  }

  private void add(Matcher part, String rest) {
    if (part.group("clock") != null) {
      clock(part, part.group("clocksign").equals("-"));
    } else if (part.group("years") != null) {
      boolean negative = part.group("sign").equals("-");
      add(Unit.YEAR, signed(part.group("years"), negative));
      add(Unit.MONTH, signed(checked(part.group("months"), 12), negative));
    } else if (part.group("number") != null) {
      add(unit(part.group("unit"), rest), number(part.group("number")));
    }
  }

  private void clock(Matcher part, boolean negative) {
    add(Unit.HOUR, signed(part.group("hours"), negative));
    add(Unit.MINUTE, signed(checked(part.group("minutes"), 60), negative));
    String written = part.group("seconds");
    add(Unit.SECOND, signed(written == null ? "0" : checked(written, 61), negative));
  }

  /// A number alone counts days in front of a clock, and seconds at the end.
  private Unit unit(@Nullable String name, String rest) {
    if (name == null) {
      if (rest.isEmpty()) {
        return Unit.SECOND;
      }
      Matcher next = PART.matcher(rest);
      if (next.lookingAt() && next.group("clock") != null) {
        return Unit.DAY;
      }
      throw malformed();
    }
    return switch (name) {
      case "y", "yr", "yrs", "year", "years" -> Unit.YEAR;
      case "mon", "mons", "month", "months" -> Unit.MONTH;
      case "w", "week", "weeks" -> Unit.WEEK;
      case "d", "day", "days" -> Unit.DAY;
      case "h", "hr", "hrs", "hour", "hours" -> Unit.HOUR;
      case "m", "min", "mins", "minute", "minutes" -> Unit.MINUTE;
      case "s", "sec", "secs", "second", "seconds" -> Unit.SECOND;
      case "ms", "msec", "msecs", "msecond", "mseconds", "millisecond", "milliseconds" ->
          Unit.MILLISECOND;
      case "us", "usec", "usecs", "usecond", "useconds", "microsecond", "microseconds" ->
          Unit.MICROSECOND;
      case "dec", "decs", "decade", "decades" -> Unit.DECADE;
      case "c", "cent", "century", "centuries" -> Unit.CENTURY;
      case "mil", "mils", "millennium", "millennia" -> Unit.MILLENNIUM;
      default -> throw malformed();
    };
  }

  // ---- ISO 8601

  private Value.Duration iso(String stripped) {
    Matcher like = ISO_LIKE.matcher(stripped);
    if (like.matches()) {
      add(Unit.YEAR, number(like.group("years")));
      add(Unit.MONTH, number(like.group("months")));
      add(Unit.DAY, number(like.group("days")));
      if (like.group("hours") != null) {
        clock(like, false);
      }
      return interval();
    }
    boolean isTime = false;
    int at = 1;
    Matcher part = ISO_PART.matcher(stripped);
    while (at < stripped.length()) {
      if (!isTime && stripped.charAt(at) == 'T') {
        isTime = true;
        at++;
      } else if (part.region(at, stripped.length()).lookingAt()) {
        add(isoUnit(part.group(2), isTime), number(part.group("number")));
        at = part.end();
      } else {
        throw malformed();
      }
    }
    if (stripped.length() == 1) {
      throw malformed();
    }
    return interval();
  }

  private Unit isoUnit(String letter, boolean isTime) {
    return switch (isTime ? "T" + letter : letter) {
      case "Y" -> Unit.YEAR;
      case "M" -> Unit.MONTH;
      case "W" -> Unit.WEEK;
      case "D" -> Unit.DAY;
      case "TH" -> Unit.HOUR;
      case "TM" -> Unit.MINUTE;
      case "TS" -> Unit.SECOND;
      default -> throw malformed();
    };
  }

  // ---- sums

  private void add(Unit unit, BigDecimal amount) {
    if (!seen.add(unit)) {
      throw malformed();
    }
    switch (unit) {
      case YEAR -> addYears(amount, 1);
      case DECADE -> addYears(amount, 10);
      case CENTURY -> addYears(amount, 100);
      case MILLENNIUM -> addYears(amount, 1000);
      case MONTH -> months = months.add(amount);
      case WEEK -> days = days.add(amount.multiply(BigDecimal.valueOf(7)));
      case DAY -> days = days.add(amount);
      case HOUR -> seconds = seconds.add(amount.multiply(BigDecimal.valueOf(3600)));
      case MINUTE -> seconds = seconds.add(amount.multiply(BigDecimal.valueOf(60)));
      case SECOND -> seconds = seconds.add(amount);
      case MILLISECOND -> seconds = seconds.add(amount.movePointLeft(3));
      case MICROSECOND -> seconds = seconds.add(amount.movePointLeft(6));
    }
  }

  private void addYears(BigDecimal amount, int years) {
    months =
        months.add(
            amount.multiply(BigDecimal.valueOf(12L * years)).setScale(0, RoundingMode.HALF_EVEN));
  }

  private static BigDecimal number(String digits) {
    return new BigDecimal(digits);
  }

  private static BigDecimal signed(String digits, boolean negative) {
    BigDecimal number = new BigDecimal(digits);
    return negative ? number.negate() : number;
  }

  /// `digits` where they stay below `bound`.
  private String checked(String digits, int bound) {
    if (new BigDecimal(digits).compareTo(BigDecimal.valueOf(bound)) >= 0) {
      throw malformed();
    }
    return digits;
  }

  private RuntimeException malformed() {
    return Errors.invalidText(text, "interval (such as '1 day 02:03:04')");
  }
}
