package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.function.SqlNumberFormats.Item;
import java.math.BigDecimal;
import java.util.List;

/// A number that is read after a template: to_number.
final class SqlNumberReader {
  private final String text;
  private final StringBuilder digits = new StringBuilder();
  private int at;
  private boolean isNegative;

  private SqlNumberReader(String text) {
    this.text = text;
  }

  static BigDecimal read(String text, String template) {
    SqlNumberFormats format = SqlNumberFormats.of(template);
    if (format.has(SqlNumberFormats.Kind.ROMAN) || format.has(SqlNumberFormats.Kind.EXPONENT)) {
      throw Errors.invalidArgument("RN and EEEE can be written and not read");
    }
    return new SqlNumberReader(text).number(format.items());
  }

  private BigDecimal number(List<Item> items) {
    int shift = 0;
    boolean isShifted = false;
    for (Item item : items) {
      isShifted |= item.kind() == SqlNumberFormats.Kind.SHIFT;
      shift += isShifted && item.kind() == SqlNumberFormats.Kind.DIGIT ? 1 : 0;
      if (at < text.length()) {
        one(item);
      }
    }
    if (digits.chars().noneMatch(Character::isDigit)) {
      throw unreadable();
    }
    BigDecimal number = new BigDecimal(digits.toString()).movePointLeft(shift);
    return isNegative ? number.negate() : number;
  }

  private void one(Item item) {
    char c = text.charAt(at);
    switch (item.kind()) {
      case DIGIT -> digit();
      case POINT -> take(c == '.');
      case GROUP -> skip(c == ',');
      case SIGN, MINUS, EITHER, PLUS -> sign();
      case ANGLES -> skip(c == '>');
      case CURRENCY, TEXT -> skip(!isData(c));
      case ORDINAL -> at += Math.min(2, text.length() - at);
      case SHIFT, NOTHING, EXPONENT, ROMAN -> {}
    }
  }

  /// Blanks and a sign may stand before the first digit, whatever the template says.
  private void digit() {
    while (at < text.length() && digits.isEmpty() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    boolean isFirst = digits.chars().noneMatch(Character::isDigit);
    if (at < text.length() && isFirst) {
      isNegative |= text.charAt(at) == '<';
      skip(text.charAt(at) == '<');
      sign();
    }
    if (at < text.length()) {
      char c = text.charAt(at);
      take(c >= '0' && c <= '9');
    }
  }

  private void sign() {
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      isNegative |= text.charAt(at) == '-';
      at++;
    }
  }

  private static boolean isData(char c) {
    return c >= '0' && c <= '9' || c == '.' || c == ',' || c == '+' || c == '-';
  }

  private void take(boolean isTaken) {
    if (isTaken) {
      digits.append(text.charAt(at));
      at++;
    }
  }

  private void skip(boolean isSkipped) {
    at += isSkipped ? 1 : 0;
  }

  private QueryException unreadable() {
    return Errors.invalidText(text, "number after this template");
  }
}
