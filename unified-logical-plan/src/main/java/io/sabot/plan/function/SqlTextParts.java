package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Texts cut, split and exchanged sign by sign, as PostgreSQL does.
final class SqlTextParts {
  private SqlTextParts() {}

  static List<Function> all() {
    return List.of(
        string("sql.translate", 3, 3, a -> translated(text(a[0]), text(a[1]), text(a[2]))),
        string("sql.split_part", 3, 3, SqlTextParts::splitPart),
        string("sql.chr", 1, 1, a -> sign(((Value.Int) a[0]).value())),
        string("sql.unistr", 1, 1, a -> unescaped(text(a[0]))),
        string("sql.normalize", 1, 2, SqlTextParts::normalized),
        string("sql.to_hex", 2, 2, SqlTextParts::hexadecimal));
  }

  @FunctionalInterface
  private interface ToText {
    String of(Value[] args);
  }

  private static Function string(String name, int min, int max, ToText body) {
    return Functions.throwing(name, min, max, Type.STRING, (a, c) -> Value.of(body.of(a)));
  }

  private static String text(Value value) {
    return SqlText.text(value);
  }

  /// Each sign of `from` becomes the one at its place in `to`, or nothing where `to` is shorter.
  private static String translated(String text, String from, String to) {
    int[] wanted = to.codePoints().toArray();
    Map<Integer, Integer> places = new HashMap<>();
    int[] given = from.codePoints().toArray();
    for (int place = 0; place < given.length; place++) {
      places.putIfAbsent(given[place], Math.min(place, wanted.length));
    }
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          int at = places.getOrDefault(c, -1);
          if (at < 0) {
            out.appendCodePoint(c);
          } else if (at < wanted.length) {
            out.appendCodePoint(wanted[at]);
          }
        });
    return out.toString();
  }

  private static String splitPart(Value[] args) {
    long index = ((Value.Int) args[2]).value();
    if (index == 0) {
      throw Errors.invalidArgument("found 0, expected a place that counts from 1, or from -1 back");
    }
    List<String> parts = parts(text(args[0]), text(args[1]));
    long place = index < 0 ? parts.size() + index : index - 1;
    return place >= 0 && place < parts.size() ? parts.get((int) place) : "";
  }

  private static List<String> parts(String text, String separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    int found = separator.isEmpty() ? -1 : text.indexOf(separator);
    while (found >= 0) {
      parts.add(text.substring(from, found));
      from = found + separator.length();
      found = text.indexOf(separator, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  private static String sign(long point) {
    boolean isSign =
        point > 0
            && point <= Character.MAX_CODE_POINT
            && !(point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    if (!isSign) {
      throw Errors.invalidArgument("found " + point + ", expected the number of a character");
    }
    return Character.toString((int) point);
  }

  /// `\XXXX`, `\+XXXXXX`, `\\uXXXX`, `\\UXXXXXXXX` and a doubled backslash.
  private static String unescaped(String text) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
      if (c != '\\') {
        out.append(c);
        at++;
      } else if (next == '\\') {
        out.append('\\');
        at += 2;
      } else {
        int skipped = next == '+' || next == 'u' || next == 'U' ? 2 : 1;
        int digits = next == '+' ? 6 : next == 'U' ? 8 : 4;
        int end = at + skipped + digits;
        out.appendCodePoint(point(text, at + skipped, end));
        at = end;
      }
    }
    return out.toString();
  }

  private static int point(String text, int from, int to) {
    boolean isNumber =
        to <= text.length()
            && text.substring(from, to).chars().allMatch(d -> Character.digit(d, 16) >= 0);
    long point = isNumber ? Long.parseLong(text, from, to, 16) : 0;
    if (point <= 0 || point > Character.MAX_CODE_POINT) {
      throw Errors.invalidArgument(
          "'" + text + "' has a backslash without the number of a character behind it");
    }
    return (int) point;
  }

  private static String normalized(Value[] args) {
    String form = args.length > 1 ? text(args[1]) : "NFC";
    return switch (form) {
      case "NFC", "NFD", "NFKC", "NFKD" ->
          Normalizer.normalize(text(args[0]), Normalizer.Form.valueOf(form));
      default ->
          throw Errors.invalidArgument("found '" + form + "', expected NFC, NFD, NFKC or NFKD");
    };
  }

  /// A negative number is written as its bits are, of which the second argument is the count.
  private static String hexadecimal(Value[] args) {
    long number = ((Value.Int) args[0]).value();
    return ((Value.Int) args[1]).value() == 32
        ? Integer.toHexString((int) number)
        : Long.toHexString(number);
  }
}
