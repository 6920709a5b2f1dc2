package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;

/// A text with escapes: `E'a\n'` or `U&'d\0061t'` (PostgreSQL manual, 4.1.2.2 and 4.1.2.3).
///
/// @param end the place behind its closing quote
record EscapedString(String value, int end) {
  /// Reads the text whose quote opens at a place, the E before it.
  static EscapedString read(String text, int open) {
    StringBuilder out = new StringBuilder();
    int at = open + 1;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\'') {
        if (!text.startsWith("'", at)) {
          return new EscapedString(out.toString(), at);
        }
        at++;
        out.append(c);
      } else if (c == '\\' && at < text.length()) {
        at = escape(text, at, out);
      } else {
        out.append(c);
      }
    }
    throw Errors.syntax(Scanner.span(text, open), "the text is not closed", "close it with '");
  }

  /// Reads what stands behind a backslash; returns the place behind it.
  private static int escape(String text, int at, StringBuilder out) {
    char c = text.charAt(at);
    switch (c) {
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case 'n' -> out.append('\n');
      case 'r' -> out.append('\r');
      case 't' -> out.append('\t');
      case 'u', 'U' -> {
        int digits = c == 'u' ? 4 : 8;
        out.appendCodePoint(number(text, at + 1, digits, 16, Scanner.span(text, at - 1)));
        return at + 1 + digits;
      }
      case 'x' -> {
        int digits = run(text, at + 1, 2, 16);
        if (digits > 0) {
          out.append((char) Integer.parseInt(text, at + 1, at + 1 + digits, 16));
          return at + 1 + digits;
        }
        out.append(c);
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        int digits = run(text, at, 3, 8);
        out.append((char) (Integer.parseInt(text, at, at + digits, 8) & 0xFF));
        return at + digits;
      }
      default -> out.append(c);
    }
    return at + 1;
  }

  /// The text of `U&'...'`: `\0061` and `\+000061` are code points, `\\` is a backslash.
  static String unicode(String body, SourceSpan place) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < body.length()) {
      char c = body.charAt(at++);
      if (c != '\\') {
        out.append(c);
      } else if (body.startsWith("\\", at)) {
        out.append(c);
        at++;
      } else {
        boolean isLong = body.startsWith("+", at);
        int from = isLong ? at + 1 : at;
        int digits = isLong ? 6 : 4;
        // Halves of a surrogate pair are joined by standing side by side.
        out.appendCodePoint(number(body, from, digits, 16, place));
        at = from + digits;
      }
    }
    return out.toString();
  }

  private static int number(String text, int from, int digits, int radix, SourceSpan place) {
    boolean isWhole = run(text, from, digits, radix) == digits;
    int point = isWhole ? Integer.parseUnsignedInt(text, from, from + digits, radix) : -1;
    if (!Character.isValidCodePoint(point)) {
      throw Errors.syntax(
          place, "this is not the number of a character", digits + " digits of base 16");
    }
    return point;
  }

  private static int run(String text, int from, int most, int radix) {
    int count = 0;
    while (count < most
        && from + count < text.length()
        && Character.digit(text.charAt(from + count), radix) >= 0) {
      count++;
    }
    return count;
  }
}
