package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import java.util.ArrayDeque;
import java.util.Deque;

/// PostgreSQL's advanced regular expressions in Java's notation.
///
/// Beside the notation the two differ in what they find: PostgreSQL takes the longest text, or the
/// shortest where the first quantifier is a lazy one, Java the first way that leads to a match.
/// {@link #wants} says where that may show.
final class SqlRegexText {
  /// Which of the texts that begin at one place is wanted.
  enum Wants {
    /// What Java finds.
    FIRST,
    LONGEST,
    SHORTEST
  }

  /// One pair of parentheses, or the whole.
  private static final class Level {
    Wants preference = Wants.FIRST;
    boolean hasBranches;
    final boolean isLookaround;

    Level(boolean isLookaround) {
      this.isLookaround = isLookaround;
    }

    Wants wants() {
      return hasBranches ? Wants.LONGEST : preference;
    }
  }

  private final String in;
  private final boolean newlines;
  private final boolean expanded;
  private final StringBuilder out = new StringBuilder();
  private final Deque<Level> levels = new ArrayDeque<>();
  private int at;

  /// What the last atom prefers, and whether there is one that a quantifier may follow.
  private Wants last = Wants.FIRST;

  private boolean hasAtom;
  private boolean isSimple = true;

  /// @param newlines whether lines are searched one by one
  /// @param expanded whether white space and comments are left out
  SqlRegexText(String in, boolean newlines, boolean expanded) {
    this.in = in;
    this.newlines = newlines;
    this.expanded = expanded;
  }

  String translated() {
    levels.push(new Level(false));
    while (at < in.length()) {
      next(in.charAt(at));
    }
    if (levels.size() > 1) {
      throw malformed("a parenthesis is not closed");
    }
    settle();
    return out.toString();
  }

  Wants wants() {
    return isSimple ? Wants.FIRST : levels.getLast().wants();
  }

  private QueryException malformed(String why) {
    return Errors.invalidArgument("'" + in + "' is not a regular expression: " + why);
  }

  private void next(char c) {
    switch (c) {
      case '\\' -> escape();
      case '[' -> brackets();
      case '(' -> open();
      case ')' -> close();
      case '|' -> {
        settle();
        levels.getFirst().hasBranches = true;
        isSimple = false;
        plain("|", false);
      }
      case '*', '+', '?' -> quantifier(String.valueOf(c));
      case '{' -> bound();
      case '.' -> plain(newlines ? "[^\\n]" : ".", true);
      case '^' -> plain(newlines ? "(?:\\A|(?<=\\n))" : "\\A", false);
      case '$' -> plain(newlines ? "(?=\\n|\\z)" : "\\z", false);
      default -> other(c);
    }
  }

  private void other(char c) {
    if (expanded && Character.isWhitespace(c)) {
      at++;
    } else if (expanded && c == '#') {
      int end = in.indexOf('\n', at);
      at = end < 0 ? in.length() : end;
    } else {
      int point = in.codePointAt(at);
      settle();
      out.append(literal(point));
      hasAtom = true;
      at += Character.charCount(point);
    }
  }

  private static String literal(int point) {
    boolean isSign =
        point < 128 && !Character.isLetterOrDigit(point) && !Character.isWhitespace(point);
    return isSign ? "\\" + (char) point : Character.toString(point);
  }

  private void plain(String text, boolean isAtom) {
    settle();
    out.append(text);
    hasAtom = isAtom;
    at++;
  }

  /// The last atom is complete: the first that prefers something decides for its parentheses.
  private void settle() {
    Level level = levels.getFirst();
    if (level.preference == Wants.FIRST) {
      level.preference = last;
    }
    last = Wants.FIRST;
  }

  // ---- parentheses

  private void open() {
    settle();
    hasAtom = false;
    boolean isSpecial = in.startsWith("(?", at);
    boolean isBehind = in.startsWith("(?<=", at) || in.startsWith("(?<!", at);
    boolean isAhead = in.startsWith("(?=", at) || in.startsWith("(?!", at);
    if (isSpecial && !isBehind && !isAhead && !in.startsWith("(?:", at)) {
      throw malformed("'(?' is followed by something unknown");
    }
    int length = isBehind ? 4 : isSpecial ? 3 : 1;
    out.append(in, at, at + length);
    at += length;
    levels.push(new Level(isBehind || isAhead));
  }

