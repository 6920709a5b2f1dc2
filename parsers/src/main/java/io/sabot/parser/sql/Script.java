package io.sabot.parser.sql;

import java.util.ArrayList;
import java.util.List;

/// The statements of a text.
final class Script {
  private Script() {}

  /// One text for each statement, each padded with blanks so that its positions are those of the
  /// whole. A `;` within braces belongs to a view in SPARQL.
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    boolean empty = true;
    int depth = 0;
    for (Token token : Scanner.scan(text)) {
      boolean end = token.kind() == Token.Kind.END;
      depth = Math.max(0, depth + (token.is("{") ? 1 : token.is("}") ? -1 : 0));
      if (end || (token.is(";") && depth == 0)) {
        if (!empty) {
          parts.add(blank(text.substring(0, from)) + text.substring(from, token.start()));
        }
        from = token.end();
        empty = true;
      } else {
        empty = false;
      }
    }
    return parts;
  }

  /// Blanks with the same line breaks.
  static String blank(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      out.append(text.charAt(i) == '\n' ? '\n' : ' ');
    }
    return out.toString();
  }
}
