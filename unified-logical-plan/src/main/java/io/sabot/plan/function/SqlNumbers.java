package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// SQL's functions on numbers. Rounding keeps the kind of number; a double is rounded half to even
/// and a decimal half away from zero, as in PostgreSQL.
final class SqlNumbers {
  private SqlNumbers() {}

  static List<Function> all() {
    List<Function> all = new ArrayList<>();
    all.add(
        Functions.typed(
            Functions.throwing("sql.abs", 1, Type.ANY, (a, c) -> abs(a[0])), List::getFirst));
    all.add(rounding("sql.round", RoundingMode.HALF_UP));
    all.add(rounding("sql.truncate", RoundingMode.DOWN));
    all.add(rounding("sql.ceil", RoundingMode.CEILING));
    all.add(rounding("sql.floor", RoundingMode.FLOOR));
    all.add(
        Functions.total(
            "sql.sign", 1, Type.INT64, (a, c) -> Value.of((long) Math.signum(number(a[0])))));
    all.add(
        Functions.throwing(
            "sql.power", 2, Type.FLOAT64, (a, c) -> Value.of(power(number(a[0]), number(a[1])))));
    all.add(positive("sql.ln", Math::log));
    all.add(positive("sql.log10", Math::log10));
    all.add(
        Functions.throwing(
            "sql.log", 2, Type.FLOAT64, (a, c) -> Value.of(logarithm(number(a[0]), number(a[1])))));
    all.add(real("sql.sqrt", v -> Math.sqrt(notNegative(v))));
    all.add(real("sql.exp", v -> inRange(Math.exp(v), v, "exp()")));
    all.add(real("sql.degrees", Math::toDegrees));
    all.add(real("sql.radians", Math::toRadians));
    all.add(real("sql.cbrt", Math::cbrt));
    all.add(
        Functions.with(
            Functions.total(
                "sql.random", 0, Type.FLOAT64, (a, c) -> Value.of(c.random().nextDouble())),
            Function.Nulls.STRICT,
            Function.Faults.NONE,
            Function.Volatility.VOLATILE));
    return all;
  }

  private static double number(Value value) {
    return Numbers.toDouble(value);
  }

  private static Function real(String name, DoubleUnaryOperator body) {
    return Functions.throwing(
        name, 1, Type.FLOAT64, (a, c) -> Value.of(body.applyAsDouble(number(a[0]))));
  }

  private static Function positive(String name, DoubleUnaryOperator body) {
    return real(
        name,
        v -> {
          if (v <= 0) {
            throw Errors.invalidArgument(
                "found " + v + ", expected a number above 0 in a logarithm");
          }
          return body.applyAsDouble(v);
        });
  }

  private static double logarithm(double base, double v) {
    for (double part : new double[] {base, v}) {
      if (part <= 0) {
        throw Errors.invalidArgument(
            "found " + part + ", expected a number above 0 in a logarithm");
      }
    }
    if (base == 1) {
      throw Errors.divisionByZero();
    }
    double result = Math.log(v) / Math.log(base);
    double whole = Math.rint(result);
    return Math.pow(base, whole) == v ? whole : result;
  }

  private static double power(double base, double exponent) {
    if (base == 0 && exponent < 0) {
      throw Errors.invalidArgument("zero raised to a negative power is not defined");
    }
    if (base < 0 && !Double.isInfinite(base) && exponent != Math.rint(exponent)) {
      throw Errors.invalidArgument(
          "a negative number raised to a power that is not whole is not a real number");
    }
    double result = base == 1 ? 1 : Math.pow(base, exponent);
    return base == 0 || Double.isInfinite(base) ? result : inRange(result, exponent, "power()");
  }

  /// A finite argument gives neither infinity nor, where the result is not zero, zero.
  private static double inRange(double result, double argument, String function) {
    if (Double.isFinite(argument) && (Double.isInfinite(result) || result == 0)) {
      throw Errors.outOfRange(function, "double precision");
    }
    return result;
  }

  private static double notNegative(double v) {
    if (v < 0) {
      throw Errors.invalidArgument("found " + v + ", expected at least 0 in a square root");
    }
    return v;
  }

  private static Value abs(Value value) {
    return switch (value) {
      case Value.Int(long v) -> v < 0 ? ArithmeticFunctions.negate(value) : value;
      case Value.Real(double v) -> new Value.Real(Math.abs(v));
      case Value.Dec(BigDecimal v) -> new Value.Dec(v.abs());
      default -> throw Errors.typeMismatch(Kinds.name(value), "a number", "abs()");
    };
  }

  private static Function rounding(String name, RoundingMode mode) {
    return Functions.typed(
        Functions.throwing(
            name,
            1,
            2,
            Type.ANY,
            (a, c) ->
                rounded(a[0], a.length > 1 ? (int) Numbers.toDecimal(a[1]).longValue() : 0, mode)),
        List::getFirst);
  }

  private static Value rounded(Value value, int digits, RoundingMode mode) {
    return switch (value) {
      case Value.Int(long v) ->
          digits >= 0
              ? value
              : Value.of(BigDecimal.valueOf(v).setScale(digits, mode).longValueExact());
      case Value.Dec(BigDecimal v) -> new Value.Dec(v.setScale(digits, mode));
      case Value.Real(double v) ->
          Double.isNaN(v) || Double.isInfinite(v)
              ? value
              : Value.of(
                  digits == 0 && mode == RoundingMode.HALF_UP
                      ? Math.rint(v)
                      : BigDecimal.valueOf(v).setScale(digits, mode).doubleValue());
      default -> throw Errors.typeMismatch(Kinds.name(value), "a number", "rounding");
    };
  }
}