  private void close() {
    if (levels.size() == 1) {
      throw malformed("a parenthesis is closed that was not opened");
    }
    settle();
    Level closed = levels.pop();
    out.append(')');
    at++;
    last = closed.isLookaround ? Wants.FIRST : closed.wants();
    hasAtom = !closed.isLookaround;
    boolean isRepeated = at < in.length() && "*+?{".indexOf(in.charAt(at)) >= 0;
    isSimple &= !isRepeated;
  }

  // ---- quantifiers

  private void quantifier(String text) {
    if (!hasAtom) {
      throw malformed("there is nothing to repeat before '" + text + "'");
    }
    out.append(text);
    at += text.length();
    boolean isLazy = at < in.length() && in.charAt(at) == '?';
    if (isLazy) {
      out.append('?');
      at++;
      isSimple = false;
    }
    last = isLazy ? Wants.SHORTEST : Wants.LONGEST;
    hasAtom = false;
  }

  /// `{m}`, `{m,}` and `{m,n}`; without a digit behind it a brace stands for itself.
  private void bound() {
    int end = in.indexOf('}', at);
    if (at + 1 >= in.length() || !Character.isDigit(in.charAt(at + 1))) {
      plain("\\{", true);
      return;
    }
    String text = end < 0 ? "" : in.substring(at, end + 1);
    if (!text.matches("\\{\\d{1,3}(,\\d{0,3})?\\}")) {
      throw malformed("a repetition is not written {m}, {m,} or {m,n}");
    }
    Wants before = last;
    quantifier(text);
    if (text.indexOf(',') < 0) {
      last = before;
    }
  }

  // ---- brackets

  private void brackets() {
    if (in.startsWith("[[:<:]]", at) || in.startsWith("[[:>:]]", at)) {
      settle();
      out.append(SqlRegexEscapes.edge(in.charAt(at + 3) == '<'));
      at += 7;
      hasAtom = false;
      return;
    }
    settle();
    out.append('[');
    at++;
    if (at < in.length() && in.charAt(at) == '^') {
      out.append(newlines ? "^\\n" : "^");
      at++;
    }
    boolean isFirst = true;
    while (isFirst || (at < in.length() && in.charAt(at) != ']')) {
      if (at >= in.length()) {
        break;
      }
      member(isFirst);
      isFirst = false;
    }
    if (at >= in.length()) {
      throw malformed("a bracket is not closed");
    }
    out.append(']');
    at++;
    hasAtom = true;
  }

  private void member(boolean isFirst) {
    char c = in.charAt(at);
    boolean isNamed = c == '[' && at + 1 < in.length() && ":.=".indexOf(in.charAt(at + 1)) >= 0;
    if (isNamed) {
      named(in.charAt(at + 1));
    } else if (c == '\\') {
      SqlRegexEscapes escapes = new SqlRegexEscapes(in, at);
      out.append(escapes.inBrackets());
      at = escapes.end();
    } else if (c == '-' && !isFirst && at + 1 < in.length() && in.charAt(at + 1) != ']') {
      out.append('-');
      at++;
    } else {
      int point = in.codePointAt(at);
      out.append(literal(point));
      at += Character.charCount(point);
    }
  }

  /// `[:alpha:]`, `[.x.]` and `[=x=]`.
  private void named(char kind) {
    int end = in.indexOf(kind + "]", at + 2);
    if (end < 0) {
      throw malformed("'[" + kind + "' is not closed");
    }
    String name = in.substring(at + 2, end);
    String members = kind == ':' ? SqlRegexEscapes.characterClass(name) : null;
    if (kind == ':' && members == null) {
      throw malformed("there is no class of characters named '" + name + "'");
    }
    if (kind != ':' && name.codePointCount(0, name.length()) != 1) {
      throw malformed("there is no character named '" + name + "'");
    }
    out.append(members == null ? literal(name.codePointAt(0)) : members);
    at = end + 2;
  }

  private void escape() {
    settle();
    SqlRegexEscapes escapes = new SqlRegexEscapes(in, at);
    out.append(escapes.outside());
    at = escapes.end();
    hasAtom = escapes.isAtom();
  }
}
