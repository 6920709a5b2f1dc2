package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Ordering;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/// PostgreSQL's functions of exact numbers: divisors, quotients, factorials, digits and buckets.
final class SqlNumbersWhole {
  /// The greatest number whose factorial a decimal holds.
  private static final long GREATEST_FACTORIAL = 33;

  private static final Type WHOLE = new Type.Decimal(Type.Decimal.MAX_PRECISION, 0);

  private SqlNumbersWhole() {}

  static List<Function> all() {
    return List.of(
        alike("sql.gcd", SqlNumbersWhole::divisor),
        alike("sql.lcm", SqlNumbersWhole::multiple),
        Functions.throwing("sql.factorial", 1, WHOLE, (a, c) -> factorial(whole(a[0]))),
        Functions.throwing("sql.div", 2, WHOLE, (a, c) -> quotient(exact(a[0]), exact(a[1]))),
        Functions.total("sql.scale", 1, Type.INT64, (a, c) -> Value.of((long) scale(exact(a[0])))),
        Functions.total(
            "sql.min_scale",
            1,
            Type.INT64,
            (a, c) -> Value.of((long) scale(exact(a[0]).stripTrailingZeros()))),
        Functions.throwing("sql.width_bucket", 4, Type.INT64, (a, c) -> Value.of(bucket(a))),
        Functions.throwing(
            "sql.width_bucket_of", 2, Type.INT64, (a, c) -> Value.of(place(a[0], a[1]))));
  }

  @FunctionalInterface
  private interface OfTwo {
    BigDecimal of(BigDecimal left, BigDecimal right);
  }

  /// Integers give an integer; otherwise the result has the greater scale of the two.
  private static Function alike(String name, OfTwo body) {
    return Functions.typed(
        Functions.throwing(
            name, 2, Type.ANY, (a, c) -> number(a, body.of(exact(a[0]), exact(a[1])), name)),
        types -> types.stream().allMatch(t -> t instanceof Type.Int) ? Type.INT64 : decimal(types));
  }

  private static Type decimal(List<Type> types) {
    int scale = 0;
    for (Type type : types) {
      scale = Math.max(scale, type instanceof Type.Decimal(_, int digits) ? digits : 0);
    }
    return new Type.Decimal(Type.Decimal.MAX_PRECISION, scale);
  }

  private static Value number(Value[] args, BigDecimal result, String name) {
    if (!(args[0] instanceof Value.Int && args[1] instanceof Value.Int)) {
      return new Value.Dec(result);
    }
    try {
      return Value.of(result.longValueExact());
    } catch (ArithmeticException tooLarge) {
      throw Errors.outOfRange(name.substring("sql.".length()) + "()", "64-bit integer");
    }
  }

  private static BigDecimal exact(Value value) {
    return Numbers.toDecimal(value);
  }

  private static long whole(Value value) {
    return exact(value).longValue();
  }

  // ---- divisors

  private static BigDecimal divisor(BigDecimal left, BigDecimal right) {
    int scale = Math.max(left.scale(), right.scale());
    return new BigDecimal(unscaled(left, scale).gcd(unscaled(right, scale)), scale);
  }

  private static BigInteger unscaled(BigDecimal number, int scale) {
    return number.setScale(scale, RoundingMode.UNNECESSARY).unscaledValue();
  }

  private static BigDecimal multiple(BigDecimal left, BigDecimal right) {
    int scale = Math.max(left.scale(), right.scale());
    BigInteger a = unscaled(left, scale);
    BigInteger b = unscaled(right, scale);
    BigInteger least =
        a.signum() == 0 || b.signum() == 0 ? BigInteger.ZERO : a.divide(a.gcd(b)).multiply(b).abs();
    return new BigDecimal(least, scale);
  }

  private static Value factorial(long number) {
    if (number < 0) {
      throw Errors.outOfRange("factorial(" + number + ")", "the numbers: it has none");
    }
    if (number > GREATEST_FACTORIAL) {
      throw Errors.outOfRange("factorial(" + number + ")", "38 digits");
    }
    BigInteger product = BigInteger.ONE;
    for (long factor = 2; factor <= number; factor++) {
      product = product.multiply(BigInteger.valueOf(factor));
    }
    return new Value.Dec(new BigDecimal(product));
  }

  /// Cut, not rounded.
  private static Value quotient(BigDecimal left, BigDecimal right) {
    if (right.signum() == 0) {
      throw Errors.divisionByZero();
    }
    return new Value.Dec(left.divideToIntegralValue(right).setScale(0, RoundingMode.DOWN));
  }

  private static int scale(BigDecimal number) {
    return Math.max(0, number.scale());
  }

  // ---- buckets

  /// Which of `args[3]` buckets of one width between two bounds: 0 below, one more above.
  private static long bucket(Value[] args) {
    long count = whole(args[3]);
    if (count <= 0) {
      throw Errors.invalidArgument("found " + count + ", expected a number of buckets above 0");
    }
    for (int i = 0; i < 3; i++) {
      if (!Double.isFinite(Numbers.toDouble(args[i])) && i > 0) {
        throw Errors.invalidArgument("the bounds of width_bucket() are finite numbers");
      }
    }
    boolean isReal = args[0] instanceof Value.Real;
    BigDecimal low = exact(args[1]);
    BigDecimal high = exact(args[2]);
    if (low.compareTo(high) == 0) {
      throw Errors.invalidArgument("found equal bounds, expected two that differ");
    }
    if (isReal && !Double.isFinite(Numbers.toDouble(args[0]))) {
      return unbounded(Numbers.toDouble(args[0]), low.compareTo(high) < 0, count);
    }
    BigDecimal width = high.subtract(low).abs();
    BigDecimal way = exact(args[0]).subtract(low);
    way = low.compareTo(high) < 0 ? way : way.negate();
    if (way.signum() < 0) {
      return 0;
    }
    return way.compareTo(width) >= 0
        ? count + 1
        : way.multiply(BigDecimal.valueOf(count)).divideToIntegralValue(width).longValue() + 1;
  }

  private static long unbounded(double value, boolean isRising, long count) {
    if (Double.isNaN(value)) {
      throw Errors.invalidArgument("found NaN, expected a number in width_bucket()");
    }
    return value > 0 == isRising ? count + 1 : 0;
  }

  /// How many of the sorted bounds are at most the value.
  private static long place(Value value, Value bounds) {
    long count = 0;
    for (Value bound : ((Value.ListValue) bounds).items()) {
      if (bound.isNull()) {
        throw Errors.invalidArgument("the bounds of width_bucket() are not null");
      }
      count += Ordering.sql(bound, value) <= 0 ? 1 : 0;
    }
    return count;
  }
}
