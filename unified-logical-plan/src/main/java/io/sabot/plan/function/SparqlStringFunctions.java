package io.sabot.plan.function;

import io.sabot.plan.type.Type;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.RdfLiterals.TimePoint;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// SPARQL 1.1 §17.4.3 to §17.4.6: strings, dates and hashes.
final class SparqlStringFunctions {
  static final List<Function> ALL = all();

  private SparqlStringFunctions() {}

  private static List<Function> all() {
    List<Function> all = new ArrayList<>();
    all.add(
        on1(
            "strlen",
            value -> Value.of((long) text(value).codePointCount(0, text(value).length()))));
    all.add(on1("ucase", value -> like(value, text(value).toUpperCase(Locale.ROOT))));
    all.add(on1("lcase", value -> like(value, text(value).toLowerCase(Locale.ROOT))));
    all.add(on1("encode_for_uri", value -> Value.of(encode(text(value)))));
    all.add(compatible("contains", (a, b) -> Value.of(text(a).contains(text(b)))));
    all.add(compatible("strstarts", (a, b) -> Value.of(text(a).startsWith(text(b)))));
    all.add(compatible("strends", (a, b) -> Value.of(text(a).endsWith(text(b)))));
    all.add(compatible("strbefore", SparqlStringFunctions::before));
    all.add(compatible("strafter", SparqlStringFunctions::after));
    all.add(
        Functions.orNull(
            "sp.concat", 0, Function.ANY_COUNT, Type.ANY, (args, context) -> concat(args)));
    all.add(Functions.orNull("sp.substr", 2, 3, Type.ANY, (args, context) -> substring(args)));
    all.add(Functions.orNull("sp.regex", 2, 3, Type.BOOL, (args, context) -> regex(args)));
    all.add(Functions.orNull("sp.replace", 3, 4, Type.ANY, (args, context) -> replace(args)));
    dates(all);
    hash(all, "md5", "MD5");
    hash(all, "sha1", "SHA-1");
    hash(all, "sha256", "SHA-256");
    hash(all, "sha384", "SHA-384");
    hash(all, "sha512", "SHA-512");
    return List.copyOf(all);
  }

  @FunctionalInterface
  private interface One {
    Value apply(Value value);
  }

  @FunctionalInterface
  private interface Two {
    Value apply(Value left, Value right);
  }

  static boolean isString(Value value) {
    return value instanceof Value.Str || value instanceof Value.LangString;
  }

  private static String text(Value value) {
    return RdfLiterals.lexical(value);
  }

  /// A string with the language of another.
  private static Value like(Value model, String text) {
    return model instanceof Value.LangString(_, String language, String direction)
        ? new Value.LangString(text, language, direction)
        : Value.of(text);
  }

  private static Function on1(String name, One function) {
    return Functions.orNull(
        "sp." + name,
        1,
        1,
        Type.ANY,
        (args, context) -> isString(args[0]) ? function.apply(args[0]) : Value.NULL);
  }

  /// Arguments must be compatible (§17.4.3.1.2): the second plain, or with the language of the
  /// first.
  private static Function compatible(String name, Two function) {
    return Functions.orNull(
        "sp." + name,
        2,
        2,
        Type.ANY,
        (args, context) -> {
          boolean strings = isString(args[0]) && isString(args[1]);
          if (!strings) {
            return Value.NULL;
          }
          boolean fits =
              args[1] instanceof Value.Str
                  || args[0] instanceof Value.LangString(_, var a, _)
                      && args[1] instanceof Value.LangString(_, var b, _)
                      && a.equalsIgnoreCase(b);
          return fits ? function.apply(args[0], args[1]) : Value.NULL;
        });
  }

  private static Value before(Value a, Value b) {
    int at = text(a).indexOf(text(b));
    return at < 0 ? Value.of("") : like(a, text(a).substring(0, at));
  }

  private static Value after(Value a, Value b) {
    int at = text(a).indexOf(text(b));
    return at < 0 ? Value.of("") : like(a, text(a).substring(at + text(b).length()));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static Value concat(Value[] args) {
    StringBuilder out = new StringBuilder();
    Value first = null;
    boolean sameLanguage = true;
    for (Value arg : args) {
      if (!isString(arg)) {
        return Value.NULL;
      }
      first = first == null ? arg : first;
      sameLanguage &=
          first instanceof Value.LangString(_, var a, var x)
              && arg instanceof Value.LangString(_, var b, var y)
              && a.equalsIgnoreCase(b)
              && x.equals(y);
      out.append(text(arg));
    }
    return first != null && sameLanguage ? like(first, out.toString()) : Value.of(out.toString());
  }

  private static @Nullable Double number(Value value) {
    Value number = RdfLiterals.number(value);
    return number == null ? null : Double.valueOf(io.sabot.plan.value.Numbers.toDouble(number));
  }

  /// XPath `fn:substring`: places count from 1, in code points, and are rounded.
  private static Value substring(Value[] args) {
    Double from = number(args[1]);
    Double length = args.length > 2 ? number(args[2]) : Double.valueOf(Double.POSITIVE_INFINITY);
    if (!isString(args[0]) || from == null || length == null) {
      return Value.NULL;
    }
    int[] points = text(args[0]).codePoints().toArray();
    double start = Math.floor(from + 0.5);
    double end = start + (length.isInfinite() ? length : Math.floor(length + 0.5));
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < points.length; i++) {
      if (i + 1 >= start && i + 1 < end) {
        out.appendCodePoint(points[i]);
      }
    }
    return like(args[0], out.toString());
  }

