package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// PostgreSQL's functions of `bytea`, and texts as bytes.
final class SqlBytes {
  private static final HexFormat HEX = HexFormat.of();

  private SqlBytes() {}

  static List<Function> all() {
    List<Function> all = new ArrayList<>();
    all.add(
        Functions.total(
            "sql.octet_length", 1, Type.INT64, (a, c) -> Value.of((long) bytes(a[0]).length)));
    all.add(
        Functions.total(
            "sql.bit_length", 1, Type.INT64, (a, c) -> Value.of(8L * bytes(a[0]).length)));
    all.add(Functions.throwing("sql.encode", 2, Type.STRING, (a, c) -> Value.of(encoded(a))));
    all.add(Functions.throwing("sql.decode", 2, Type.BYTES, (a, c) -> decoded(a)));
    all.add(
        Functions.throwing(
            "sql.md5", 1, Type.STRING, (a, c) -> Value.of(HEX.formatHex(digest("MD5", a[0])))));
    all.add(Functions.throwing("sql.convert_from", 2, Type.STRING, (a, c) -> Value.of(read(a))));
    all.add(
        Functions.throwing(
            "sql.convert_to",
            2,
            Type.BYTES,
            (a, c) -> value(SqlText.text(a[0]).getBytes(charset(a[1])))));
    for (int bits : new int[] {224, 256, 384, 512}) {
      all.add(
          Functions.throwing(
              "sql.sha" + bits, 1, Type.BYTES, (a, c) -> value(digest("SHA-" + bits, a[0]))));
    }
    return all;
  }

  static byte[] bytes(Value value) {
    return value instanceof Value.Bytes(String hex)
        ? HEX.parseHex(hex)
        : SqlText.text(value).getBytes(StandardCharsets.UTF_8);
  }

  static Value value(byte[] bytes) {
    return new Value.Bytes(HEX.formatHex(bytes));
  }

  /// What PostgreSQL reads as `bytea`: `\x` and hexadecimal digits, or text with `\nnn` and `\\`.
  static Value read(String text) {
    if (!text.startsWith("\\x")) {
      return unescaped(text);
    }
    return hexadecimal(text.substring(2));
  }

  private static Value hexadecimal(String text) {
    String digits = text.replaceAll("\\s", "");
    if (digits.length() % 2 != 0 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
      throw Errors.invalidText(text, "byte string of pairs of hexadecimal digits");
    }
    return new Value.Bytes(digits.toLowerCase(Locale.ROOT));
  }

  // ---- encodings of characters

  private static Charset charset(Value name) {
    return switch (SqlText.text(name).toUpperCase(Locale.ROOT)) {
      case "UTF8", "UTF-8", "UNICODE" -> StandardCharsets.UTF_8;
      case "LATIN1", "ISO88591" -> StandardCharsets.ISO_8859_1;
      default ->
          throw Errors.invalidArgument(
              "found the encoding '" + SqlText.text(name) + "', expected UTF8 or LATIN1");
    };
  }

  private static String read(Value[] args) {
    try {
      return charset(args[1]).newDecoder().decode(ByteBuffer.wrap(bytes(args[0]))).toString();
    } catch (CharacterCodingException malformed) {
      throw Errors.invalidText(
          "\\x" + HEX.formatHex(bytes(args[0])), "text in " + SqlText.text(args[1]));
    }
  }

  // ---- encode, decode

  private static QueryException unknown(String format) {
    return Errors.invalidArgument("found '" + format + "', expected hex, base64 or escape");
  }

  private static String encoded(Value[] args) {
    byte[] bytes = bytes(args[0]);
    String format = SqlText.text(args[1]).toLowerCase(Locale.ROOT);
    return switch (format) {
      case "hex" -> HEX.formatHex(bytes);
      case "base64" -> Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(bytes);
      case "escape" -> escaped(bytes);
      default -> throw unknown(format);
    };
  }

  private static Value decoded(Value[] args) {
    String text = SqlText.text(args[0]);
    String format = SqlText.text(args[1]).toLowerCase(Locale.ROOT);
    return switch (format) {
      case "hex" -> hexadecimal(text);
      case "base64" -> base64(text);
      case "escape" -> unescaped(text);
      default -> throw unknown(format);
    };
  }

  private static Value base64(String text) {
    String signs = text.replaceAll("\\s", "");
    if (signs.length() % 4 != 0) {
      throw Errors.invalidText(text, "text in base64");
    }
    try {
      return value(Base64.getDecoder().decode(signs));
    } catch (IllegalArgumentException malformed) {
      throw Errors.invalidText(text, "text in base64");
    }
  }

  private static String escaped(byte[] bytes) {
    StringBuilder out = new StringBuilder();
    for (byte b : bytes) {
      if (b == '\\') {
        out.append("\\\\");
      } else if (b <= 0) {
        out.append(String.format(Locale.ROOT, "\\%03o", b & 0xFF));
      } else {
        out.append((char) b);
      }
    }
    return out.toString();
  }

  private static Value unescaped(String text) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    while (at < in.length) {
      if (in[at] != '\\') {
        out.write(in[at++]);
      } else if (at + 1 < in.length && in[at + 1] == '\\') {
        out.write('\\');
        at += 2;
      } else {
        out.write(octal(in, at + 1, text));
        at += 4;
      }
    }
    return value(out.toByteArray());
  }

  private static int octal(byte[] in, int from, String text) {
    int number = 0;
    for (int i = from; i < from + 3; i++) {
      int digit = i < in.length ? Character.digit(in[i], 8) : -1;
      if (digit < 0) {
        throw Errors.invalidText(text, "byte string; write \\\\ for a backslash");
      }
      number = number * 8 + digit;
    }
    if (number > 255) {
      throw Errors.invalidText(text, "byte string; a byte is at most \\377");
    }
    return number;
  }

  private static byte[] digest(String algorithm, Value value) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes(value));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has " + algorithm, impossible);
    }
  }
}
