package io.sabot.plan.value;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Exact comparison of numbers of different kinds.
public final class Numbers {
  private Numbers() {}

  public static boolean isNumber(Value value) {
    return value instanceof Value.Int || value instanceof Value.Real || value instanceof Value.Dec;
  }

  /// Compares by exact numeric value; null when either is NaN.
  public static @Nullable Integer compare(Value left, Value right) {
    if (left instanceof Value.Int(long a) && right instanceof Value.Int(long b)) {
      return Long.compare(a, b);
    }
    if (left instanceof Value.Real(double a) && right instanceof Value.Real(double b)) {
      return Double.isNaN(a) || Double.isNaN(b) ? null : a < b ? -1 : a > b ? 1 : 0;
    }
    if (left instanceof Value.Real(double a)) {
      return compareReal(a, right);
    }
    if (right instanceof Value.Real(double b)) {
      Integer flipped = compareReal(b, left);
      return flipped == null ? null : Integer.valueOf(-flipped);
    }
    return exact(left).compareTo(exact(right));
  }

  private static @Nullable Integer compareReal(double real, Value exact) {
    if (Double.isNaN(real)) {
      return null;
    }
    if (Double.isInfinite(real)) {
      return real > 0 ? 1 : -1;
    }
    return new BigDecimal(real).compareTo(exact(exact));
  }

  private static BigDecimal exact(Value value) {
    return switch (value) {
      case Value.Int(long v) -> BigDecimal.valueOf(v);
      case Value.Dec(BigDecimal v) -> v;
      default -> throw new IllegalArgumentException("not an exact number: " + value);
    };
  }

  public static double toDouble(Value value) {
    return switch (value) {
      case Value.Int(long v) -> v;
      case Value.Real(double v) -> v;
      case Value.Dec(BigDecimal v) -> v.doubleValue();
      default -> throw new IllegalArgumentException("not a number: " + value);
    };
  }

  public static BigDecimal toDecimal(Value value) {
    return value instanceof Value.Real(double v) ? BigDecimal.valueOf(v) : exact(value);
  }
}
