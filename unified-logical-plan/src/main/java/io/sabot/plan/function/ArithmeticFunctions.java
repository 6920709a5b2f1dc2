package io.sabot.plan.function;

import io.sabot.plan.error.Errors;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.RdfLiterals;
import io.sabot.plan.value.Value;
import io.sabot.plan.value.Xsd;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/// `+ - * / %` and negation on numbers.
///
/// `add` ... work on two values of one exact numeric type and throw on overflow and on division of
/// exact numbers by zero. `sp.add` ... follow SPARQL's promotion and make errors null. Cypher's
/// operators on mixed values (`cy.add` ...) also take strings, lists and temporals and are in
/// `CypherOperators`.
public final class ArithmeticFunctions {
  /// The five binary operations.
  public enum Op {
    ADD("add"),
    SUB("sub"),
    MUL("mul"),
    DIV("div"),
    MOD("mod");

    private final String word;

    Op(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  public static final Function NEG =
      Functions.typed(
          Functions.throwing("neg", 1, Type.ANY, (args, context) -> negate(args[0])),
          types -> types.getFirst());

  static final List<Function> ALL = all();

  private ArithmeticFunctions() {}

  private static List<Function> all() {
    List<Function> all = new ArrayList<>(List.of(NEG));
    for (Op op : Op.values()) {
      all.add(
          Functions.typed(
              Functions.throwing(
                  op.word, 2, Type.ANY, (args, context) -> apply(op, args[0], args[1])),
              types -> resultType(op, types.get(0), types.get(1))));
      all.add(
          Functions.orNull(
              "sp." + op.word, 2, 2, Type.ANY, (args, context) -> sparql(op, args[0], args[1])));
    }
    all.add(Functions.orNull("sp.neg", 1, 1, Type.ANY, (args, context) -> sparqlNegate(args[0])));
    return List.copyOf(all);
  }

  public static Function of(Op op) {
    return Functions.named(op.word);
  }

  /// The type of `left op right` for exact numeric types; `ANY` when there is none.
  public static Type resultType(Op op, Type left, Type right) {
    if (left instanceof Type.Int && right instanceof Type.Int) {
      return Type.union(left, right);
    }
    if (left instanceof Type.Floating && right.isNumeric()
        || right instanceof Type.Floating && left.isNumeric()) {
      return Type.FLOAT64;
    }
    if (left instanceof Type.Decimal a && right instanceof Type.Decimal b) {
      int s1 = a.scale();
      int s2 = b.scale();
      return switch (op) {
        case ADD, SUB -> {
          int scale = Math.max(s1, s2);
          int whole = Math.max(a.precision() - s1, b.precision() - s2);
          yield new Type.Decimal(Math.min(Type.Decimal.MAX_PRECISION, whole + scale + 1), scale);
        }
        case MUL -> Type.Decimal.product(a, b);
        case DIV -> Type.Decimal.quotient(a, b);
        case MOD -> new Type.Decimal(Math.max(a.precision(), b.precision()), Math.max(s1, s2));
      };
    }
    return Type.ANY;
  }

  /// `left op right` on numbers; ints stay ints, any float makes a float.
  public static Value apply(Op op, Value left, Value right) {
    if (left instanceof Value.Int(long a) && right instanceof Value.Int(long b)) {
      return new Value.Int(integers(op, a, b));
    }
    if (left instanceof Value.Real || right instanceof Value.Real) {
      double a = io.sabot.plan.value.Numbers.toDouble(left);
      double b = io.sabot.plan.value.Numbers.toDouble(right);
      return new Value.Real(doubles(op, a, b));
    }
    BigDecimal a = io.sabot.plan.value.Numbers.toDecimal(left);
    BigDecimal b = io.sabot.plan.value.Numbers.toDecimal(right);
    return new Value.Dec(decimals(op, a, b));
  }

  /// 64-bit integer arithmetic; throws when the result does not fit and on division by zero.
  public static long integers(Op op, long a, long b) {
    try {
      return switch (op) {
        case ADD -> Math.addExact(a, b);
        case SUB -> Math.subtractExact(a, b);
        case MUL -> Math.multiplyExact(a, b);
        case DIV -> {
          if (b == 0) {
            throw Errors.divisionByZero();
          }
          if (a == Long.MIN_VALUE && b == -1) {
            throw new ArithmeticException();
          }
          yield a / b;
        }
        case MOD -> {
          if (b == 0) {
            throw Errors.divisionByZero();
          }
          yield a % b;
        }
      };
    } catch (ArithmeticException overflow) {
      throw Errors.outOfRange(op.word + " of " + a + " and " + b, "a 64-bit integer");
    }
  }

  private static double doubles(Op op, double a, double b) {
    return switch (op) {
      case ADD -> a + b;
      case SUB -> a - b;
      case MUL -> a * b;
      case DIV -> a / b;
      case MOD -> a % b;
    };
  }

  private static BigDecimal decimals(Op op, BigDecimal a, BigDecimal b) {
    if ((op == Op.DIV || op == Op.MOD) && b.signum() == 0) {
      throw Errors.divisionByZero();
    }
    return switch (op) {
      case ADD -> a.add(b);
      case SUB -> a.subtract(b);
      case MUL -> a.multiply(b);
      case DIV -> divide(a, b);
      case MOD -> a.remainder(b);
    };
  }

  private static BigDecimal divide(BigDecimal a, BigDecimal b) {
    BigDecimal quotient = a.divide(b, MathContext.DECIMAL128);
    return quotient.scale() > 30 ? quotient.setScale(30, RoundingMode.HALF_UP) : quotient;
  }

  static Value negate(Value value) {
    return switch (value) {
      case Value.Int(long v) -> {
        if (v == Long.MIN_VALUE) {
          throw Errors.outOfRange("the negation of " + v, "a 64-bit integer");
        }
        yield new Value.Int(-v);
      }
      case Value.Real(double v) -> new Value.Real(-v);
      case Value.Dec(BigDecimal v) -> new Value.Dec(v.negate());
      case Value.Duration(long months, long days, long seconds, int nanos) ->
          Value.Duration.of(-months, -days, -seconds, -nanos);
      default -> throw Errors.typeMismatch(Kinds.name(value), "a number", "a negation");
    };
  }

  private static Value sparql(Op op, Value left, Value right) {
    Value a = RdfLiterals.number(left);
    Value b = RdfLiterals.number(right);
    if (a == null || b == null || op == Op.MOD) {
      return Value.NULL;
    }
    boolean exact = !(a instanceof Value.Real) && !(b instanceof Value.Real);
    if (op == Op.DIV && exact) {
      BigDecimal divisor = io.sabot.plan.value.Numbers.toDecimal(b);
      return divisor.signum() == 0
          ? Value.NULL
          : new Value.Dec(divide(io.sabot.plan.value.Numbers.toDecimal(a), divisor));
    }
    if (a instanceof Value.Int(long x) && b instanceof Value.Int(long y)) {
      return bigIntegers(op, x, y);
    }
    Value result = apply(op, a, b);
    boolean bothFloat = isFloatOrExact(left) && isFloatOrExact(right);
    return bothFloat && result instanceof Value.Real(double v)
        ? new Value.TypedLiteral(RdfLiterals.doubleText((float) v), io.sabot.plan.value.Xsd.FLOAT)
        : result;
  }

  private static boolean isFloatOrExact(Value value) {
    return RdfLiterals.isFloat(value) || !(RdfLiterals.number(value) instanceof Value.Real);
  }

  private static Value bigIntegers(Op op, long x, long y) {
    BigInteger a = BigInteger.valueOf(x);
    BigInteger b = BigInteger.valueOf(y);
    BigInteger result =
        switch (op) {
          case ADD -> a.add(b);
          case SUB -> a.subtract(b);
          case MUL -> a.multiply(b);
          case DIV, MOD -> throw new IllegalArgumentException("not an integer operation: " + op);
        };
    return RdfLiterals.of(result.toString(), io.sabot.plan.value.Xsd.INTEGER);
  }

  private static Value sparqlNegate(Value value) {
    Value number = RdfLiterals.number(value);
    if (number == null || number.equals(new Value.Int(Long.MIN_VALUE))) {
      return Value.NULL;
    }
    Value negative = negate(number);
    return RdfLiterals.isFloat(value) && negative instanceof Value.Real(double v)
        ? new Value.TypedLiteral(RdfLiterals.doubleText(v), Xsd.FLOAT)
        : negative;
  }
}
