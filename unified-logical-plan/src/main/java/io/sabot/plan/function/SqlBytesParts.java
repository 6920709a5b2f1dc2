package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.HexFormat;
import java.util.List;

/// Functions that take texts and byte strings alike, and those of single bytes and bits.
final class SqlBytesParts {
  private SqlBytesParts() {}

  static List<Function> all() {
    return List.of(
        alike("sql.concat", 2, 2, 0, a -> together(a[0], a[1])),
        alike("sql.substring", 2, 3, 0, SqlBytesParts::substring),
        alike("sql.overlay", 3, 4, 0, SqlBytesParts::overlay),
        alike("sql.ltrim", 1, 2, 0, a -> trimmed(a, true, false)),
        alike("sql.rtrim", 1, 2, 0, a -> trimmed(a, false, true)),
        alike("sql.btrim", 1, 2, 0, a -> trimmed(a, true, true)),
        number("sql.get_byte", 2, a -> SqlBytes.bytes(a[0])[index(a, 1)] & 0xFF),
        number("sql.get_bit", 2, a -> SqlBytes.bytes(a[0])[index(a, 8)] >> bit(a) & 1),
        Functions.throwing("sql.set_byte", 3, Type.BYTES, (a, c) -> setByte(a)),
        Functions.throwing("sql.set_bit", 3, Type.BYTES, (a, c) -> setBit(a)),
        number("sql.bit_count", 1, a -> bits(a[0])));
  }

  @FunctionalInterface
  private interface Body {
    Value of(Value[] args);
  }

  @FunctionalInterface
  private interface ToNumber {
    long of(Value[] args);
  }

  /// The result is of the kind of one of the arguments.
  private static Function alike(String name, int min, int max, int like, Body body) {
    return Functions.typed(
        Functions.throwing(name, min, max, Type.STRING, (a, c) -> body.of(a)),
        types -> types.get(like) == Type.BYTES ? Type.BYTES : Type.STRING);
  }

  private static Function number(String name, int args, ToNumber body) {
    return Functions.throwing(name, args, Type.INT64, (a, c) -> Value.of(body.of(a)));
  }

  private static long whole(Value value) {
    return io.sabot.plan.value.Numbers.toDecimal(value).longValue();
  }

  // ---- texts or bytes: a byte is two hexadecimal digits

  private static int length(Value value) {
    return value instanceof Value.Bytes(String hex)
        ? hex.length() / 2
        : SqlText.length(SqlText.text(value));
  }

  private static Value slice(Value value, long from, long to) {
    if (value instanceof Value.Bytes(String hex)) {
      int start = (int) Math.clamp(from, 0, hex.length() / 2);
      int end = (int) Math.clamp(to, start, Math.max(start, hex.length() / 2));
      return new Value.Bytes(hex.substring(2 * start, 2 * end));
    }
    return Value.of(SqlText.slice(SqlText.text(value), from, to));
  }

  /// A start before the text counts towards the length, as the standard has it.
  private static Value substring(Value[] args) {
    long from = whole(args[1]) - 1;
    long to = Integer.MAX_VALUE;
    if (args.length > 2) {
      long length = whole(args[2]);
      if (length < 0) {
        throw Errors.invalidArgument("found " + length + ", expected a length of at least 0");
      }
      to = from + length;
    }
    return slice(args[0], from, to);
  }

  private static Value overlay(Value[] args) {
    long from = whole(args[2]) - 1;
    long length = args.length > 3 ? whole(args[3]) : length(args[1]);
    if (from < 0) {
      throw Errors.invalidArgument("found " + (from + 1) + ", expected a place of at least 1");
    }
    Value before = slice(args[0], 0, from);
    Value after = slice(args[0], from + length, Integer.MAX_VALUE);
    return together(together(before, args[1]), after);
  }

  private static Value together(Value left, Value right) {
    return left instanceof Value.Bytes(String a) && right instanceof Value.Bytes(String b)
        ? new Value.Bytes(a + b)
        : Value.of(SqlText.text(left) + SqlText.text(right));
  }

  private static Value trimmed(Value[] args, boolean start, boolean end) {
    if (args[0] instanceof Value.Bytes(String hex)) {
      String set = args.length > 1 ? HexFormat.of().formatHex(SqlBytes.bytes(args[1])) : "";
      return new Value.Bytes(trimmedHex(hex, set, start, end));
    }
    int[] points = SqlText.text(args[0]).codePoints().toArray();
    String set = args.length > 1 ? SqlText.text(args[1]) : " ";
    int from = 0;
    int to = points.length;
    while (start && from < to && set.indexOf(points[from]) >= 0) {
      from++;
    }
    while (end && to > from && set.indexOf(points[to - 1]) >= 0) {
      to--;
    }
    return Value.of(new String(points, from, to - from));
  }

  private static String trimmedHex(String hex, String set, boolean start, boolean end) {
    int from = 0;
    int to = hex.length();
    while (start && from < to && has(set, hex.substring(from, from + 2))) {
      from += 2;
    }
    while (end && to > from && has(set, hex.substring(to - 2, to))) {
      to -= 2;
    }
    return hex.substring(from, to);
  }

  private static boolean has(String set, String digits) {
    for (int i = 0; i < set.length(); i += 2) {
      if (set.startsWith(digits, i)) {
        return true;
      }
    }
    return false;
  }

  // ---- bytes and bits

  /// Which byte the second argument means; it counts from 0, in bytes or in bits.
  private static int index(Value[] args, int unit) {
    long place = whole(args[1]);
    long count = (long) SqlBytes.bytes(args[0]).length * unit;
    if (place < 0 || place >= count) {
      throw Errors.invalidArgument("found place " + place + ", expected 0 to " + (count - 1));
    }
    return (int) (place / unit);
  }

  private static int bit(Value[] args) {
    return (int) (whole(args[1]) % 8);
  }

  private static Value setByte(Value[] args) {
    byte[] bytes = SqlBytes.bytes(args[0]);
    bytes[index(args, 1)] = (byte) whole(args[2]);
    return SqlBytes.value(bytes);
  }

  private static Value setBit(Value[] args) {
    byte[] bytes = SqlBytes.bytes(args[0]);
    long wanted = whole(args[2]);
    if (wanted != 0 && wanted != 1) {
      throw Errors.invalidArgument("found " + wanted + ", expected the bit 0 or 1");
    }
    int mask = 1 << bit(args);
    int index = index(args, 8);
    bytes[index] = (byte) (wanted == 1 ? bytes[index] | mask : bytes[index] & ~mask);
    return SqlBytes.value(bytes);
  }

  private static long bits(Value value) {
    if (value instanceof Value.Int(long number)) {
      return Long.bitCount(number);
    }
    long count = 0;
    for (byte b : SqlBytes.bytes(value)) {
      count += Integer.bitCount(b & 0xFF);
    }
    return count;
  }
}
