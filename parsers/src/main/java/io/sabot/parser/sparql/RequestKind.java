package io.sabot.parser.sparql;

import java.util.Locale;
import java.util.Set;

/// Tells an update from a query by its first keyword after the prologue. ARQ has a parser for each
/// and none for either.
final class RequestKind {
  private static final Set<String> UPDATES =
      Set.of("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH");

  private final String text;
  private int at;

  private RequestKind(String text) {
    this.text = text;
  }

  /// A text with nothing but a prologue is an update that does nothing.
  static boolean isUpdate(String text) {
    RequestKind reader = new RequestKind(text);
    String word = reader.word();
    while (true) {
      switch (word) {
        case "BASE" -> reader.iri();
        case "PREFIX" -> {
          reader.until(':');
          reader.iri();
        }
        case "VERSION" -> reader.quoted();
        default -> {
          return UPDATES.contains(word) || word.isEmpty() && reader.at >= text.length();
        }
      }
      word = reader.word();
    }
  }

  private void blanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        until('\n');
      } else if (Character.isWhitespace(c)) {
        at++;
      } else {
        return;
      }
    }
  }

  private String word() {
    blanks();
    int from = at;
    while (at < text.length() && Character.isLetter(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at).toUpperCase(Locale.ROOT);
  }

  private void iri() {
    blanks();
    if (at < text.length() && text.charAt(at) == '<') {
      until('>');
    }
  }

  private void quoted() {
    blanks();
    if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
      char quote = text.charAt(at);
      at++;
      until(quote);
    }
  }

  /// Moves behind the next `c`, or to the end.
  private void until(char c) {
    int found = text.indexOf(c, at);
    at = found < 0 ? text.length() : found + 1;
  }
}
