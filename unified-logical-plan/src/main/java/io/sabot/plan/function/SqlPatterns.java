package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// SQL's regular expressions: `~` finds, SIMILAR TO matches the whole text.
final class SqlPatterns {
  private SqlPatterns() {}

  static List<Function> all() {
    return List.of(
        Functions.throwing(
            "sql.regex",
            2,
            Type.BOOL,
            (a, context) -> Value.of(SqlRegex.of(text(a[1]), "").isIn(text(a[0])))),
        Functions.throwing(
            "sql.iregex",
            2,
            Type.BOOL,
            (a, context) -> Value.of(SqlRegex.of(text(a[1]), "i").isIn(text(a[0])))),
        Functions.throwing(
            "sql.similar",
            2,
            3,
            Type.BOOL,
            (a, context) -> Value.of(similar(a).matcher(text(a[0])).matches())),
        Functions.throwing("sql.substring_similar", 3, Type.STRING, (a, context) -> part(a)));
  }

  private static String text(Value value) {
    return SqlText.text(value);
  }

  private static Pattern similar(Value[] args) {
    String escape = args.length > 2 ? text(args[2]) : "\\";
    List<String> pieces = pieces(text(args[1]), escape);
    if (pieces.size() > 1) {
      throw Errors.invalidArgument(
          "'"
              + text(args[1])
              + "' has a double quote behind the escape character, which is for"
              + " SUBSTRING(... SIMILAR ...)");
    }
    return compiled(pieces.getFirst());
  }

  private static Pattern compiled(String regex) {
    return SqlRegex.of("(?:" + regex + ")", "").pattern();
  }

  /// `SUBSTRING(text SIMILAR 'before#"part#"behind' ESCAPE '#')`: the part, where what is before it
  /// is as short as can be and it as long.
  private static Value part(Value[] args) {
    String text = text(args[0]);
    List<String> pieces = pieces(text(args[1]), text(args[2]));
    if (pieces.size() > 3) {
      throw Errors.invalidArgument(
          "'" + text(args[1]) + "' has more than two double quotes behind the escape character");
    }
    Pattern before = compiled(pieces.size() > 1 ? pieces.getFirst() : "");
    Pattern part = compiled(pieces.get(pieces.size() > 1 ? 1 : 0));
    Pattern behind = compiled(pieces.size() > 2 ? pieces.get(2) : "");
    for (int from = 0; from <= text.length(); from++) {
      for (int to = text.length(); to >= from && matches(before, text, 0, from); to--) {
        boolean isIt = matches(behind, text, to, text.length()) && matches(part, text, from, to);
        if (isIt) {
          return Value.of(text.substring(from, to));
        }
      }
    }
    return Value.NULL;
  }

  private static boolean matches(Pattern pattern, String text, int from, int to) {
    return pattern.matcher(text).region(from, to).matches();
  }

  /// The pattern as regular expressions, cut at each double quote behind the escape character. `%`
  /// and `_` are as in LIKE, `| * + ? {} () []` as in a regular expression, all else is literal.
  private static List<String> pieces(String pattern, String escape) {
    if (escape.codePointCount(0, escape.length()) > 1) {
      throw Errors.invalidArgument(
          "found '" + escape + "', expected no character or one to escape with");
    }
    List<String> pieces = new ArrayList<>();
    StringBuilder out = new StringBuilder();
    boolean inBrackets = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (!escape.isEmpty() && c == escape.charAt(0) && i + 1 < pattern.length()) {
        char next = pattern.charAt(++i);
        if (next == '"') {
          pieces.add(out.toString());
          out.setLength(0);
        } else {
          out.append(Character.isLetterOrDigit(next) ? "" : "\\").append(next);
        }
      } else if (inBrackets) {
        int end = bracketsEnd(pattern, i);
        out.append(pattern.substring(i, end).replace("\\", "\\\\"));
        inBrackets = false;
        i = end - 1;
      } else {
        inBrackets = c == '[';
        out.append(outside(c));
      }
    }
    pieces.add(out.toString());
    return pieces;
  }

  private static String outside(char c) {
    return switch (c) {
      case '%' -> ".*";
      case '_' -> ".";
      case '.', '^', '$', '\\' -> "\\" + c;
      default -> String.valueOf(c);
    };
  }

  /// Behind the bracket that closes the expression whose inside starts at `from`; a `]` at its
  /// beginning and those of `[:alpha:]` do not.
  private static int bracketsEnd(String pattern, int from) {
    int at = from + (pattern.startsWith("^", from) ? 1 : 0);
    at += pattern.startsWith("]", at) ? 1 : 0;
    while (at < pattern.length() && pattern.charAt(at) != ']') {
      boolean isClass = pattern.startsWith("[:", at) && pattern.indexOf(":]", at + 2) > 0;
      at = isClass ? pattern.indexOf(":]", at + 2) + 2 : at + 1;
    }
    return Math.min(at + 1, pattern.length());
  }
}