  private static @Nullable Pattern pattern(Value pattern, @Nullable Value flags) {
    if (!(pattern instanceof Value.Str(String regex))) {
      return null;
    }
    int options = 0;
    if (flags != null) {
      if (!(flags instanceof Value.Str(String letters))) {
        return null;
      }
      for (char letter : letters.toCharArray()) {
        switch (letter) {
          case 'i' -> options |= Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
          case 's' -> options |= Pattern.DOTALL;
          case 'm' -> options |= Pattern.MULTILINE;
          case 'x' -> options |= Pattern.COMMENTS;
          case 'q' -> options |= Pattern.LITERAL;
          default -> {
            return null;
          }
        }
      }
    }
    try {
      return Pattern.compile(regex, options);
    } catch (PatternSyntaxException malformed) {
      return null;
    }
  }

  private static Value regex(Value[] args) {
    Pattern pattern = pattern(args[1], args.length > 2 ? args[2] : null);
    return pattern == null || !isString(args[0])
        ? Value.NULL
        : Value.of(pattern.matcher(text(args[0])).find());
  }

  private static Value replace(Value[] args) {
    Pattern pattern = pattern(args[1], args.length > 3 ? args[3] : null);
    if (pattern == null || !isString(args[0]) || !(args[2] instanceof Value.Str(String by))) {
      return Value.NULL;
    }
    if (pattern.matcher("").matches()) {
      return Value.NULL;
    }
    try {
      Matcher matcher = pattern.matcher(text(args[0]));
      return like(args[0], matcher.replaceAll(by));
    } catch (IllegalArgumentException | IndexOutOfBoundsException badReplacement) {
      return Value.NULL;
    }
  }

  private static void dates(List<Function> all) {
    all.add(onTime("year", time -> Value.of((long) time.local().getYear())));
    all.add(onTime("month", time -> Value.of((long) time.local().getMonthValue())));
    all.add(onTime("day", time -> Value.of((long) time.local().getDayOfMonth())));
    all.add(onClock("hours", time -> Value.of((long) time.local().getHour())));
    all.add(onClock("minutes", time -> Value.of((long) time.local().getMinute())));
    all.add(
        onClock(
            "seconds",
            time ->
                new Value.Dec(
                    BigDecimal.valueOf(time.local().getSecond())
                        .add(BigDecimal.valueOf(time.local().getNano(), 9)))));
    all.add(
        onTime(
            "tz",
            time ->
                Value.of(
                    !time.zoned()
                        ? ""
                        : time.offset().equals(ZoneOffset.UTC) ? "Z" : time.offset().getId())));
    all.add(onTime("timezone", SparqlStringFunctions::timezone));
  }

  @FunctionalInterface
  private interface OnTime {
    Value apply(TimePoint time);
  }

  private static Function onTime(String name, OnTime function) {
    return Functions.orNull(
        "sp." + name,
        1,
        1,
        Type.ANY,
        (args, context) -> {
          TimePoint time = RdfLiterals.timePoint(args[0]);
          return time == null ? Value.NULL : function.apply(time);
        });
  }

  /// A date has no time of day.
  private static Function onClock(String name, OnTime function) {
    return onTime(name, time -> time.isDate() ? Value.NULL : function.apply(time));
  }

  private static Value timezone(TimePoint time) {
    if (!time.zoned()) {
      return Value.NULL;
    }
    int minutes = time.offset().getTotalSeconds() / 60;
    StringBuilder text = new StringBuilder(minutes < 0 ? "-PT" : "PT");
    int hours = Math.abs(minutes) / 60;
    int rest = Math.abs(minutes) % 60;
    if (hours > 0) {
      text.append(hours).append('H');
    }
    if (rest > 0) {
      text.append(rest).append('M');
    }
    if (minutes == 0) {
      text.append("0S");
    }
    return new Value.TypedLiteral(text.toString(), Xsd.DAY_TIME_DURATION);
  }

  private static void hash(List<Function> all, String name, String algorithm) {
    all.add(
        Functions.orNull(
            "sp." + name,
            1,
            1,
            Type.ANY,
            (args, context) ->
                args[0] instanceof Value.Str(String text)
                    ? Value.of(digest(text, algorithm))
                    : Value.NULL));
  }

  private static String digest(String text, String algorithm) {
    try {
      byte[] digest =
          MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
