package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Numbers;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/// Cypher's mathematical functions.
final class CypherMathFunctions {
  static final List<Function> ALL = all();

  private CypherMathFunctions() {}

  private static List<Function> all() {
    List<Function> all = new ArrayList<>();
    all.add(real("sqrt", Math::sqrt));
    all.add(real("exp", Math::exp));
    all.add(real("log", Math::log));
    all.add(real("log10", Math::log10));
    all.add(real("sin", Math::sin));
    all.add(real("cos", Math::cos));
    all.add(real("tan", Math::tan));
    all.add(real("cot", x -> 1 / Math.tan(x)));
    all.add(real("sinh", Math::sinh));
    all.add(real("cosh", Math::cosh));
    all.add(real("tanh", Math::tanh));
    all.add(real("coth", x -> 1 / Math.tanh(x)));
    all.add(real("asin", Math::asin));
    all.add(real("acos", Math::acos));
    all.add(real("atan", Math::atan));
    all.add(real("degrees", Math::toDegrees));
    all.add(real("radians", Math::toRadians));
    all.add(real("haversin", x -> (1 - Math.cos(x)) / 2));
    all.add(real("ceil", Math::ceil));
    all.add(real("floor", Math::floor));
    all.add(
        Functions.throwing(
            "cy.atan2",
            2,
            Type.FLOAT64,
            (args, context) ->
                Value.of(Math.atan2(number(args[0], "atan2"), number(args[1], "atan2")))));
    all.add(Functions.total("cy.pi", 0, Type.FLOAT64, (args, context) -> Value.of(Math.PI)));
    all.add(Functions.total("cy.e", 0, Type.FLOAT64, (args, context) -> Value.of(Math.E)));
    all.add(
        Functions.throwing(
            "cy.isnan",
            1,
            Type.BOOL,
            (args, context) -> Value.of(Double.isNaN(number(args[0], "isNaN")))));
    all.add(Functions.throwing("cy.abs", 1, Type.ANY, (args, context) -> abs(args[0])));
    all.add(
        Functions.throwing(
            "cy.sign",
            1,
            Type.INT64,
            (args, context) -> Value.of((long) Math.signum(number(args[0], "sign")))));
    all.add(Functions.throwing("cy.round", 1, 3, Type.FLOAT64, (args, context) -> round(args)));
    return List.copyOf(all);
  }

  private static Function real(String name, DoubleUnaryOperator operator) {
    return Functions.throwing(
        "cy." + name,
        1,
        Type.FLOAT64,
        (args, context) -> Value.of(operator.applyAsDouble(number(args[0], name))));
  }

  private static double number(Value value, String function) {
    if (!Numbers.isNumber(value)) {
      throw Errors.typeMismatch(Kinds.name(value), "a number", function + "()");
    }
    return Numbers.toDouble(value);
  }

  private static Value abs(Value value) {
    return switch (value) {
      case Value.Int(long v) -> {
        if (v == Long.MIN_VALUE) {
          throw Errors.outOfRange("abs(" + v + ")", "a 64-bit integer");
        }
        yield Value.of(Math.abs(v));
      }
      case Value.Dec(BigDecimal v) -> Value.of(v.abs());
      default -> Value.of(Math.abs(number(value, "abs")));
    };
  }

  /// Half away from zero for a precision, half up without one.
  private static Value round(Value[] args) {
    double value = number(args[0], "round");
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Value.of(value);
    }
    if (args.length == 1) {
      return Value.of(Math.floor(value + 0.5));
    }
    int precision = (int) number(args[1], "round");
    RoundingMode mode = args.length > 2 ? mode(args[2]) : RoundingMode.HALF_UP;
    return Value.of(BigDecimal.valueOf(value).setScale(precision, mode).doubleValue());
  }

  private static RoundingMode mode(Value name) {
    String word = name instanceof Value.Str(String text) ? text.toUpperCase(Locale.ROOT) : "";
    return switch (word) {
      case "UP" -> RoundingMode.UP;
      case "DOWN" -> RoundingMode.DOWN;
      case "CEILING" -> RoundingMode.CEILING;
      case "FLOOR" -> RoundingMode.FLOOR;
      case "HALF_UP" -> RoundingMode.HALF_UP;
      case "HALF_DOWN" -> RoundingMode.HALF_DOWN;
      case "HALF_EVEN" -> RoundingMode.HALF_EVEN;
      default ->
          throw Errors.invalidArgument(
              "'"
                  + word
                  + "' is no rounding mode; use UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN"
                  + " or HALF_EVEN");
    };
  }
}
