package io.sabot.parser.sql;

import io.sabot.parser.sql.Token.Kind;
import java.util.List;

/// Finds where the name of a type ends, and writes it as Calcite's parser reads it.
final class TypeTokens {
  private TypeTokens() {}

  /// The index behind the type that starts at one.
  static int end(List<Token> tokens, int from) {
    int at = from + 1;
    while (tokens.get(at).is(".") && tokens.get(at + 1).isName()) {
      at += 2;
    }
    Token first = tokens.get(from);
    if (first.is("DOUBLE") && tokens.get(at).is("PRECISION")) {
      at++;
    }
    if ((first.is("CHARACTER") || first.is("CHAR")) && tokens.get(at).is("VARYING")) {
      at++;
    }
    if (first.is("INTERVAL")) {
      at = interval(tokens, at);
    }
    if (tokens.get(at).is("(")) {
      at = numbers(tokens, at);
    }
    if (first.is("TIME") || first.is("TIMESTAMP")) {
      at = zone(tokens, at);
    }
    return arrays(tokens, at);
  }

  private static int interval(List<Token> tokens, int at) {
    if (!WrittenLiterals.isUnit(tokens.get(at))) {
      return at;
    }
    boolean hasLast = tokens.get(at + 1).is("TO") && WrittenLiterals.isUnit(tokens.get(at + 2));
    return hasLast ? at + 3 : at + 1;
  }

  /// Behind `(10, 2)`.
  private static int numbers(List<Token> tokens, int open) {
    int at = open + 1;
    while (tokens.get(at).kind() == Kind.NUMBER || tokens.get(at).is(",")) {
      at++;
    }
    return tokens.get(at).is(")") ? at + 1 : open;
  }

  private static int zone(List<Token> tokens, int at) {
    if (!tokens.get(at).is("WITH") && !tokens.get(at).is("WITHOUT")) {
      return at;
    }
    int time = tokens.get(at + 1).is("LOCAL") ? at + 2 : at + 1;
    return tokens.get(time).is("TIME") && tokens.get(time + 1).is("ZONE") ? time + 2 : at;
  }

  private static int arrays(List<Token> tokens, int from) {
    int at = from;
    while (true) {
      if (tokens.get(at).is("ARRAY")) {
        at++;
      } else if (tokens.get(at).is("[") && tokens.get(at + 1).is("]")) {
        at += 2;
      } else if (tokens.get(at).is("[")
          && tokens.get(at + 1).kind() == Kind.NUMBER
          && tokens.get(at + 2).is("]")) {
        at += 3;
      } else {
        return at;
      }
    }
  }

  /// The type for the parser: `INT[]` as `INT ARRAY`, INTERVAL alone by its name.
  static String text(String text, List<Token> tokens, int from, int to) {
    StringBuilder out = new StringBuilder();
    for (int i = from; i < to; i++) {
      Token token = tokens.get(i);
      if (token.is("[")) {
        out.append(" ARRAY");
      } else if (token.is("INTERVAL") && !WrittenLiterals.isUnit(tokens.get(i + 1))) {
        out.append(WrittenLiterals.INTERVAL_TYPE);
      } else if (!token.is("]") && !tokens.get(i - 1).is("[")) {
        out.append(' ').append(text, token.start(), token.end());
      }
    }
    return out.toString();
  }
}
