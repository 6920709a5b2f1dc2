package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.MatchResult;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's functions `regexp_...`. Places count from 1, in code points.
final class SqlRegexFunctions {
  private static final Type TEXTS = new Type.ListOf(Type.STRING);

  private SqlRegexFunctions() {}

  static List<Function> all() {
    return List.of(
        Functions.throwing("sql.regexp_replace", 3, 6, Type.STRING, (a, c) -> replace(a)),
        Functions.throwing("sql.regexp_match", 2, 3, TEXTS, (a, c) -> match(a)),
        Functions.throwing(
            "sql.regexp_like",
            2,
            3,
            Type.BOOL,
            (a, c) -> Value.of(regex(a, 1, 2).isIn(text(a[0])))),
        Functions.throwing(
            "sql.regexp_count",
            2,
            4,
            Type.INT64,
            (a, c) -> Value.of((long) matches(regex(a, 1, 3), text(a[0]), start(a, 2)).size())),
        Functions.throwing("sql.regexp_substr", 2, 6, Type.STRING, (a, c) -> substring(a)),
        Functions.throwing("sql.regexp_instr", 2, 7, Type.INT64, (a, c) -> place(a)),
        Functions.throwing("sql.regexp_split_to_array", 2, 3, TEXTS, (a, c) -> split(a)),
        Functions.throwing("sql.substring_regex", 2, Type.STRING, (a, c) -> part(a)));
  }

  private static String text(Value value) {
    return SqlText.text(value);
  }

  /// @param flags which argument holds them, if it is there
  private static SqlRegex regex(Value[] args, int pattern, int flags) {
    return SqlRegex.of(text(args[pattern]), args.length > flags ? text(args[flags]) : "");
  }

  private static long number(Value[] args, int index, long otherwise) {
    return args.length > index ? ((Value.Int) args[index]).value() : otherwise;
  }

  private static long atLeast(long least, Value[] args, int index, long otherwise, String what) {
    long number = number(args, index, otherwise);
    if (number < least) {
      throw Errors.invalidArgument(
          "found " + number + ", expected at least " + least + " for the " + what);
    }
    return number;
  }

  /// Where the search starts, as an index.
  private static int start(Value[] args, int index) {
    long start = atLeast(1, args, index, 1, "start of the search");
    String text = text(args[0]);
    return start - 1 > text.codePointCount(0, text.length())
        ? text.length() + 1
        : text.offsetByCodePoints(0, (int) start - 1);
  }

  /// Matches that do not overlap.
  private static List<MatchResult> matches(SqlRegex regex, String text, int from) {
    List<MatchResult> all = new ArrayList<>();
    MatchResult found = regex.find(text, from);
    while (found != null) {
      all.add(found);
      found = following(regex, text, found);
    }
    return all;
  }

  /// The match behind another; behind an empty one the search goes on a character later.
  private static @Nullable MatchResult following(SqlRegex regex, String text, MatchResult found) {
    if (found.end() > found.start()) {
      return regex.find(text, found.end());
    }
    return found.end() == text.length()
        ? null
        : regex.find(text, text.offsetByCodePoints(found.end(), 1));
  }

  private static @Nullable MatchResult nth(Value[] args, SqlRegex regex, int startArg, int nthArg) {
    int from = start(args, startArg);
    long nth = atLeast(1, args, nthArg, 1, "number of the match");
    String text = text(args[0]);
    MatchResult found = regex.find(text, from);
    for (long i = 1; found != null && i < nth; i++) {
      found = following(regex, text, found);
    }
    return found;
  }

  // ---- replace

  /// `(text, regex, new [, flags])` and `(text, regex, new, start [, nth [, flags]])`.
  private static Value replace(Value[] args) {
    boolean hasFlags = args.length == 4 && args[3] instanceof Value.Str;
    if (hasFlags || args.length == 3) {
      SqlRegex regex = regex(args, 1, 3);
      return replaced(args, regex, 0, regex.isGlobal() ? 0 : 1);
    }
    SqlRegex regex = regex(args, 1, 5);
    long nth = atLeast(0, args, 4, regex.isGlobal() ? 0 : 1, "number of the match");
    return replaced(args, regex, start(args, 3), nth);
  }

