package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// The text of a number after a template.
///
/// The digits stand right-aligned in the places before the point; a place without a digit is a
/// blank, or nothing under FM. The sign stands in front of the first digit, unless the template has
/// a place for it.
final class SqlNumberWriter {
  private static final int REAL_DIGITS = 15;
  private static final int ROMAN_WIDTH = 15;
  private static final int ROMAN_MAX = 3999;
  private static final int[] ROMAN_VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
  private static final String[] ROMAN_LETTERS = {
    "M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"
  };

  private final SqlNumberFormats template;
  private final StringBuilder out = new StringBuilder();
  private final boolean isNegative;
  private final String whole;
  private final String fraction;

  /// The place at which the first digit stands; the number of places when the point is first.
  private final int first;

  private final int keptPlaces;
  private final boolean isZeroHidden;
  private boolean isSignDue;
  private int place;

  private SqlNumberWriter(SqlNumberFormats template, Value value) {
    this.template = template;
    BigDecimal number = rounded(value, template);
    isNegative = number.signum() < 0;
    String plain = number.abs().toPlainString();
    int point = plain.indexOf('.');
    String digits = point < 0 ? plain : plain.substring(0, point);
    boolean overflows = digits.length() > template.whole();
    whole = overflows ? "#".repeat(template.whole()) : digits;
    String after = point < 0 ? "" : plain.substring(point + 1);
    fraction = overflows ? "#".repeat(template.places()) : padded(after, template.places());
    keptPlaces = kept();
    isZeroHidden =
        digits.equals("0") && !overflows && template.firstZero() < 0 && template.places() > 0;
    first = firstPlace();
    isSignDue = isSignDue();
  }

  static String write(SqlNumberFormats template, Value value) {
    if (!Numbers.isNumber(value)) {
      throw Errors.typeMismatch(Kinds.name(value), "a date, time or number", "TO_CHAR");
    }
    if (template.has(SqlNumberFormats.Kind.ROMAN)) {
      return roman(template, value);
    }
    boolean isFinite = !(value instanceof Value.Real(double v)) || Double.isFinite(v);
    if (template.has(SqlNumberFormats.Kind.EXPONENT)) {
      return isFinite ? exponent(template, value) : overflow(template);
    }
    return isFinite ? new SqlNumberWriter(template, value).text() : notFinite(template, value);
  }

  private static BigDecimal rounded(Value value, SqlNumberFormats template) {
    BigDecimal number = Numbers.toDecimal(value).movePointRight(template.shift());
    int places = template.places();
    if (value instanceof Value.Real(double v)) {
      number = new BigDecimal(v).movePointRight(template.shift());
      int before = Math.max(1, number.precision() - number.scale());
      places = Math.max(0, Math.min(places, REAL_DIGITS - before));
      return number.setScale(places, RoundingMode.HALF_EVEN);
    }
    return number.setScale(places, RoundingMode.HALF_UP);
  }

  private static String padded(String digits, int length) {
    return digits + "0".repeat(Math.max(0, length - digits.length()));
  }

  /// Places behind the point that are written: under FM without zeros at the end.
  private int kept() {
    if (!template.isBare()) {
      return fraction.length();
    }
    int kept = fraction.length();
    while (kept > template.lastZero() && fraction.charAt(kept - 1) == '0') {
      kept--;
    }
    return kept;
  }

  private int firstPlace() {
    boolean isHidden = isZeroHidden && !(template.isBare() && keptPlaces == 0);
    int digits = template.whole() - (isHidden ? 0 : whole.length());
    return template.firstZero() < 0 ? digits : Math.min(digits, template.firstZero());
  }

  private boolean isSignDue() {
    if (template.sign() != SqlNumberFormats.Sign.NONE) {
      return template.sign() == SqlNumberFormats.Sign.BEFORE;
    }
    boolean hasMinus =
        template.has(SqlNumberFormats.Kind.MINUS) || template.has(SqlNumberFormats.Kind.EITHER);
    return !hasMinus && (isNegative || !template.isBare());
  }

  private String text() {
    for (SqlNumberFormats.Item item : template.items()) {
      switch (item.kind()) {
        case DIGIT -> digit();
        case POINT -> point();
        case GROUP -> out.append(place > first || place > template.whole() ? "," : blank());
        case MINUS -> out.append(isNegative ? "-" : blank());
        case PLUS -> out.append(isNegative ? blank() : "+");
        case EITHER -> out.append(isNegative ? '-' : '+');
        case CURRENCY -> out.append(' ');
        case ORDINAL -> ordinal(item.text());
        case TEXT -> out.append(item.text());
        case SIGN, ANGLES, SHIFT, EXPONENT, ROMAN, NOTHING -> {}
      }
    }
    return out.toString();
  }

