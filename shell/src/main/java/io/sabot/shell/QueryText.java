package io.sabot.shell;

import java.util.ArrayList;
import java.util.List;

/// A look at a text that tells code from strings, comments, quoted names and IRIs, whichever of the
/// three languages it is in.
final class QueryText {
  private final String text;
  private final StringBuilder code;
  private int depth;
  private boolean isOpen;
  private final List<Integer> ends = new ArrayList<>();

  private QueryText(String text) {
    this.text = text;
    this.code = new StringBuilder(text);
    scan();
  }

  static QueryText of(String text) {
    return new QueryText(text);
  }

  /// The text with everything that is not code replaced by blanks; line ends stay.
  String code() {
    return code.toString();
  }

  /// Whether the text ends in a `;` outside brackets, so that a shell can run it.
  boolean isComplete() {
    return !isOpen && depth <= 0 && code.toString().stripTrailing().endsWith(";");
  }

  /// The statements between `;` outside brackets, without it. Each is preceded by as much white
  /// space as there is text before it, so that positions in it are positions in the whole.
  List<String> statements() {
    List<String> statements = new ArrayList<>();
    int start = 0;
    List<Integer> all = new ArrayList<>(ends);
    all.add(text.length());
    for (int end : all) {
      if (!code.substring(start, end).isBlank()) {
        String before = text.substring(0, start).replaceAll("[^\\n]", " ");
        statements.add(before + text.substring(start, end));
      }
      start = Math.min(text.length(), end + 1);
    }
    return statements;
  }

  /// The text without a `;` at its end.
  String withoutLastSemicolon() {
    if (!ends.isEmpty() && code.substring(ends.getLast() + 1).isBlank()) {
      return text.substring(0, ends.getLast());
    }
    return text;
  }

  private void scan() {
    int at = 0;
    while (at < text.length()) {
      int end = endOfOpaque(at);
      if (end > at) {
        blank(at, Math.min(end, text.length()));
        at = end;
        continue;
      }
      switch (text.charAt(at)) {
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> depth--;
        case ';' -> {
          if (depth <= 0) {
            ends.add(at);
          }
        }
        default -> {}
      }
      at++;
    }
  }

  private void blank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '\n') {
        code.setCharAt(i, ' ');
      }
    }
  }

  /// Where the string, comment, quoted name or IRI ends that starts here; `at` when none does.
  private int endOfOpaque(int at) {
    char c = text.charAt(at);
    if (text.startsWith("--", at) && isComment(at)
        || text.startsWith("//", at)
        || c == '#' && (at == 0 || Character.isWhitespace(text.charAt(at - 1)))) {
      int end = text.indexOf('\n', at);
      return end < 0 ? text.length() : end;
    }
    if (text.startsWith("/*", at)) {
      return closed(text.indexOf("*/", at + 2), 2);
    }
    if (text.startsWith("\"\"\"", at) || text.startsWith("'''", at)) {
      return closed(text.indexOf(text.substring(at, at + 3), at + 3), 3);
    }
    if (c == '\'' || c == '"' || c == '`') {
      return endOfQuoted(at, c);
    }
    return c == '<' ? endOfIri(at) : at;
  }

  /// `--` starts a SQL comment unless it is Cypher's undirected edge.
  private boolean isComment(int at) {
    char before = at == 0 ? '\n' : text.charAt(at - 1);
    char after = at + 2 < text.length() ? text.charAt(at + 2) : '\n';
    return before != ')' && after != '(' && after != '>' && before != '<';
  }

  private int endOfQuoted(int at, char quote) {
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quote != '`') {
        i++;
      } else if (c == quote) {
        return i + 1;
      }
    }
    return closed(-1, 0);
  }

  private int endOfIri(int at) {
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '>') {
        return i > at + 1 && text.substring(at, i).indexOf(':') > 0 ? i + 1 : at;
      }
      if (Character.isWhitespace(c) || c == '<' || c == '(' || c == '"') {
        return at;
      }
    }
    return at;
  }

  private int closed(int found, int length) {
    if (found < 0) {
      isOpen = true;
      return text.length();
    }
    return found + length;
  }
}
