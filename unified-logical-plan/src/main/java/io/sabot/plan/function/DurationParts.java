package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Durations from their parts, which may be fractions.
///
/// Months, days and seconds do not convert into each other, but the fraction of a larger unit has
/// to go somewhere: it goes to the next smaller one, a month having 30.436875 days (the mean of the
/// Gregorian calendar) and a day 24 hours. All of it is exact; only what is below a nanosecond is
/// cut off.
final class DurationParts {
  private static final BigDecimal DAYS_A_MONTH = new BigDecimal("30.436875");
  private static final BigDecimal SECONDS_A_DAY = BigDecimal.valueOf(86_400);
  private static final BigDecimal NANOS_A_SECOND = BigDecimal.valueOf(1_000_000_000L);
  private static final String NUMBER = "([+-]?\\d+(?:[.,]\\d+)?)";
  private static final Pattern UNITS =
      Pattern.compile(
          "([+-])?P(?:%1$sY)?(?:%1$sM)?(?:%1$sW)?(?:%1$sD)?(T(?:%1$sH)?(?:%1$sM)?(?:%1$sS)?)?"
              .replace("%1$s", NUMBER));
  private static final Pattern DATE_LIKE =
      Pattern.compile(
          "([+-])?P(\\d{4})-(\\d{2})-(\\d{2})T(\\d{2}):(\\d{2}):(\\d{2}(?:[.,]\\d{1,9})?)");

  private static final Pattern DATE_ONLY_LIKE =
      Pattern.compile("([+-])?P(\\d{4})-(\\d{2})-(\\d{2})");

  private BigDecimal months = BigDecimal.ZERO;
  private BigDecimal days = BigDecimal.ZERO;
  private BigDecimal seconds = BigDecimal.ZERO;

  private DurationParts() {}

  /// @param entries names of units, in the plural as Cypher has them, to numbers
  static Value ofMap(Map<String, Value> entries) {
    DurationParts parts = new DurationParts();
    for (Map.Entry<String, Value> entry : entries.entrySet()) {
      if (entry.getValue().isNull()) {
        return Value.NULL;
      }
      if (!Numbers.isNumber(entry.getValue()) || isNotFinite(entry.getValue())) {
        throw Errors.invalidArgument(
            "found "
                + Kinds.name(entry.getValue())
                + " as '"
                + entry.getKey()
                + "' of duration(), expected a number");
      }
      parts.add(entry.getKey(), Numbers.toDecimal(entry.getValue()));
    }
    return parts.duration();
  }

  private static boolean isNotFinite(Value value) {
    return value instanceof Value.Real(double v) && !Double.isFinite(v);
  }

  private void add(String unit, BigDecimal amount) {
    switch (unit) {
      case "years" -> months = months.add(amount.multiply(BigDecimal.valueOf(12)));
      case "quarters" -> months = months.add(amount.multiply(BigDecimal.valueOf(3)));
      case "months" -> months = months.add(amount);
      case "weeks" -> days = days.add(amount.multiply(BigDecimal.valueOf(7)));
      case "days" -> days = days.add(amount);
      case "hours" -> seconds = seconds.add(amount.multiply(BigDecimal.valueOf(3600)));
      case "minutes" -> seconds = seconds.add(amount.multiply(BigDecimal.valueOf(60)));
      case "seconds" -> seconds = seconds.add(amount);
      case "milliseconds" -> seconds = seconds.add(amount.movePointLeft(3));
      case "microseconds" -> seconds = seconds.add(amount.movePointLeft(6));
      case "nanoseconds" -> seconds = seconds.add(amount.movePointLeft(9));
      default ->
          throw Errors.invalidArgument(
              "found '"
                  + unit
                  + "' in duration(), expected years, quarters, months, weeks, days,"
                  + " hours, minutes, seconds, milliseconds, microseconds or nanoseconds");
    }
  }

