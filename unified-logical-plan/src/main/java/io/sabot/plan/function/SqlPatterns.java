package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// SQL's regular expressions: `~` finds, SIMILAR TO matches the whole text.
final class SqlPatterns {
  /// Compiled patterns of SIMILAR TO, by text; emptied when it has grown.
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private static final int KEPT = 500;

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
            (a, context) -> Value.of(similar(a).matcher(text(a[0])).matches())));
  }

  private static String text(Value value) {
    return SqlText.text(value);
  }

  private static Pattern similar(Value[] args) {
    String escape = args.length > 2 ? text(args[2]) : "\\";
    String pattern = text(args[1]);
    String key = escape + " " + pattern;
    Pattern known = PATTERNS.get(key);
    return known == null ? compiled(key, translated(pattern, escape)) : known;
  }

  private static Pattern compiled(String key, String regex) {
    Pattern known = PATTERNS.get(key);
    if (known != null) {
      return known;
    }
    try {
      Pattern compiled = Pattern.compile(regex, Pattern.DOTALL);
      if (PATTERNS.size() >= KEPT) {
        PATTERNS.clear();
      }
      PATTERNS.put(key, compiled);
      return compiled;
    } catch (PatternSyntaxException malformed) {
      throw Errors.invalidArgument(
          "'" + regex + "' is not a regular expression: " + malformed.getDescription());
    }
  }

  /// `%` and `_` as in LIKE, `| * + ? {} () []` as in a regular expression, all else literally.
  private static String translated(String pattern, String escape) {
    StringBuilder out = new StringBuilder();
    boolean inBrackets = false;
    boolean inBraces = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (!escape.isEmpty() && c == escape.charAt(0) && i + 1 < pattern.length()) {
        out.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
      } else if (inBrackets) {
        inBrackets = c != ']';
        out.append(c == '\\' || c == '[' || c == '&' ? "\\" + c : String.valueOf(c));
      } else if (inBraces) {
        inBraces = c != '}';
        out.append(c);
      } else {
        inBrackets = c == '[';
        inBraces = c == '{';
        out.append(
            switch (c) {
              case '%' -> ".*";
              case '_' -> ".";
              case '|', '*', '+', '?', '{', '(', ')', '[' -> String.valueOf(c);
              default -> Pattern.quote(String.valueOf(c));
            });
      }
    }
    return out.toString();
  }
}
