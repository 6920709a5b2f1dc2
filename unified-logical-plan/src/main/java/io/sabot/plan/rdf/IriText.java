package io.sabot.plan.rdf;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/// Texts within IRIs, as R2RML §7.3 has them.
public final class IriText {
  private static final Pattern SCHEME =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

  private IriText() {}

  /// Percent-encodes all but letters and digits of any script and `-._~`: RFC 3987's `iunreserved`.
  public static String encode(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(point -> {
          if (isPlain(point)) {
            out.appendCodePoint(point);
          } else {
            for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
              out.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xFF));
            }
          }
        });
    return out.toString();
  }

  /// The text that {@link #encode} made `encoded` of; null for what it makes of no text.
  public static @org.jspecify.annotations.Nullable String decode(String encoded) {
    try {
      String text = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
      return encode(text).equals(encoded) ? text : null;
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private static boolean isPlain(int point) {
    return point >= 'a' && point <= 'z'
        || point >= 'A' && point <= 'Z'
        || point >= '0' && point <= '9'
        || point < 128 && "-._~".indexOf(point) >= 0
        || isBeyondAscii(point);
  }

  /// RFC 3987's `ucschar`.
  private static boolean isBeyondAscii(int point) {
    return point >= 0xA0 && point <= 0xD7FF
        || point >= 0xF900 && point <= 0xFDCF
        || point >= 0xFDF0 && point <= 0xFFEF
        || point >= 0x10000 && point < 0xE0000 && (point & 0xFFFF) < 0xFFFE
        || point >= 0xE1000 && point <= 0xEFFFD;
  }

  /// Whether encoded text may hold this character.
  static boolean isOfEncoded(char c) {
    return c == '%' || Character.isSurrogate(c) || isPlain(c);
  }

  /// Whether a text starts with a scheme, so that it is not relative to anything.
  public static boolean isAbsolute(String iri) {
    return SCHEME.matcher(iri).matches();
  }

  /// Whether a text is an IRI as far as its characters go: none that RFC 3987 keeps out of all.
  public static boolean isIri(String text) {
    return isAbsolute(text)
        && text.chars()
            .noneMatch(c -> c <= ' ' || c == 0x7F || c < 128 && "<>\"{}|\\^`".indexOf(c) >= 0);
  }
}
