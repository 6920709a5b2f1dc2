package io.sabot.tck.slt;

import io.sabot.tck.slt.SltRecord.Query;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A result in the form in which the files hold it: every value as text, in the order that the
/// query's record asks for.
final class SltResult {
  private static final Pattern HASHED = Pattern.compile("\\d+ values hashing to ([0-9a-f]{32})");
  private static final Pattern INTEGER = Pattern.compile("\\s*([+-]?\\d{1,18})");
  private static final int SHOWN_MAX = 40;

  private final List<String[]> rows = new ArrayList<>();
  private final String types;

  SltResult(String types) {
    this.types = types;
  }

  void add(List<@Nullable Object> row) {
    String[] cells = new String[row.size()];
    for (int c = 0; c < cells.length; c++) {
      cells[c] = text(row.get(c), c < types.length() ? types.charAt(c) : 'T');
    }
    rows.add(cells);
  }

  /// How the result differs from what a record expects; empty for not at all.
  String difference(Query query) {
    if (!rows.isEmpty() && rows.getFirst().length != types.length()) {
      return "expected " + types.length() + " columns, found " + rows.getFirst().length;
    }
    List<String> found = values(query);
    List<String> expected = query.expected();
    Matcher hashed =
        expected.size() == 1 ? HASHED.matcher(expected.getFirst()) : HASHED.matcher("");
    boolean same = hashed.matches() ? hashed.group(1).equals(hash(found)) : found.equals(expected);
    return same ? "" : "expected " + shown(expected) + "\nfound " + shown(found);
  }

  private static String shown(List<String> values) {
    return values.size() <= SHOWN_MAX
        ? values.toString()
        : values.subList(0, SHOWN_MAX) + " and more, " + values.size() + " values";
  }

  private List<String> values(Query query) {
    List<String> values = new ArrayList<>();
    if (query.order() == SltRecord.Order.BY_ROW) {
      rows.sort(Arrays::compare);
    }
    for (String[] row : rows) {
      values.addAll(Arrays.asList(row));
    }
    if (query.order() == SltRecord.Order.BY_VALUE) {
      values.sort(null);
    }
    return values;
  }

  private static String hash(List<String> values) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      for (String value : values) {
        digest.update((value + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException none) {
      throw new IllegalStateException(none);
    }
  }

  private static String text(@Nullable Object value, char type) {
    if (value == null) {
      return "NULL";
    }
    return switch (type) {
      case 'I' -> integer(value);
      case 'R' -> String.format(Locale.ROOT, "%.3f", number(value));
      default -> printable(value.toString());
    };
  }

  /// As SQLite gives a value out when it is asked for an integer: numbers without their fraction,
  /// text by the digits it begins with, or 0.
  private static String integer(Object value) {
    return switch (value) {
      case Boolean truth -> truth ? "1" : "0";
      case BigDecimal exact -> exact.toBigInteger().toString();
      case BigInteger whole -> whole.toString();
      case Number number -> Long.toString(number.longValue());
      default -> {
        Matcher digits = INTEGER.matcher(value.toString());
        yield digits.lookingAt() ? Long.toString(Long.parseLong(digits.group(1))) : "0";
      }
    };
  }

  private static BigDecimal number(Object value) {
    return switch (value) {
      case BigDecimal exact -> exact;
      case Double real -> BigDecimal.valueOf(real);
      case Boolean truth -> truth ? BigDecimal.ONE : BigDecimal.ZERO;
      default -> new BigDecimal(value.toString().strip());
    };
  }

  private static String printable(String text) {
    return text.isEmpty() ? "(empty)" : text.replaceAll("[^ -~]", "@");
  }
}
