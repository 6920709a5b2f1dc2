package io.sabot.parser.sql;

import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.Expr.CastMode;
import io.sabot.plan.function.ArithmeticFunctions;
import io.sabot.plan.function.Casts;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.function.ComparisonFunctions.Rules;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlKind;

/// Brings the operands of comparisons and arithmetic to one type. Constants take the type of what
/// they are compared with where that loses nothing, so that scans compare stored values directly.
final class Coercion {
  private Coercion() {}

  static Expr cast(Expr expr, Type type) {
    return cast(expr, type, CastMode.SQL);
  }

  /// `expr` as `type`; constants are converted here.
  static Expr cast(Expr expr, Type type, CastMode mode) {
    if (expr.type().equals(type)) {
      return expr;
    }
    Expr zoned = mode == CastMode.SQL ? ZoneCasts.cast(expr, type) : null;
    if (zoned != null) {
      return zoned;
    }
    if (expr instanceof Expr.Lit(Value value, _)) {
      try {
        return new Expr.Lit(Casts.cast(value, type, mode), type);
      } catch (QueryException runTimeError) {
        return new Expr.Cast(expr, type, mode);
      }
    }
    return new Expr.Cast(expr, type, type == Type.ANY ? CastMode.FORM : mode);
  }

  /// The type that holds values of all these; ANY when there is no exact one.
  static Type common(List<Type> types) {
    return types.stream().reduce(Coercion::common).orElse(Type.ANY);
  }

  private static Type common(Type left, Type right) {
    if (left.equals(right)) {
      return left;
    }
    if (left.isNumeric() && right.isNumeric()) {
      if (left instanceof Type.Floating || right instanceof Type.Floating) {
        return Type.FLOAT64;
      }
      if (left instanceof Type.Int && right instanceof Type.Int) {
        return Type.union(left, right);
      }
      Type.Decimal a = decimal(left);
      Type.Decimal b = decimal(right);
      int scale = Math.max(a.scale(), b.scale());
      int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
      return new Type.Decimal(Math.min(Type.Decimal.MAX_PRECISION, whole + scale), scale);
    }
    if ((left == Type.TIMESTAMPTZ && isPoint(right))
        || (isPoint(left) && right == Type.TIMESTAMPTZ)) {
      return Type.TIMESTAMPTZ;
    }
    if ((left == Type.DATE && right == Type.TIMESTAMP)
        || (left == Type.TIMESTAMP && right == Type.DATE)) {
      return Type.TIMESTAMP;
    }
    return Type.union(left, right);
  }

  private static boolean isPoint(Type type) {
    return type == Type.DATE || type == Type.TIMESTAMP;
  }

  /// The decimal type that holds all values of an exact numeric type.
  static Type.Decimal decimal(Type type) {
    return switch (type) {
      case Type.Decimal decimal -> decimal;
      case Type.Int(int bits) ->
          new Type.Decimal(bits == 64 ? 19 : bits == 32 ? 10 : bits == 16 ? 5 : 3, 0);
      default -> throw new IllegalArgumentException("not an exact number: " + type);
    };
  }

  // ---- comparisons

  static Op comparison(SqlKind kind) {
    return switch (kind) {
      case EQUALS -> Op.EQ;
      case NOT_EQUALS -> Op.NE;
      case LESS_THAN -> Op.LT;
      case LESS_THAN_OR_EQUAL -> Op.LE;
      case GREATER_THAN -> Op.GT;
      case GREATER_THAN_OR_EQUAL -> Op.GE;
      default -> throw new IllegalArgumentException("not a comparison: " + kind);
    };
  }

  static Expr compare(Op op, Expr left, Expr right) {
    if (left.type().isJson() || right.type().isJson()) {
      return JsonLowering.compare(op, left, right);
    }
    List<Expr> sides = alike(left, right);
    return ComparisonFunctions.compare(op, Rules.SQL, sides.get(0), sides.get(1));
  }

  /// Both sides in one type that can be compared cell by cell.
  static List<Expr> alike(Expr left, Expr right) {
    Type a = left.type();
    Type b = right.type();
    if (a.equals(b)) {
      return List.of(left, right);
    }
    if (a instanceof Type.ListOf && right instanceof Expr.Lit && b == Type.STRING) {
      return List.of(left, cast(right, a));
    }
    if (b instanceof Type.ListOf && left instanceof Expr.Lit && a == Type.STRING) {
      return List.of(cast(left, b), right);
    }
    if (right instanceof Expr.Lit literal && isLossless(literal, a)) {
      return List.of(left, cast(right, a));
    }
    if (left instanceof Expr.Lit literal && isLossless(literal, b)) {
      return List.of(cast(left, b), right);
    }
    if (a instanceof Type.Int && b instanceof Type.Int) {
      return List.of(left, right);
    }
    if (a instanceof Type.Decimal(_, int s) && b instanceof Type.Decimal(_, int t) && s == t) {
      return List.of(left, right);
    }
    Type common = common(a, b);
    return common == Type.ANY
        ? List.of(left, right)
        : List.of(cast(left, common), cast(right, common));
  }

  private static boolean isLossless(Expr.Lit literal, Type type) {
    if (literal.value().isNull()) {
      return true;
    }
    return switch (type) {
      case Type.Int(int bits) ->
          switch (literal.value()) {
            case Value.Int(long v) -> v << (64 - bits) >> (64 - bits) == v;
            case Value.Dec(BigDecimal v) -> fits(v, new Type.Decimal(bits == 64 ? 18 : 4, 0));
            default -> false;
          };
      case Type.Decimal decimal ->
          switch (literal.value()) {
            case Value.Int(long v) -> fits(BigDecimal.valueOf(v), decimal);
            case Value.Dec(BigDecimal v) -> fits(v, decimal);
            default -> false;
          };
      case Type.Floating _ ->
          literal.value() instanceof Value.Int || literal.value() instanceof Value.Dec;
      default -> false;
    };
  }

  private static boolean fits(BigDecimal value, Type.Decimal type) {
    BigDecimal plain = value.stripTrailingZeros();
    return plain.scale() <= type.scale()
        && plain.precision() - plain.scale() <= type.precision() - type.scale();
  }

  // ---- arithmetic

  static Expr arithmetic(ArithmeticFunctions.Op op, Expr left, Expr right) {
    Type a = left.type();
    Type b = right.type();
    Expr x = left;
    Expr y = right;
    if (a.isNumeric() && b.isNumeric()) {
      if (a instanceof Type.Floating || b instanceof Type.Floating) {
        x = cast(left, Type.FLOAT64);
        y = cast(right, Type.FLOAT64);
      } else if (a instanceof Type.Decimal || b instanceof Type.Decimal) {
        x = asDecimal(left);
        y = asDecimal(right);
      }
    }
    return ArithmeticFunctions.of(op).call(new ArrayList<>(List.of(x, y)));
  }

  private static Expr asDecimal(Expr expr) {
    if (expr instanceof Expr.Lit(Value.Int(long v), _)) {
      return Expr.lit(Value.of(BigDecimal.valueOf(v)));
    }
    return cast(expr, decimal(expr.type()));
  }
}