  /// @param nth which match; 0 for all
  private static Value replaced(Value[] args, SqlRegex regex, int from, long nth) {
    String text = text(args[0]);
    StringBuilder out = new StringBuilder();
    int copied = 0;
    long count = 0;
    for (MatchResult found = regex.find(text, from);
        found != null && (nth == 0 || count < nth);
        found = following(regex, text, found)) {
      count++;
      if (nth == 0 || count == nth) {
        out.append(text, copied, found.start());
        replacement(text(args[2]), found, out);
        copied = found.end();
      }
    }
    return Value.of(out.append(text, copied, text.length()).toString());
  }

  /// `\1` to `\9` are parenthesised parts, `\&` is the whole match, `\\` a backslash.
  private static void replacement(String template, MatchResult found, StringBuilder out) {
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      char next = c == '\\' && i + 1 < template.length() ? template.charAt(i + 1) : 0;
      if (next >= '1' && next <= '9') {
        String group = next - '0' <= found.groupCount() ? found.group(next - '0') : null;
        out.append(group == null ? "" : group);
        i++;
      } else if (next == '&') {
        out.append(found.group());
        i++;
      } else if (next == '\\') {
        out.append('\\');
        i++;
      } else {
        out.append(c);
      }
    }
  }

  // ---- parts

  /// The first parenthesised part, or the match where there is none.
  private static Value part(Value[] args) {
    MatchResult found = regex(args, 1, 2).find(text(args[0]), 0);
    return found == null ? Value.NULL : group(found, found.groupCount() == 0 ? 0 : 1);
  }

  private static Value group(MatchResult found, long group) {
    String part = group > found.groupCount() ? null : found.group((int) group);
    return part == null ? Value.NULL : Value.of(part);
  }

  private static SqlRegex once(Value[] args, int flags, String function) {
    SqlRegex regex = regex(args, 1, flags);
    if (regex.isGlobal()) {
      throw Errors.invalidArgument(function + " does not take the flag g");
    }
    return regex;
  }

  private static Value match(Value[] args) {
    MatchResult found = once(args, 2, "regexp_match").find(text(args[0]), 0);
    if (found == null) {
      return Value.NULL;
    }
    List<Value> parts = new ArrayList<>();
    for (int i = found.groupCount() == 0 ? 0 : 1; i <= found.groupCount(); i++) {
      parts.add(group(found, i));
    }
    return new Value.ListValue(parts);
  }

  private static Value substring(Value[] args) {
    long group = atLeast(0, args, 5, 0, "number of the part");
    MatchResult found = nth(args, regex(args, 1, 4), 2, 3);
    return found == null ? Value.NULL : group(found, group);
  }

  private static Value place(Value[] args) {
    long end = number(args, 4, 0);
    if (end != 0 && end != 1) {
      throw Errors.invalidArgument("found " + end + ", expected 0 or 1 for the end of the match");
    }
    int group = (int) atLeast(0, args, 6, 0, "number of the part");
    MatchResult found = nth(args, regex(args, 1, 5), 2, 3);
    if (found == null || group > found.groupCount() || found.start(group) < 0) {
      return Value.of(0L);
    }
    ToLongFunction<Integer> place = index -> text(args[0]).codePointCount(0, index) + 1L;
    return Value.of(place.applyAsLong(end == 0 ? found.start(group) : found.end(group)));
  }

  /// An empty match at the beginning, at the end or behind another match splits nothing.
  private static Value split(Value[] args) {
    String text = text(args[0]);
    List<Value> parts = new ArrayList<>();
    int copied = 0;
    for (MatchResult found : matches(once(args, 2, "regexp_split_to_array"), text, 0)) {
      boolean isEmpty = found.start() == found.end();
      if (!isEmpty || (found.start() > copied && found.start() < text.length())) {
        parts.add(Value.of(text.substring(copied, found.start())));
        copied = found.end();
      }
    }
    parts.add(Value.of(text.substring(copied)));
    return new Value.ListValue(parts);
  }
}
