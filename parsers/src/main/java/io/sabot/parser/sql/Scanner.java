package io.sabot.parser.sql;

import io.sabot.parser.sql.Token.Kind;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.SourceSpan;
import java.util.ArrayList;
import java.util.List;

/// Cuts a text into tokens: enough to split scripts, to find parameters and to read definitions.
final class Scanner {
  private final String text;
  private int at;

  private Scanner(String text) {
    this.text = text;
  }

  /// The tokens of `text`, the last of kind END.
  static List<Token> scan(String text) {
    Scanner scanner = new Scanner(text);
    List<Token> tokens = new ArrayList<>();
    Token token;
    do {
      token = scanner.next();
      tokens.add(token);
    } while (token.kind() != Kind.END);
    return tokens;
  }

  static SourceSpan span(String text, int offset) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < offset && i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return SourceSpan.at(line, offset - lineStart + 1);
  }

  private Token next() {
    skipBlanks();
    int start = at;
    if (at >= text.length()) {
      return new Token(Kind.END, "", at, at);
    }
    char c = text.charAt(at);
    if ((c == 'E' || c == 'e') && text.startsWith("'", at + 1)) {
      EscapedString string = EscapedString.read(text, at + 1);
      at = string.end();
      return new Token(Kind.STRING, string.value(), start, at);
    }
    if ((c == 'U' || c == 'u') && text.startsWith("&'", at + 1)) {
      at += 2;
      return new Token(
          Kind.STRING, EscapedString.unicode(quoted('\''), span(text, start)), start, at);
    }
    if (Character.isLetter(c) || c == '_') {
      return word();
    }
    if (digitAt(at) || (c == '.' && digitAt(at + 1))) {
      return number();
    }
    if (c == '\'') {
      return new Token(Kind.STRING, quoted('\''), start, at);
    }
    if (c == '"') {
      return new Token(Kind.QUOTED, quoted('"'), start, at);
    }
    String dollars = c == '$' ? dollarQuote() : "";
    if (!dollars.isEmpty()) {
      return new Token(Kind.STRING, dollars(dollars), start, at);
    }
    if (c == '?') {
      at++;
      return new Token(Kind.PARAMETER, "", start, at);
    }
    if ((c == '$' || (c == ':' && colonStartsParameter())) && nameAt(at + 1)) {
      at++;
      int from = at;
      while (at < text.length() && isNamePart(text.charAt(at))) {
        at++;
      }
      return new Token(Kind.PARAMETER, text.substring(from, at), start, at);
    }
    at++;
    return new Token(Kind.SYMBOL, String.valueOf(c), start, at);
  }

  private void skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (text.startsWith("--", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
          throw Errors.syntax(span(text, at), "the comment is not closed", "close it with */");
        }
        at = end + 2;
      } else {
        return;
      }
    }
  }

  private Token word() {
    int start = at;
    while (at < text.length() && (isNamePart(text.charAt(at)) || text.charAt(at) == '$')) {
      at++;
    }
    return new Token(Kind.WORD, text.substring(start, at), start, at);
  }

  private Token number() {
    int start = at;
    while (at < text.length() && (digitAt(at) || text.charAt(at) == '.')) {
      at++;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int sign = at + 1;
      if (sign < text.length() && (text.charAt(sign) == '+' || text.charAt(sign) == '-')) {
        sign++;
      }
      if (digitAt(sign)) {
        at = sign;
        while (digitAt(at)) {
          at++;
        }
      }
    }
    return new Token(Kind.NUMBER, text.substring(start, at), start, at);
  }

  /// The `$$` or `$name$` that starts here; empty where none does.
  private String dollarQuote() {
    int end = at + 1;
    while (nameAt(end)) {
      end++;
    }
    boolean isQuote = end < text.length() && text.charAt(end) == '$' && !digitAt(at + 1);
    return isQuote ? text.substring(at, end + 1) : "";
  }

  /// `$$ ... $$` or `$name$ ... $name$`, in which nothing has a meaning.
  private String dollars(String quote) {
    int from = at + quote.length();
    int end = text.indexOf(quote, from);
    if (end < 0) {
      throw Errors.syntax(span(text, at), "the text is not closed", "close it with " + quote);
    }
    at = end + quote.length();
    return text.substring(from, end);
  }

  private String quoted(char quote) {
    int start = at++;
    StringBuilder out = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != quote) {
        out.append(c);
      } else if (at < text.length() && text.charAt(at) == quote) {
        out.append(quote);
        at++;
      } else {
        return out.toString();
      }
    }
    throw Errors.syntax(span(text, start), "the text is not closed", "close it with " + quote);
  }

  /// `a::int` is a cast and `x:y` a path, not a parameter.
  private boolean colonStartsParameter() {
    char before = at == 0 ? ' ' : text.charAt(at - 1);
    return before != ':' && !isNamePart(before) && before != ')' && before != ']' && before != '"';
  }

  private boolean nameAt(int index) {
    return index < text.length() && isNamePart(text.charAt(index));
  }

  private boolean digitAt(int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
