package io.sabot.parser.sql;

import io.sabot.parser.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A statement with all parameters written as `?`, and their names in that order. `?` itself counts
/// from 1.
record ParameterText(String text, List<String> names) {
  static ParameterText of(String text) {
    StringBuilder out = new StringBuilder(text);
    List<String> names = new ArrayList<>();
    int positional = 0;
    List<Token> tokens = Scanner.scan(text);
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind() != Kind.PARAMETER || InfixTokens.isOperator(text, tokens, i)) {
        continue;
      }
      names.add(token.text().isEmpty() ? String.valueOf(++positional) : token.text());
      out.setCharAt(token.start(), '?');
      WrittenLiterals.blank(out, token.start() + 1, token.end());
    }
    return new ParameterText(out.toString(), List.copyOf(names));
  }

  /// With the parameters that start at these places, by name; all else stays as it is.
  static ParameterText of(String text, Map<Integer, String> known) {
    StringBuilder out = new StringBuilder(text);
    List<String> names = new ArrayList<>();
    for (Token token : Scanner.scan(text)) {
      String name = token.kind() == Kind.PARAMETER ? known.get(token.start()) : null;
      if (name != null) {
        names.add(name);
        out.setCharAt(token.start(), '?');
        for (int i = token.start() + 1; i < token.end(); i++) {
          out.setCharAt(i, ' ');
        }
      }
    }
    return new ParameterText(out.toString(), List.copyOf(names));
  }
}
