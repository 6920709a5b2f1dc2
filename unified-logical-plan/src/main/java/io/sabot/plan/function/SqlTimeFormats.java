package io.sabot.plan.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A template of to_char, to_date and to_timestamp, taken apart: `YYYY-MM-DD HH24:MI:SS`.
///
/// @param isExact whether FX stood in it: the text that is read has its separators
record SqlTimeFormats(List<Item> items, boolean isExact) {
  /// A part of a template.
  sealed interface Item permits Text, Field {}

  /// One character that stands for itself.
  record Text(String character, boolean isQuoted) implements Item {
    boolean isSeparator() {
      int c = character.codePointAt(0);
      boolean isMark = c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
      return !isQuoted && (isMark || Character.isWhitespace(c));
    }
  }

  /// A field of a time.
  ///
  /// @param key its name in upper case
  /// @param written its name as it stands there: the letters of the result follow its case
  /// @param isBare without the blanks and zeros that fill its width
  /// @param ordinal `TH` or `th` where the ending of an ordinal number follows, else empty
  record Field(String key, String written, boolean isBare, String ordinal) implements Item {
    boolean isDigits() {
      return !NAMES.contains(key);
    }
  }

  private static final Set<String> NAMES =
      Set.of(
          "A.D.", "A.M.", "B.C.", "P.M.", "AD", "AM", "BC", "PM", "MONTH", "MON", "DAY", "DY", "OF",
          "TZ", "RM");

  /// Longer ones first.
  private static final List<String> KEYS =
      List.of(
          "Y,YYY", "SSSSS", "MONTH", "A.D.", "A.M.", "B.C.", "P.M.", "HH24", "HH12", "IDDD", "IYYY",
          "SSSS", "YYYY", "DAY", "DDD", "IYY", "MON", "TZH", "TZM", "YYY", "FF1", "FF2", "FF3",
          "FF4", "FF5", "FF6", "AD", "AM", "BC", "CC", "DD", "DY", "HH", "ID", "IW", "IY", "MI",
          "MM", "MS", "OF", "PM", "RM", "SS", "TZ", "US", "WW", "YY", "D", "I", "J", "Q", "W", "Y");

  private static final Set<String> CAPITALIZED = Set.of("MONTH", "MON", "DAY", "DY");

  /// Templates taken apart, by their texts; emptied when it has grown.
  private static final Map<String, SqlTimeFormats> KNOWN = new ConcurrentHashMap<>();

  private static final int KEPT = 500;

  SqlTimeFormats {
    items = List.copyOf(items);
  }

  static SqlTimeFormats of(String template) {
    SqlTimeFormats known = KNOWN.get(template);
    if (known != null) {
      return known;
    }
    SqlTimeFormats read = read(template);
    if (KNOWN.size() >= KEPT) {
      KNOWN.clear();
    }
    KNOWN.put(template, read);
    return read;
  }

  private static SqlTimeFormats read(String template) {
    List<Item> items = new ArrayList<>();
    boolean isExact = false;
    int at = 0;
    while (at < template.length()) {
      if (startsWith(template, "FX", at)) {
        isExact = true;
        at += 2;
      } else if (template.charAt(at) == '"') {
        at = quoted(template, at + 1, items);
      } else {
        at = fieldOrText(template, at, items);
      }
    }
    return new SqlTimeFormats(items, isExact);
  }

  private static int fieldOrText(String template, int start, List<Item> items) {
    boolean isBare = startsWith(template, "FM", start) || startsWith(template, "TM", start);
    int at = isBare ? start + 2 : start;
    String key = key(template, at);
    if (key.isEmpty()) {
      return isBare ? at : text(template, at, false, items);
    }
    int end = at + key.length();
    String ordinal = template.startsWith("TH", end) || template.startsWith("th", end) ? "th" : "";
    String ending = template.substring(end, end + ordinal.length());
    items.add(new Field(key, template.substring(at, end), isBare, ending));
    return template.startsWith("SP", end) ? end + 2 : end + ending.length();
  }

  private static String key(String template, int at) {
    for (String key : KEYS) {
      String capitalized = key.charAt(0) + key.substring(1).toLowerCase(Locale.ROOT);
      if (startsWith(template, key, at)
          || (CAPITALIZED.contains(key) && template.startsWith(capitalized, at))) {
        return key;
      }
    }
    return "";
  }

  private static boolean startsWith(String template, String upper, int at) {
    return template.startsWith(upper, at)
        || template.startsWith(upper.toLowerCase(Locale.ROOT), at);
  }

  private static int quoted(String template, int start, List<Item> items) {
    int at = start;
    while (at < template.length() && template.charAt(at) != '"') {
      boolean escapes = template.charAt(at) == '\\' && at + 1 < template.length();
      at = text(template, escapes ? at + 1 : at, true, items);
    }
    return at + 1;
  }

  private static int text(String template, int start, boolean isQuoted, List<Item> items) {
    int at = !isQuoted && template.startsWith("\\\"", start) ? start + 1 : start;
    int end = template.offsetByCodePoints(at, 1);
    items.add(new Text(template.substring(at, end), isQuoted));
    return end;
  }
}
