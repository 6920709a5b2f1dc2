package io.sabot.plan.function;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A LIKE pattern, taken apart. An escape character at its end stands for itself.
///
/// @param pieces what stands before, between and after the `%`; each piece as the literal texts
///   before, between and after its `_`
public record LikePattern(List<List<String>> pieces) {
  public LikePattern {
    pieces = List.copyOf(pieces);
  }

  /// @param escape takes the meaning of `%`, `_` and itself away; empty for none
  public static LikePattern of(String like, String escape) {
    List<List<String>> pieces = new ArrayList<>();
    List<String> piece = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    for (int i = 0; i < like.length(); i++) {
      char c = like.charAt(i);
      boolean escapes = !escape.isEmpty() && c == escape.charAt(0) && i + 1 < like.length();
      if (escapes) {
        literal.append(like.charAt(++i));
      } else if (c == '%' || c == '_') {
        piece.add(literal.toString());
        literal.setLength(0);
        if (c == '%') {
          pieces.add(List.copyOf(piece));
          piece.clear();
        }
      } else {
        literal.append(c);
      }
    }
    piece.add(literal.toString());
    pieces.add(List.copyOf(piece));
    return new LikePattern(pieces);
  }

  /// Whether no `_` stands in it.
  public boolean isLiteral() {
    return pieces.stream().allMatch(piece -> piece.size() == 1);
  }

  /// The pattern as a regular expression for the whole text.
  ///
  /// What stands between two `%` is looked for from left to right and never given back: the first
  /// place will do, and so the time stays in proportion to the lengths.
  String regex() {
    StringBuilder regex = new StringBuilder(regex(pieces.getFirst()));
    for (int i = 1; i < pieces.size() - 1; i++) {
      String piece = regex(pieces.get(i));
      regex.append(piece.isEmpty() ? "" : "(?>.*?" + piece + ")");
    }
    return pieces.size() == 1
        ? regex.toString()
        : regex.append(".*").append(regex(pieces.getLast())).toString();
  }

  private static String regex(List<String> piece) {
    List<String> quoted =
        piece.stream().map(text -> text.isEmpty() ? "" : Pattern.quote(text)).toList();
    return String.join(".", quoted);
  }
}
