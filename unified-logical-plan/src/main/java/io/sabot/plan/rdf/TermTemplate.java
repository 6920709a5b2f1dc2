package io.sabot.plan.rdf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The text of a term: fixed parts with values between them, `http://x/emp/{id}`.
///
/// @param texts the fixed parts, one more than there are values
/// @param encoded whether values are percent-encoded, as in IRIs
public record TermTemplate(List<String> texts, boolean encoded) {
  /// Stands for any text, and for any encoded text, in the middle of characters.
  private static final int ANY = -1;

  private static final int ENCODED = -2;

  public TermTemplate {
    texts = List.copyOf(texts);
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("a template without a text");
    }
  }

  /// A text without values.
  public static TermTemplate of(String text) {
    return new TermTemplate(List.of(text), false);
  }

  /// All texts that start so.
  public static TermTemplate startingWith(String prefix) {
    return new TermTemplate(List.of(prefix, ""), false);
  }

  public int values() {
    return texts.size() - 1;
  }

  public String write(List<String> values) {
    StringBuilder out = new StringBuilder(texts.getFirst());
    for (int i = 0; i < values.size(); i++) {
      out.append(encoded ? IriText.encode(values.get(i)) : values.get(i));
      out.append(texts.get(i + 1));
    }
    return out.toString();
  }

  /// Whether different values always give different texts: what stands between two values must hold
  /// a character that no value can hold.
  public boolean isUnambiguous() {
    for (int i = 1; i < texts.size() - 1; i++) {
      if (!encoded || separator(texts.get(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /// Where the first character stands that encoded values cannot hold.
  private static int separator(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!IriText.isOfEncoded(text.charAt(i))) {
        return i;
      }
    }
    return -1;
  }

  /// The values that give `text`, null when none do. Only for an unambiguous template.
  public @Nullable List<String> parse(String text) {
    String last = texts.getLast();
    int from = texts.getFirst().length();
    int to = text.length() - last.length();
    if (values() == 0) {
      return text.equals(last) ? List.of() : null;
    }
    if (!text.startsWith(texts.getFirst()) || to < from || !text.endsWith(last)) {
      return null;
    }
    List<String> values = new ArrayList<>();
    for (int i = 1; i < texts.size(); i++) {
      String next = texts.get(i);
      int end = i == texts.size() - 1 ? to : end(text, next, from, to);
      String value = end < from ? null : value(text.substring(from, end));
      if (value == null) {
        return null;
      }
      values.add(value);
      from = end + next.length();
    }
    return values;
  }

  private static int end(String text, String next, int from, int to) {
    int separator = separator(next);
    int at = text.indexOf(next.charAt(separator), from) - separator;
    return at >= from && at + next.length() <= to && text.startsWith(next, at) ? at : -1;
  }

  private @Nullable String value(String part) {
    return encoded ? IriText.decode(part) : part;
  }

  /// Whether some text may be made by both.
  public boolean mayMeet(TermTemplate other) {
    List<Integer> a = pattern();
    List<Integer> b = other.pattern();
    boolean[][] meet = new boolean[a.size() + 1][b.size() + 1];
    for (int i = a.size(); i >= 0; i--) {
      for (int j = b.size(); j >= 0; j--) {
        meet[i][j] = meets(a, i, b, j, meet);
      }
    }
    return meet[0][0];
  }

  /// Whether what is left of two patterns has a text in common, given that for all shorter rests.
  private static boolean meets(
      List<Integer> a, int i, List<Integer> b, int j, boolean[][] shorter) {
    boolean aEnds = i == a.size();
    boolean bEnds = j == b.size();
    if (aEnds && bEnds) {
      return true;
    }
    int ofA = aEnds ? 0 : a.get(i);
    int ofB = bEnds ? 0 : b.get(j);
    if (ofA < 0 && shorter[i + 1][j] || ofB < 0 && shorter[i][j + 1]) {
      return true;
    }
    if (aEnds || bEnds) {
      return false;
    }
    if (ofA < 0 && ofB >= 0) {
      return holds(ofA, ofB) && shorter[i][j + 1];
    }
    if (ofB < 0 && ofA >= 0) {
      return holds(ofB, ofA) && shorter[i + 1][j];
    }
    return ofA == ofB && ofA >= 0 && shorter[i + 1][j + 1];
  }

  private static boolean holds(int wildcard, int character) {
    return wildcard == ANY || IriText.isOfEncoded((char) character);
  }

  private List<Integer> pattern() {
    List<Integer> pattern = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      texts.get(i).chars().forEach(pattern::add);
      if (i < texts.size() - 1) {
        pattern.add(encoded ? ENCODED : ANY);
      }
    }
    return pattern;
  }
}
