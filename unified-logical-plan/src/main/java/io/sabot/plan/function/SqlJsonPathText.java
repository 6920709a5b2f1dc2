package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import java.math.BigDecimal;

/// The text of a path of SQL/JSON, read from left to right.
final class SqlJsonPathText {
  final String text;
  private int at;

  SqlJsonPathText(String text) {
    this.text = text;
  }

  boolean isAtEnd() {
    blanks();
    return at >= text.length();
  }

  /// The next character; a blank at the end.
  char next() {
    return at < text.length() ? text.charAt(at) : ' ';
  }

  boolean startsWith(String symbol) {
    return text.startsWith(symbol, at);
  }

  int place() {
    return at;
  }

  void back(int place) {
    at = place;
  }

  void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  boolean take(String symbol) {
    blanks();
    if (!text.startsWith(symbol, at)) {
      return false;
    }
    at += symbol.length();
    return true;
  }

  boolean word(String word) {
    blanks();
    int end = at + word.length();
    boolean isIt =
        text.startsWith(word, at) && (end >= text.length() || !isNamePart(text.charAt(end)));
    if (isIt) {
      at = end;
    }
    return isIt;
  }

  void expect(String symbol) {
    if (!take(symbol)) {
      throw unexpected();
    }
  }

  void expectWord(String word) {
    if (!word(word)) {
      throw unexpected();
    }
  }

  static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  String name() {
    blanks();
    int start = at;
    while (at < text.length() && (isNamePart(text.charAt(at)) || text.charAt(at) == '$')) {
      at++;
    }
    if (start == at || Character.isDigit(text.charAt(start))) {
      at = start;
      throw unexpected();
    }
    return text.substring(start, at);
  }

  BigDecimal number() {
    int start = at;
    while (at < text.length() && (Character.isDigit(text.charAt(at)) || isFraction())) {
      at++;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
        at++;
      }
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        at++;
      }
    }
    try {
      return new BigDecimal(text.substring(start, at));
    } catch (NumberFormatException malformed) {
      at = start;
      throw unexpected();
    }
  }

  /// Whether a point begins digits rather than a method or member.
  private boolean isFraction() {
    return text.charAt(at) == '.'
        && at + 1 < text.length()
        && Character.isDigit(text.charAt(at + 1));
  }

  String string() {
    blanks();
    int start = at;
    if (at >= text.length() || text.charAt(at) != '"') {
      throw unexpected();
    }
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      at = start;
      throw unexpected();
    }
    at++;
    return SqlJsonText.string(text.substring(start, at));
  }

  QueryException unexpected() {
    String found = at < text.length() ? "'" + text.substring(at) + "'" : "the end";
    return Errors.invalidArgument(
        "the path '" + text + "' cannot be read: found " + found + " at character " + (at + 1));
  }
}
