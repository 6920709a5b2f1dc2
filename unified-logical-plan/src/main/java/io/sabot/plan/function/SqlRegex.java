package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A regular expression of PostgreSQL, ready to search with.
record SqlRegex(Pattern pattern, SqlRegexText.Wants wants, boolean isGlobal) {
  /// Compiled expressions, by flags and text; emptied when it has grown.
  private static final Map<String, SqlRegex> KNOWN = new ConcurrentHashMap<>();

  private static final int KEPT = 500;

  /// @param flags letters as PostgreSQL's functions take them
  static SqlRegex of(String text, String flags) {
    String key = flags + " " + text;
    SqlRegex known = KNOWN.get(key);
    if (known != null) {
      return known;
    }
    SqlRegex made = new Reader(text).flags(flags).regex();
    if (KNOWN.size() >= KEPT) {
      KNOWN.clear();
    }
    KNOWN.put(key, made);
    return made;
  }

  boolean isIn(String text) {
    return matcher(text).find();
  }

  private Matcher matcher(String text) {
    return pattern.matcher(text).useAnchoringBounds(false).useTransparentBounds(true);
  }

  /// The first match that begins at `from` or later; null when there is none.
  @Nullable MatchResult find(String text, int from) {
    Matcher matcher = matcher(text);
    if (from > text.length() || !matcher.find(from)) {
      return null;
    }
    MatchResult found = matcher.toMatchResult();
    return switch (wants) {
      case FIRST -> found;
      case LONGEST -> {
        for (int end = text.length(); end > found.end(); end--) {
          if (matcher.region(found.start(), end).matches()) {
            yield matcher.toMatchResult();
          }
        }
        yield found;
      }
      case SHORTEST -> {
        for (int end = found.start(); end < found.end(); end++) {
          if (matcher.region(found.start(), end).matches()) {
            yield matcher.toMatchResult();
          }
        }
        yield found;
      }
    };
  }

  /// Reads the flags, and what the expression says of itself at its beginning.
  private static final class Reader {
    private String text;
    private int java;
    private boolean isGlobal;
    private boolean newlines;
    private boolean expanded;
    private boolean literally;

    Reader(String text) {
      this.text = text;
    }

    Reader flags(String flags) {
      for (char flag : flags.toCharArray()) {
        if (flag == 'g') {
          isGlobal = true;
        } else {
          flag(flag);
        }
      }
      return this;
    }

    private void flag(char flag) {
      switch (flag) {
        case 'i' -> java |= Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
        case 'c' -> java &= ~(Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        case 'n', 'm' -> newlines = true;
        case 's' -> newlines = false;
        case 'x' -> expanded = true;
        case 't' -> expanded = false;
        case 'q' -> literally = true;
        case 'e' -> {}
        default ->
            throw Errors.invalidArgument(
                "'"
                    + flag
                    + "' is no flag of a regular expression; there are g, i, c, n, s, x, t"
                    + " and q");
      }
    }

    SqlRegex regex() {
      director();
      if (literally) {
        Pattern exact = Pattern.compile(Pattern.quote(text), java);
        return new SqlRegex(exact, SqlRegexText.Wants.FIRST, isGlobal);
      }
      SqlRegexText read = new SqlRegexText(text, newlines, expanded);
      String translated = read.translated();
      try {
        Pattern compiled = Pattern.compile(translated, java | Pattern.DOTALL);
        return new SqlRegex(compiled, read.wants(), isGlobal);
      } catch (PatternSyntaxException malformed) {
        throw Errors.invalidArgument(
            "'" + text + "' is not a regular expression: " + malformed.getDescription());
      }
    }

    /// `***=` means literally, `***:` nothing, `(?i)` are flags.
    private void director() {
      if (text.startsWith("***=")) {
        literally = true;
        text = text.substring(4);
        return;
      }
      if (text.startsWith("***:")) {
        text = text.substring(4);
      }
      int end = text.indexOf(')');
      if (!literally && text.startsWith("(?") && end > 2 && Character.isLetter(text.charAt(2))) {
        text.substring(2, end).chars().forEach(c -> flag((char) c));
        text = text.substring(end + 1);
      }
    }
  }
}
