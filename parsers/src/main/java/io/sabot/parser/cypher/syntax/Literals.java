package io.sabot.parser.cypher.syntax;

import io.sabot.parser.cypher.ast.CypherErrors;
import io.sabot.parser.cypher.ast.Place;
import io.sabot.plan.value.Value;
import org.jspecify.annotations.Nullable;

/// The values of literal tokens.
final class Literals {
  private Literals() {}

  /// @param sign `-` or empty; part of the literal, since the smallest integer has no positive twin
  static Value integer(String sign, String digits, int radix, String written, Place place) {
    try {
      return Value.of(Long.parseLong(sign + digits.replace("_", ""), radix));
    } catch (NumberFormatException _) {
      throw CypherErrors.integerOverflow(place, sign + written);
    }
  }

  static Value real(String sign, String text, Place place) {
    double value = Double.parseDouble(sign + text);
    if (Double.isInfinite(value)) {
      throw CypherErrors.floatOverflow(place, sign + text);
    }
    return Value.of(value);
  }

  /// The characters between the quotes, with escapes replaced.
  static String string(String quoted, Place place) {
    String body = quoted.substring(1, quoted.length() - 1);
    if (body.indexOf('\\') < 0) {
      return body;
    }
    StringBuilder text = new StringBuilder(body.length());
    int at = 0;
    while (at < body.length()) {
      char c = body.charAt(at);
      if (c != '\\') {
        text.append(c);
        at++;
      } else {
        at = escape(body, at, text, place);
      }
    }
    return text.toString();
  }

  private static int escape(String body, int at, StringBuilder text, Place place) {
    char kind = body.charAt(at + 1);
    switch (kind) {
      case '\\', '\'', '"', '`' -> text.append(kind);
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'u' -> {
        return codePoint(body, at, 4, text, place);
      }
      case 'U' -> {
        return codePoint(body, at, 8, text, place);
      }
      default -> throw CypherErrors.escape(place, "\\" + kind);
    }
    return at + 2;
  }

  private static int codePoint(String body, int at, int digits, StringBuilder text, Place place) {
    int end = at + 2 + digits;
    Integer code = end <= body.length() ? hex(body.substring(at + 2, end)) : null;
    if (code == null || !Character.isValidCodePoint(code)) {
      throw CypherErrors.unicodeLiteral(place, body.substring(at, Math.min(end, body.length())));
    }
    text.appendCodePoint(code);
    return end;
  }

  private static @Nullable Integer hex(String digits) {
    int code = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Character.digit(digits.charAt(i), 16);
      if (digit < 0 || code > 0xFFFFFFF) {
        return null;
      }
      code = code * 16 + digit;
    }
    return code;
  }

  /// A name without its back-ticks.
  static String name(String token) {
    return token.startsWith("`")
        ? token.substring(1, token.length() - 1).replace("``", "`")
        : token;
  }
}
