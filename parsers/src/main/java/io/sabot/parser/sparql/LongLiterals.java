package io.sabot.parser.sparql;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.error.SourceSpan;

/// Refuses literals that ARQ's tokenizer would take minutes for: it copies what it has of a token
/// for every two thousand characters more.
final class LongLiterals {
  static final int CHARACTERS_MAX = 1 << 20;

  private LongLiterals() {}

  static void check(String text) {
    if (text.length() <= CHARACTERS_MAX) {
      return;
    }
    int at = 0;
    while (at < text.length()) {
      int end = end(text, at);
      if (end - at > CHARACTERS_MAX) {
        throw tooLong(text, at, end - at);
      }
      at = end;
    }
  }

  /// The end of the literal, IRI, comment or other character that starts here.
  private static int end(String text, int at) {
    char c = text.charAt(at);
    return switch (c) {
      case '\'', '"' -> {
        String triple = String.valueOf(c).repeat(3);
        yield text.startsWith(triple, at)
            ? closed(text, at + 3, triple)
            : closed(text, at + 1, String.valueOf(c));
      }
      case '<' -> iri(text, at);
      case '#' -> orEnd(text.indexOf('\n', at), text);
      default -> at + 1;
    };
  }

  /// Past an IRI, whose `#` starts no comment; past the sign alone where it compares.
  private static int iri(String text, int at) {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) > ' ' && text.charAt(end) != '>') {
      end++;
    }
    return end < text.length() && text.charAt(end) == '>' ? end + 1 : at + 1;
  }

  private static int closed(String text, int from, String quote) {
    int at = from;
    while (at < text.length() && !text.startsWith(quote, at)) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(text.length(), at + quote.length());
  }

  private static int orEnd(int at, String text) {
    return at < 0 ? text.length() : at;
  }

  private static QueryException tooLong(String text, int at, int length) {
    int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
    int column = at - text.lastIndexOf('\n', at);
    return new QueryException(
        ErrorCode.OUT_OF_RANGE,
        SourceSpan.at(line, column),
        "a literal of "
            + length
            + " characters is longer than the "
            + CHARACTERS_MAX
            + " that the text of a SPARQL request may hold",
        "give it as a parameter, or import it from a file");
  }
}