  /// A point with no place behind it is not written, but where the number is too large.
  private void point() {
    if (template.places() > 0 || whole.startsWith("#")) {
      sign();
      out.append('.');
    }
  }

  private String blank() {
    return template.isBare() ? "" : " ";
  }

  private void digit() {
    if (place < template.whole()) {
      wholeDigit();
    } else if (place - template.whole() < keptPlaces) {
      sign();
      out.append(fraction.charAt(place - template.whole()));
    }
    place++;
    if (place == template.whole() + template.places()) {
      end();
    }
  }

  private void wholeDigit() {
    if (place < first) {
      out.append(blank());
      return;
    }
    sign();
    int digit = place - (template.whole() - whole.length());
    out.append(digit < 0 ? '0' : whole.charAt(digit));
  }

  private void sign() {
    if (!isSignDue) {
      return;
    }
    isSignDue = false;
    if (template.has(SqlNumberFormats.Kind.ANGLES)) {
      out.append(isNegative ? '<' : ' ');
    } else {
      boolean isShown = template.sign() == SqlNumberFormats.Sign.BEFORE;
      out.append(isNegative ? '-' : isShown ? '+' : ' ');
    }
  }

  /// What stands behind the last place.
  private void end() {
    if (template.has(SqlNumberFormats.Kind.ANGLES)) {
      out.append(isNegative ? ">" : blank());
    } else if (template.sign() == SqlNumberFormats.Sign.AFTER) {
      out.append(isNegative ? '-' : '+');
    }
  }

  private void ordinal(String written) {
    boolean isWhole =
        !isNegative && !whole.startsWith("#") && !template.has(SqlNumberFormats.Kind.POINT);
    if (isWhole) {
      out.append(SqlTimeWriter.ordinal(whole, written.startsWith("T")));
    }
  }

  // ---- other notations

  private static String exponent(SqlNumberFormats template, Value value) {
    BigDecimal number =
        value instanceof Value.Real(double v) ? new BigDecimal(v) : Numbers.toDecimal(value);
    BigDecimal cut =
        number.round(
            new MathContext(
                template.places() + 1,
                value instanceof Value.Dec ? RoundingMode.HALF_UP : RoundingMode.HALF_EVEN));
    int power = cut.signum() == 0 ? 0 : cut.precision() - cut.scale() - 1;
    BigDecimal mantissa =
        cut.movePointLeft(power).setScale(template.places(), RoundingMode.HALF_UP);
    String text =
        mantissa.toPlainString()
            + (power < 0 ? "e-" : "e+")
            + String.format(Locale.ROOT, "%02d", Math.abs(power));
    return mantissa.signum() < 0 ? text : " " + text;
  }

  private static String overflow(SqlNumberFormats template) {
    String fraction = template.places() == 0 ? "" : "." + "#".repeat(template.places());
    return " " + "#".repeat(template.whole()) + fraction + "####";
  }

  private static String notFinite(SqlNumberFormats template, Value value) {
    String text = Casts.text(value);
    int width = template.whole() + template.places() + 1;
    return template.isBare() || text.length() >= width
        ? text
        : " ".repeat(width - text.length()) + text;
  }

  private static String roman(SqlNumberFormats template, Value value) {
    BigDecimal number = Numbers.toDecimal(value).setScale(0, RoundingMode.HALF_UP);
    boolean isWritable =
        number.signum() > 0 && number.compareTo(BigDecimal.valueOf(ROMAN_MAX)) <= 0;
    String numeral = isWritable ? roman(number.intValue()) : "#".repeat(ROMAN_WIDTH);
    boolean isLower =
        template.items().stream()
            .anyMatch(i -> i.kind() == SqlNumberFormats.Kind.ROMAN && i.text().startsWith("r"));
    String cased = isLower ? numeral.toLowerCase(Locale.ROOT) : numeral;
    return template.isBare() ? cased : " ".repeat(ROMAN_WIDTH - cased.length()) + cased;
  }

  private static String roman(int number) {
    StringBuilder numeral = new StringBuilder();
    int rest = number;
    for (int i = 0; i < ROMAN_VALUES.length; i++) {
      while (rest >= ROMAN_VALUES[i]) {
        numeral.append(ROMAN_LETTERS[i]);
        rest -= ROMAN_VALUES[i];
      }
    }
    return numeral.toString();
  }
}
