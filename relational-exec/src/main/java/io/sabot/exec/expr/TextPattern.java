package io.sabot.exec.expr;

import io.sabot.exec.batch.Vector;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Function;
import io.sabot.plan.function.LikePattern;
import io.sabot.plan.value.Value;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Literal texts that a string must have one after the other: the first at its start, the last at
/// its end, the others anywhere between. Works on the bytes of UTF-8, where a text is found exactly
/// where its characters are.
final class TextPattern {
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final byte[] prefix;
  private final byte[][] middle;
  private final byte @Nullable [] suffix;
  private final int bytesMin;

  /// @param pieces one for a pattern that is the whole string
  private TextPattern(List<String> pieces) {
    prefix = utf8(pieces.getFirst());
    suffix = pieces.size() == 1 ? null : utf8(pieces.getLast());
    middle =
        pieces.size() < 3
            ? new byte[0][]
            : pieces.subList(1, pieces.size() - 1).stream()
                .filter(piece -> !piece.isEmpty())
                .map(TextPattern::utf8)
                .toArray(byte[][]::new);
    int least = prefix.length + (suffix == null ? 0 : suffix.length);
    for (byte[] piece : middle) {
      least += piece.length;
    }
    bytesMin = least;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// The pattern of a call whose second argument (and third) is a literal; null where the call is
  /// of another kind.
  static @Nullable TextPattern of(Expr.Call call) {
    String text = literal(call, 1);
    if (text == null) {
      return null;
    }
    Function function = call.function();
    boolean two = call.args().size() == 2;
    return switch (function.name()) {
      case "sql.like" -> like(text, two ? "\\" : literal(call, 2));
      case "sql.starts_with", "cy.starts_with" -> two ? new TextPattern(List.of(text, "")) : null;
      case "cy.ends_with" -> new TextPattern(List.of("", text));
      case "cy.contains" -> new TextPattern(List.of("", text, ""));
      default -> null;
    };
  }

  private static @Nullable TextPattern like(String text, @Nullable String escape) {
    if (escape == null) {
      return null;
    }
    LikePattern pattern = LikePattern.of(text, escape);
    return pattern.isLiteral()
        ? new TextPattern(pattern.pieces().stream().map(List::getFirst).toList())
        : null;
  }

  private static @Nullable String literal(Expr.Call call, int arg) {
    return arg < call.args().size()
            && call.args().get(arg) instanceof Expr.Lit(Value.Str(String text), var type)
            && type.physical() == io.sabot.plan.type.Physical.STRING
        ? text
        : null;
  }

  /// Whether the string of a row has the texts.
  boolean matches(Vector in, int row) {
    int length = in.stringLength(row);
    if (length < bytesMin) {
      return false;
    }
    MemorySegment bytes = in.bytes();
    long from = in.stringOffset(row);
    long to = from + length;
    byte[] last = suffix;
    if (last == null) {
      return length == prefix.length && hasAt(bytes, from, prefix);
    }
    if (!hasAt(bytes, from, prefix) || !hasAt(bytes, to - last.length, last)) {
      return false;
    }
    from += prefix.length;
    to -= last.length;
    for (byte[] piece : middle) {
      long at = find(bytes, from, to, piece);
      if (at < 0) {
        return false;
      }
      from = at + piece.length;
    }
    return true;
  }

  private static boolean hasAt(MemorySegment bytes, long at, byte[] piece) {
    for (int i = 0; i < piece.length; i++) {
      if (bytes.get(Vector.BYTE, at + i) != piece[i]) {
        return false;
      }
    }
    return true;
  }

  /// Where `piece` first is between `from` and `to`; -1 for nowhere. Looks for its first byte in
  /// eight bytes at once.
  private static long find(MemorySegment bytes, long from, long to, byte[] piece) {
    long end = to - piece.length;
    long pattern = (piece[0] & 0xFF) * LOW_BITS;
    long at = from;
    while (at <= end) {
      if (at + 8 <= to) {
        long differ = bytes.get(Vector.LONG, at) ^ pattern;
        // May also mark bytes above a true hit, so each hit is looked at.
        long hits = (differ - LOW_BITS) & ~differ & HIGH_BITS;
        while (hits != 0) {
          long place = at + (Long.numberOfTrailingZeros(hits) >>> 3);
          if (place <= end && hasAt(bytes, place, piece)) {
            return place;
          }
          hits &= hits - 1;
        }
        at += 8;
      } else {
        if (hasAt(bytes, at, piece)) {
          return at;
        }
        at++;
      }
    }
    return -1;
  }
}
