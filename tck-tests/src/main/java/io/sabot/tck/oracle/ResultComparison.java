package io.sabot.tck.oracle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whether two results are the same: integers and decimals exactly up to the lesser scale, doubles
/// up to a relative 1e-9, everything else as text.
public final class ResultComparison {
  private static final double TOLERANCE = 1e-9;

  private ResultComparison() {}

  /// The first difference in words; empty when there is none.
  public static String difference(
      List<? extends List<?>> expected, List<? extends List<?>> found, boolean ordered) {
    if (expected.size() != found.size()) {
      return "expected " + expected.size() + " rows, found " + found.size();
    }
    List<List<?>> left = new ArrayList<>(expected);
    List<List<?>> right = new ArrayList<>(found);
    if (!ordered) {
      Comparator<List<?>> byText = Comparator.comparing(ResultComparison::sortKey);
      left.sort(byText);
      right.sort(byText);
    }
    for (int i = 0; i < left.size(); i++) {
      for (int c = 0; c < left.get(i).size(); c++) {
        if (!same(left.get(i).get(c), right.get(i).get(c))) {
          return "row " + (i + 1) + ": expected " + left.get(i) + ", found " + right.get(i);
        }
      }
    }
    return "";
  }

  private static String sortKey(List<?> row) {
    StringBuilder key = new StringBuilder();
    for (Object cell : row) {
      key.append(cell instanceof Number ? "" : Objects.toString(cell)).append('|');
    }
    return key.toString();
  }

  private static boolean same(@Nullable Object expected, @Nullable Object found) {
    if (expected == null || found == null) {
      return expected == found;
    }
    if (!(expected instanceof Number a) || !(found instanceof Number b)) {
      return expected.toString().equals(found.toString());
    }
    if (a instanceof Double || a instanceof Float || b instanceof Double || b instanceof Float) {
      return closeEnough(a, b);
    }
    BigDecimal x = decimal(a);
    BigDecimal y = decimal(b);
    int scale = Math.min(x.scale(), y.scale());
    return x.setScale(scale, RoundingMode.HALF_UP)
            .compareTo(y.setScale(scale, RoundingMode.HALF_UP))
        == 0;
  }

  /// A decimal beside a double is right when the double rounds to it.
  private static boolean closeEnough(Number a, Number b) {
    double x = a.doubleValue();
    double y = b.doubleValue();
    double slack = TOLERANCE * Math.max(Math.abs(x), Math.abs(y));
    for (Number side : List.of(a, b)) {
      if (side instanceof BigDecimal exact && exact.scale() > 0) {
        slack += 0.500001 * Math.pow(10, -exact.scale());
      }
    }
    return Math.abs(x - y) <= slack;
  }

  private static BigDecimal decimal(Number number) {
    return switch (number) {
      case BigDecimal exact -> exact;
      case BigInteger whole -> new BigDecimal(whole);
      default -> BigDecimal.valueOf(number.longValue());
    };
  }
}
