package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// PostgreSQL's functions of angles, in radians and in degrees, and the hyperbolic ones.
///
/// Those of degrees are exact where the result is: `sind(30)` is 0.5 and `tand(45)` is 1.
final class SqlNumbersAngles {
  private static final double SIN_30 = Math.sin(Math.toRadians(30));
  private static final double ONE_LESS_COS_60 = 1 - Math.cos(Math.toRadians(60));
  private static final double ASIN_HALF = Math.asin(0.5);
  private static final double ACOS_HALF = Math.acos(0.5);
  private static final double ATAN_1 = Math.atan(1);

  private SqlNumbersAngles() {}

  static List<Function> all() {
    List<Function> all = new ArrayList<>();
    all.add(real("sql.sin", v -> Math.sin(finite(v))));
    all.add(real("sql.cos", v -> Math.cos(finite(v))));
    all.add(real("sql.tan", v -> Math.tan(finite(v))));
    all.add(real("sql.cot", v -> 1 / Math.tan(finite(v))));
    all.add(real("sql.asin", v -> Math.asin(within(v, -1, 1))));
    all.add(real("sql.acos", v -> Math.acos(within(v, -1, 1))));
    all.add(real("sql.atan", Math::atan));
    all.add(ofTwo("sql.atan2", Math::atan2));
    all.add(real("sql.sind", SqlNumbersAngles::sine));
    all.add(real("sql.cosd", SqlNumbersAngles::cosine));
    all.add(real("sql.tand", v -> sine(v) / cosine(v)));
    all.add(real("sql.cotd", v -> cosine(v) / sine(v)));
    all.add(real("sql.asind", v -> arcSine(within(v, -1, 1))));
    all.add(real("sql.acosd", v -> arcCosine(within(v, -1, 1))));
    all.add(real("sql.atand", v -> Math.atan(v) / ATAN_1 * 45));
    all.add(ofTwo("sql.atan2d", (y, x) -> Math.atan2(y, x) / ATAN_1 * 45));
    all.add(real("sql.sinh", Math::sinh));
    all.add(real("sql.cosh", Math::cosh));
    all.add(real("sql.tanh", Math::tanh));
    all.add(real("sql.asinh", SqlNumbersAngles::arSinh));
    all.add(real("sql.acosh", v -> arCosh(within(v, 1, Double.POSITIVE_INFINITY))));
    all.add(real("sql.atanh", v -> arTanh(within(v, -1, 1))));
    return all;
  }

  private static Function real(String name, DoubleUnaryOperator body) {
    return Functions.throwing(
        name, 1, Type.FLOAT64, (a, c) -> Value.of(body.applyAsDouble(Numbers.toDouble(a[0]))));
  }

  private static Function ofTwo(String name, java.util.function.DoubleBinaryOperator body) {
    return Functions.throwing(
        name,
        2,
        Type.FLOAT64,
        (a, c) -> Value.of(body.applyAsDouble(Numbers.toDouble(a[0]), Numbers.toDouble(a[1]))));
  }

  private static double finite(double v) {
    if (Double.isInfinite(v)) {
      throw Errors.invalidArgument("found " + v + ", expected a finite angle");
    }
    return v;
  }

  private static double within(double v, double least, double most) {
    if (v < least || v > most) {
      throw Errors.invalidArgument(
          "found "
              + v
              + ", expected a number of at least "
              + Casts.realText(least)
              + (Double.isInfinite(most) ? "" : " and at most " + Casts.realText(most)));
    }
    return v;
  }

  // ---- degrees

  /// Of any angle, by the one between 0 and 90 degrees that has the same sine but for the sign.
  private static double sine(double degrees) {
    double angle = Math.abs(finite(degrees) % 360);
    double sign = degrees % 360 < 0 ? -1 : 1;
    if (angle > 180) {
      angle = 360 - angle;
      sign = -sign;
    }
    return sign * quarterSine(angle > 90 ? 180 - angle : angle);
  }

  private static double cosine(double degrees) {
    double angle = Math.abs(finite(degrees) % 360);
    if (angle > 180) {
      angle = 360 - angle;
    }
    return angle > 90 ? -quarterCosine(180 - angle) : quarterCosine(angle);
  }

  private static double quarterSine(double angle) {
    return angle <= 30 ? lowSine(angle) : lowCosine(90 - angle);
  }

  private static double quarterCosine(double angle) {
    return angle <= 60 ? lowCosine(angle) : lowSine(90 - angle);
  }

  /// Up to 30 degrees, and 0.5 there.
  private static double lowSine(double angle) {
    return Math.sin(Math.toRadians(angle)) / SIN_30 / 2;
  }

  /// Up to 60 degrees, and 0.5 there.
  private static double lowCosine(double angle) {
    return 1 - (1 - Math.cos(Math.toRadians(angle))) / ONE_LESS_COS_60 / 2;
  }

  private static double arcSine(double v) {
    return Math.abs(v) <= 0.5
        ? Math.asin(v) / ASIN_HALF * 30
        : Math.signum(v) * (90 - Math.acos(Math.abs(v)) / ACOS_HALF * 60);
  }

  private static double arcCosine(double v) {
    return 90 - arcSine(v);
  }

  // ---- hyperbolic

  private static double arSinh(double v) {
    if (Double.isInfinite(v) || v == 0) {
      return v;
    }
    double size = Math.abs(v);
    return Math.copySign(Math.log1p(size + size * size / (1 + Math.sqrt(size * size + 1))), v);
  }

  private static double arCosh(double v) {
    double more = v - 1;
    return Math.log1p(more + Math.sqrt(more * (more + 2)));
  }

  private static double arTanh(double v) {
    return Math.log1p(2 * v / (1 - v)) / 2;
  }
}
