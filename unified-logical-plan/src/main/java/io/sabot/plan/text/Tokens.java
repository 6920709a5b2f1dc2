package io.sabot.plan.text;

import java.util.ArrayList;
import java.util.List;

/// The tokens of one line of plan text.
final class Tokens {
  enum Kind {
    NAME,
    /// A name in backquotes: never a keyword.
    QUOTED,
    STRING,
    NUMBER,
    IRI,
    SIGN,
    END
  }

  record Token(Kind kind, String text) {}

  private static final Token END = new Token(Kind.END, "end of line");

  private final List<Token> tokens = new ArrayList<>();
  private final String line;
  private int next;

  Tokens(String line) {
    this.line = line;
    int at = 0;
    while (at < line.length()) {
      at = scan(at);
    }
  }

  private int scan(int start) {
    char c = line.charAt(start);
    if (c == ' ') {
      return start + 1;
    }
    if (TextSyntax.isStart(c)) {
      int end = start + 1;
      while (end < line.length() && TextSyntax.isPart(line.charAt(end))) {
        end++;
      }
      return add(Kind.NAME, line.substring(start, end), end);
    }
    if (isDigit(c) || c == '-' && start + 1 < line.length() && isDigit(line.charAt(start + 1))) {
      return number(start);
    }
    if (c == '\'' || c == '`' || c == '<' && line.indexOf('>', start) > 0) {
      return quoted(start, c == '<' ? '>' : c);
    }
    if (line.startsWith("->", start)) {
      return add(Kind.SIGN, "->", start + 2);
    }
    return add(Kind.SIGN, String.valueOf(c), start + 1);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private int number(int start) {
    int end = start + 1;
    while (end < line.length() && isNumberPart(end)) {
      end++;
    }
    return add(Kind.NUMBER, line.substring(start, end), end);
  }

  private boolean isNumberPart(int at) {
    char c = line.charAt(at);
    return isDigit(c) || c == '.' || c == 'E' || c == '-' && line.charAt(at - 1) == 'E';
  }

  private int quoted(int start, char close) {
    StringBuilder text = new StringBuilder();
    int at = start + 1;
    while (at < line.length() && line.charAt(at) != close) {
      char c = line.charAt(at++);
      if (c == '\\' && at < line.length()) {
        char escaped = line.charAt(at++);
        c =
            switch (escaped) {
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              default -> escaped;
            };
      }
      text.append(c);
    }
    Kind kind = close == '\'' ? Kind.STRING : close == '`' ? Kind.QUOTED : Kind.IRI;
    return add(kind, text.toString(), at + 1);
  }

  private int add(Kind kind, String text, int end) {
    tokens.add(new Token(kind, text));
    return end;
  }

  List<Token> all() {
    return tokens;
  }

  Token peek() {
    return peek(0);
  }

  Token peek(int ahead) {
    return next + ahead < tokens.size() ? tokens.get(next + ahead) : END;
  }

  Token take() {
    Token token = peek();
    next++;
    return token;
  }

  boolean is(String text) {
    Token token = peek();
    return (token.kind() == Kind.SIGN || token.kind() == Kind.NAME) && token.text().equals(text);
  }

  /// Takes the next token if it is this sign or word.
  boolean accept(String text) {
    if (is(text)) {
      next++;
      return true;
    }
    return false;
  }

  void expect(String text) {
    if (!accept(text)) {
      throw unexpected("'" + text + "'");
    }
  }

  String take(Kind kind) {
    if (peek().kind() != kind) {
      throw unexpected("a " + kind);
    }
    return take().text();
  }

  /// A name, quoted or not.
  String name() {
    return peek().kind() == Kind.QUOTED ? take().text() : take(Kind.NAME);
  }

  long integer() {
    return Long.parseLong(take(Kind.NUMBER));
  }

  void end() {
    if (peek().kind() != Kind.END) {
      throw unexpected("the end of the line");
    }
  }

  IllegalArgumentException unexpected(String expected) {
    return new IllegalArgumentException(
        "found '" + peek().text() + "', expected " + expected + " in plan text: " + line);
  }
}