  /// `P1Y2M3W4DT5H6M7.8S`, any part of it, with fractions and signs; or `P2012-02-02T14:37:21.545`.
  static Value ofText(String text) {
    Matcher units = UNITS.matcher(text);
    if (units.matches() && text.matches(".*\\d[YMWDHS]") && !text.endsWith("T")) {
      return ofUnits(units);
    }
    Matcher like = DATE_LIKE.matcher(text);
    if (like.matches()) {
      return ofUnits(
          like.group(1),
          like.group(2),
          like.group(3),
          null,
          like.group(4),
          like.group(5),
          like.group(6),
          like.group(7));
    }
    Matcher dateOnly = DATE_ONLY_LIKE.matcher(text);
    if (dateOnly.matches()) {
      return ofUnits(
          dateOnly.group(1),
          dateOnly.group(2),
          dateOnly.group(3),
          null,
          dateOnly.group(4),
          null,
          null,
          null);
    }
    throw Errors.invalidArgument(
        "'" + text + "' is not a duration; expected a text such as 'P1Y2M3DT4H5M6.5S'");
  }

  private static Value ofUnits(Matcher m) {
    return ofUnits(
        m.group(1),
        m.group(2),
        m.group(3),
        m.group(4),
        m.group(5),
        m.group(7),
        m.group(8),
        m.group(9));
  }

  @SuppressWarnings("TooManyParameters") // the eight groups of a duration's text
  private static Value ofUnits(
      @Nullable String sign,
      @Nullable String years,
      @Nullable String months,
      @Nullable String weeks,
      @Nullable String days,
      @Nullable String hours,
      @Nullable String minutes,
      @Nullable String seconds) {
    DurationParts parts = new DurationParts();
    boolean negative = "-".equals(sign);
    parts.addText("years", years, negative);
    parts.addText("months", months, negative);
    parts.addText("weeks", weeks, negative);
    parts.addText("days", days, negative);
    parts.addText("hours", hours, negative);
    parts.addText("minutes", minutes, negative);
    parts.addText("seconds", seconds, negative);
    return parts.duration();
  }

  private void addText(String unit, @Nullable String amount, boolean negative) {
    if (amount != null) {
      BigDecimal number = new BigDecimal(amount.replace(',', '.'));
      add(unit, negative ? number.negate() : number);
    }
  }

  /// `d` times `factor`.
  static Value multiply(Value.Duration d, Value factor) {
    BigDecimal number = finite(factor);
    return scaled(d, part -> part.multiply(number));
  }

  /// `d` by `divisor`; a third of 9 days is 3 days, which a product with 0.333 would miss.
  static Value divide(Value.Duration d, Value divisor) {
    BigDecimal number = finite(divisor);
    if (number.signum() == 0) {
      throw Errors.divisionByZero();
    }
    return scaled(d, part -> part.divide(number, MathContext.DECIMAL128));
  }

  private static BigDecimal finite(Value number) {
    if (isNotFinite(number)) {
      throw Errors.outOfRange("a duration and " + Numbers.toDouble(number), "a duration");
    }
    return Numbers.toDecimal(number);
  }

  private static Value scaled(
      Value.Duration d, java.util.function.UnaryOperator<BigDecimal> scale) {
    DurationParts parts = new DurationParts();
    parts.months = scale.apply(BigDecimal.valueOf(d.months()));
    parts.days = scale.apply(BigDecimal.valueOf(d.days()));
    BigDecimal nanos = BigDecimal.valueOf(d.nanos()).movePointLeft(9);
    parts.seconds = scale.apply(BigDecimal.valueOf(d.seconds()).add(nanos));
    return parts.duration();
  }

  private Value duration() {
    try {
      BigDecimal wholeMonths = months.setScale(0, RoundingMode.DOWN);
      BigDecimal allDays = days.add(months.subtract(wholeMonths).multiply(DAYS_A_MONTH));
      BigDecimal wholeDays = allDays.setScale(0, RoundingMode.DOWN);
      BigDecimal allSeconds = seconds.add(allDays.subtract(wholeDays).multiply(SECONDS_A_DAY));
      BigInteger[] split =
          allSeconds
              .multiply(NANOS_A_SECOND)
              .setScale(0, RoundingMode.DOWN)
              .toBigInteger()
              .divideAndRemainder(NANOS_A_SECOND.toBigInteger());
      return Value.Duration.of(
          wholeMonths.longValueExact(),
          wholeDays.longValueExact(),
          split[0].longValueExact(),
          split[1].longValueExact());
    } catch (ArithmeticException tooLarge) {
      throw Errors.outOfRange("a duration", "64 bits of months, days or seconds");
    }
  }
}
