package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import org.jspecify.annotations.Nullable;

/// What follows a backslash in one of PostgreSQL's regular expressions.
final class SqlRegexEscapes {
  private static final String WORD = "\\p{IsAlphabetic}0-9_";

  private final String in;
  private int at;
  private boolean isAtom = true;

  /// @param at where the backslash stands
  SqlRegexEscapes(String in, int at) {
    this.in = in;
    this.at = at;
  }

  /// The place behind it.
  int end() {
    return at;
  }

  /// Whether it stands for a character, so that it may be repeated.
  boolean isAtom() {
    return isAtom;
  }

  /// The beginning of a word, or its end.
  static String edge(boolean isBeginning) {
    String word = "[" + WORD + "]";
    return isBeginning
        ? "(?:(?<!" + word + ")(?=" + word + "))"
        : "(?:(?<=" + word + ")(?!" + word + "))";
  }

  /// The members of a class, to be written within brackets; null when there is no such class.
  static @Nullable String characterClass(String name) {
    return switch (name) {
      case "alpha" -> "\\p{IsAlphabetic}";
      case "digit" -> "0-9";
      case "alnum" -> "\\p{IsAlphabetic}0-9";
      case "word" -> WORD;
      case "upper" -> "\\p{IsUppercase}";
      case "lower" -> "\\p{IsLowercase}";
      case "space" -> "\\p{IsWhite_Space}";
      case "blank" -> " \\t";
      case "punct" -> "\\p{Punct}\\p{IsPunctuation}";
      case "cntrl" -> "\\p{Cntrl}";
      case "graph" -> "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}";
      case "print" -> "\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}\\p{Zs}";
      case "xdigit" -> "0-9A-Fa-f";
      case "ascii" -> "\\x00-\\x7F";
      default -> null;
    };
  }

  private QueryException malformed(String why) {
    return Errors.invalidArgument("'" + in + "' is not a regular expression: " + why);
  }

  private char letter() {
    at++;
    if (at >= in.length()) {
      throw malformed("nothing follows its last backslash");
    }
    return in.charAt(at++);
  }

  String outside() {
    char c = letter();
    return switch (c) {
      case 'd' -> "[0-9]";
      case 'D' -> "[^0-9]";
      case 'w' -> "[" + WORD + "]";
      case 'W' -> "[^" + WORD + "]";
      case 's' -> "[\\p{IsWhite_Space}]";
      case 'S' -> "[^\\p{IsWhite_Space}]";
      case 'm', 'M' -> place(edge(c == 'm'));
      case 'y' -> place("(?:" + edge(true) + "|" + edge(false) + ")");
      case 'Y' -> place("(?!" + edge(true) + "|" + edge(false) + ")");
      case 'A' -> place("\\A");
      case 'Z' -> place("\\z");
      case '1', '2', '3', '4', '5', '6', '7', '8', '9' -> "(?:\\" + c + ")";
      default -> character(c);
    };
  }

  private String place(String text) {
    isAtom = false;
    return text;
  }

  String inBrackets() {
    char c = letter();
    return switch (c) {
      case 'd' -> "0-9";
      case 'w' -> WORD;
      case 's' -> "\\p{IsWhite_Space}";
      default -> character(c);
    };
  }

  private String character(char c) {
    return switch (c) {
      case 'a' -> "\\x07";
      case 'b' -> "\\x08";
      case 'B' -> "\\\\";
      case 'e' -> "\\x1B";
      case 'f', 'n', 'r', 't' -> "\\" + c;
      case 'v' -> "\\x0B";
      case 'u' -> hexadecimal(4);
      case 'U' -> hexadecimal(8);
      case 'x' -> hexadecimal(0);
      case '0' -> "\\x00";
      default -> {
        if (Character.isLetterOrDigit(c)) {
          throw malformed("'\\" + c + "' stands for nothing");
        }
        yield "\\" + c;
      }
    };
  }

  /// @param digits how many; 0 for as many as there are
  private String hexadecimal(int digits) {
    int end = at;
    while (end < in.length()
        && Character.digit(in.charAt(end), 16) >= 0
        && (digits == 0 || end < at + digits)) {
      end++;
    }
    boolean isEnough = digits == 0 ? end > at && end <= at + 8 : end == at + digits;
    long point = isEnough ? Long.parseLong(in, at, end, 16) : -1;
    if (point < 0 || point > Character.MAX_CODE_POINT) {
      throw malformed("a backslash is followed by no number of a character");
    }
    at = end;
    return "\\x{" + Long.toHexString(point) + "}";
  }
}
