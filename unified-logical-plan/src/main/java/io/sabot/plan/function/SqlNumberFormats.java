package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A template of to_char and to_number, taken apart: `FM9,999.00`.
///
/// @param items in the order in which they are written
/// @param whole places before the point
/// @param places places after it
/// @param shift powers of ten by which `V` multiplies
/// @param firstZero the first place before the point that is written `0`; -1 when there is none
/// @param lastZero the last place after the point that is written `0`, counted from 1
/// @param sign where `S` puts the sign
record SqlNumberFormats(
    List<Item> items,
    int whole,
    int places,
    int shift,
    int firstZero,
    int lastZero,
    Sign sign,
    boolean isBare) {
  enum Sign {
    NONE,
    BEFORE,
    AFTER
  }

  /// What an item stands for.
  enum Kind {
    DIGIT,
    POINT,
    GROUP,
    SIGN,
    MINUS,
    PLUS,
    EITHER,
    ANGLES,
    CURRENCY,
    SHIFT,
    EXPONENT,
    ROMAN,
    ORDINAL,
    NOTHING,
    TEXT
  }

  /// @param text as it is written in the template
  record Item(Kind kind, String text) {}

  /// Longer ones first.
  private static final Map<String, Kind> KINDS =
      Map.ofEntries(
          Map.entry("EEEE", Kind.EXPONENT),
          Map.entry("MI", Kind.MINUS),
          Map.entry("PL", Kind.PLUS),
          Map.entry("SG", Kind.EITHER),
          Map.entry("PR", Kind.ANGLES),
          Map.entry("RN", Kind.ROMAN),
          Map.entry("TH", Kind.ORDINAL),
          Map.entry("9", Kind.DIGIT),
          Map.entry("0", Kind.DIGIT),
          Map.entry(".", Kind.POINT),
          Map.entry("D", Kind.POINT),
          Map.entry(",", Kind.GROUP),
          Map.entry("G", Kind.GROUP),
          Map.entry("S", Kind.SIGN),
          Map.entry("L", Kind.CURRENCY),
          Map.entry("B", Kind.NOTHING),
          Map.entry("C", Kind.NOTHING),
          Map.entry("V", Kind.SHIFT));

  private static final Map<String, SqlNumberFormats> KNOWN = new ConcurrentHashMap<>();

  private static final int KEPT = 500;

  SqlNumberFormats {
    items = List.copyOf(items);
  }

  static SqlNumberFormats of(String template) {
    SqlNumberFormats known = KNOWN.get(template);
    if (known != null) {
      return known;
    }
    SqlNumberFormats read = new Reading(template).read();
    if (KNOWN.size() >= KEPT) {
      KNOWN.clear();
    }
    KNOWN.put(template, read);
    return read;
  }

  boolean has(Kind kind) {
    return items.stream().anyMatch(item -> item.kind() == kind);
  }

  /// A template while it is taken apart.
  private static final class Reading {
    private final String template;
    private final List<Item> items = new ArrayList<>();
    private int whole;
    private int places;
    private int shift;
    private int firstZero = -1;
    private int lastZero;
    private int wholeBeforeSign = -1;
    private Sign sign = Sign.NONE;
    private boolean isBare;
    private boolean isPointSeen;
    private boolean isShifted;

    Reading(String template) {
      this.template = template;
    }

    SqlNumberFormats read() {
      int at = 0;
      while (at < template.length()) {
        if (template.regionMatches(true, at, "FM", 0, 2)) {
          isBare = true;
          at += 2;
        } else if (template.charAt(at) == '"') {
          at = quoted(at + 1);
        } else {
          at = item(at);
        }
      }
      Sign place = sign == Sign.BEFORE && wholeBeforeSign == whole ? Sign.AFTER : sign;
      return new SqlNumberFormats(items, whole, places, shift, firstZero, lastZero, place, isBare);
    }

    private int quoted(int start) {
      int at = start;
      while (at < template.length() && template.charAt(at) != '"') {
        at = text(template.charAt(at) == '\\' && at + 1 < template.length() ? at + 1 : at);
      }
      return at + 1;
    }

    private int item(int at) {
      for (int length : new int[] {4, 2, 1}) {
        int end = Math.min(at + length, template.length());
        String written = template.substring(at, end);
        Kind kind = KINDS.get(written.toUpperCase(Locale.ROOT));
        if (kind != null) {
          add(kind, written);
          items.add(new Item(kind, written));
          return end;
        }
      }
      return text(template.startsWith("\\\"", at) ? at + 1 : at);
    }

    private int text(int at) {
      int end = template.offsetByCodePoints(at, 1);
      items.add(new Item(Kind.TEXT, template.substring(at, end)));
      return end;
    }

    private void add(Kind kind, String written) {
      switch (kind) {
        case DIGIT -> digit(written.equals("0"));
        case POINT -> {
          once(!isPointSeen, "a second point");
          once(!isShifted, "a point behind 'V'");
          isPointSeen = true;
        }
        case SHIFT -> {
          once(!isPointSeen, "'V' behind a point");
          isShifted = true;
        }
        case SIGN -> {
          once(sign == Sign.NONE, "a second 'S'");
          once(!hasAny(Kind.MINUS, Kind.PLUS, Kind.EITHER, Kind.ANGLES), "'S' with MI, PL, SG, PR");
          sign = isPointSeen ? Sign.AFTER : Sign.BEFORE;
          wholeBeforeSign = whole;
        }
        case MINUS, PLUS, EITHER -> once(sign == Sign.NONE, "'" + written + "' with 'S'");
        case ANGLES ->
            once(
                sign == Sign.NONE && !hasAny(Kind.MINUS, Kind.PLUS, Kind.EITHER),
                "'PR' with S, MI, PL or SG");
        case EXPONENT -> {
          once(!hasAny(Kind.EXPONENT), "a second 'EEEE'");
          once(
              sign == Sign.NONE
                  && !isBare
                  && !isShifted
                  && !hasAny(Kind.MINUS, Kind.PLUS, Kind.EITHER, Kind.ANGLES, Kind.ROMAN),
              "'EEEE' with more than digits and a point");
        }
        case GROUP, CURRENCY, ROMAN, ORDINAL, NOTHING, TEXT -> {}
      }
    }

    private void digit(boolean isZero) {
      once(!hasAny(Kind.ANGLES), "a digit behind 'PR'");
      once(!hasAny(Kind.EXPONENT), "a digit behind 'EEEE'");
      if (isPointSeen) {
        places++;
        lastZero = isZero ? places : lastZero;
        return;
      }
      if (isZero && firstZero < 0) {
        firstZero = whole;
      }
      shift += isShifted ? 1 : 0;
      whole++;
    }

    private boolean hasAny(Kind... kinds) {
      return items.stream().anyMatch(item -> List.of(kinds).contains(item.kind()));
    }

    private void once(boolean holds, String what) {
      if (!holds) {
        throw Errors.invalidArgument(
            "the number template '" + template + "' has " + what + ", which it cannot have");
      }
    }
  }
}
