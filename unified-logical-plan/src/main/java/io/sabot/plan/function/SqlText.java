package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// SQL's functions on text. Places count from 1, in code points.
final class SqlText {
  private static final int CACHED_PATTERNS = 1000;
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  /// What one call may make; PostgreSQL's is a gigabyte.
  private static final int LENGTH_MAX = 100_000_000;

  private SqlText() {}

  static String text(Value value) {
    return value instanceof Value.Str(String text) ? text : Casts.sqlText(value);
  }

  static List<Function> all() {
    List<Function> all = new ArrayList<>();
    all.add(like("sql.like", 0));
    all.add(like("sql.ilike", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    all.add(string("sql.upper", 1, 1, a -> text(a[0]).toUpperCase(Locale.ROOT)));
    all.add(string("sql.lower", 1, 1, a -> text(a[0]).toLowerCase(Locale.ROOT)));
    all.add(string("sql.initcap", 1, 1, a -> initcap(text(a[0]))));
    all.add(string("sql.left", 2, 2, a -> left(text(a[0]), number(a[1]))));
    all.add(string("sql.right", 2, 2, a -> right(text(a[0]), number(a[1]))));
    all.add(string("sql.replace", 3, 3, a -> replace(text(a[0]), text(a[1]), text(a[2]))));
    all.add(
        Functions.throwing(
            "sql.repeat",
            2,
            2,
            Type.STRING,
            (a, c) -> Value.of(repeated(text(a[0]), number(a[1])))));
    all.add(string("sql.reverse", 1, 1, a -> new StringBuilder(text(a[0])).reverse().toString()));
    all.add(Functions.throwing("sql.lpad", 2, 3, Type.STRING, (a, c) -> Value.of(pad(a, true))));
    all.add(Functions.throwing("sql.rpad", 2, 3, Type.STRING, (a, c) -> Value.of(pad(a, false))));
    all.add(count("sql.char_length", 1, SqlText::length));
    all.add(count("sql.ascii", 1, a -> text(a[0]).isEmpty() ? 0 : text(a[0]).codePointAt(0)));
    all.add(count("sql.position", 2, a -> position(text(a[0]), text(a[1]))));
    all.add(count("sql.strpos", 2, a -> position(text(a[1]), text(a[0]))));
    all.add(
        Functions.total(
            "sql.starts_with",
            2,
            Type.BOOL,
            (a, c) -> Value.of(text(a[0]).startsWith(text(a[1])))));
    return all;
  }

  @FunctionalInterface
  private interface ToText {
    String of(Value[] args);
  }

  @FunctionalInterface
  private interface ToNumber {
    long of(Value[] args);
  }

  private static Function string(String name, int min, int max, ToText body) {
    Function throwing =
        Functions.throwing(name, min, max, Type.STRING, (a, c) -> Value.of(body.of(a)));
    return Functions.with(
        throwing, Function.Nulls.STRICT, Function.Faults.NONE, Function.Volatility.IMMUTABLE);
  }

  private static Function count(String name, int args, ToNumber body) {
    return Functions.total(name, args, Type.INT64, (a, c) -> Value.of(body.of(a)));
  }

  // ---- LIKE

  /// Cannot fail, so that filters with LIKE may move: an escape character at the end of the pattern
  /// stands for itself.
  private static Function like(String name, int flags) {
    return Functions.with(
        Functions.throwing(name, 2, 3, Type.BOOL, (a, c) -> Value.of(isLike(a, flags))),
        Function.Nulls.STRICT,
        Function.Faults.NONE,
        Function.Volatility.IMMUTABLE);
  }

  private static boolean isLike(Value[] args, int flags) {
    String escape = args.length > 2 ? text(args[2]) : "\\";
    return pattern(text(args[1]), escape, flags).matcher(text(args[0])).matches();
  }

  private static Pattern pattern(String like, String escape, int flags) {
    String key = flags + escape + '\0' + like;
    Pattern known = PATTERNS.get(key);
    if (known != null) {
      return known;
    }
    if (PATTERNS.size() >= CACHED_PATTERNS) {
      PATTERNS.clear();
    }
    Pattern compiled =
        Pattern.compile(LikePattern.of(like, escape).regex(), flags | Pattern.DOTALL);
    PATTERNS.put(key, compiled);
    return compiled;
  }

  // ---- parts

  private static long number(Value value) {
    return io.sabot.plan.value.Numbers.toDecimal(value).longValue();
  }

  private static long length(Value[] args) {
    return args[0] instanceof Value.Bytes(String hex) ? hex.length() / 2 : length(text(args[0]));
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /// Code points `from` (inclusive) to `to` (exclusive), counted from 0 and clipped.
  static String slice(String text, long from, long to) {
    int length = length(text);
    int start = (int) Math.max(0, Math.min(from, length));
    int end = (int) Math.max(start, Math.min(to, length));
    return length == text.length()
        ? text.substring(start, end)
        : text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
  }

  private static String left(String text, long count) {
    return slice(text, 0, count < 0 ? length(text) + count : count);
  }

  private static String right(String text, long count) {
    int length = length(text);
    return slice(text, count < 0 ? -count : length - count, length);
  }

  private static String replace(String text, String from, String to) {
    return from.isEmpty() ? text : text.replace(from, to);
  }

  private static String repeated(String text, long count) {
    long times = Math.max(0, Math.min(count, LENGTH_MAX + 1L));
    checkLength(times * text.length());
    return text.isEmpty() ? "" : text.repeat((int) times);
  }

  private static void checkLength(long length) {
    if (length > LENGTH_MAX) {
      throw Errors.outOfRange("a function of text", LENGTH_MAX + " characters");
    }
  }

  private static String pad(Value[] args, boolean front) {
    String text = text(args[0]);
    checkLength(number(args[1]));
    int length = (int) Math.max(0, number(args[1]));
    String fill = args.length > 2 ? text(args[2]) : " ";
    int missing = length - length(text);
    if (missing <= 0 || fill.isEmpty()) {
      return slice(text, 0, length);
    }
    String padding = slice(fill.repeat(missing / length(fill) + 1), 0, missing);
    return front ? padding + text : text + padding;
  }

  private static long position(String part, String text) {
    int index = text.indexOf(part);
    return index < 0 ? 0 : text.codePointCount(0, index) + 1L;
  }

  private static String initcap(String text) {
    StringBuilder out = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(inside ? Character.toLowerCase(c) : Character.toUpperCase(c));
      inside = Character.isLetterOrDigit(c);
    }
    return out.toString();
  }
}
