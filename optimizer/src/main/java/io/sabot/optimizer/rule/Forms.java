package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.math.BigDecimal;

/// Sees through changes of form, which never change a value.
final class Forms {
  private Forms() {}

  /// The expression below casts between forms, and a literal under the exact type of its value.
  static Expr strip(Expr expr) {
    return switch (expr) {
      case Expr.Cast(var input, _, var mode, _) when mode == Expr.CastMode.FORM -> strip(input);
      case Expr.Lit(var value, var type) when type == Type.ANY && !value.isNull() ->
          Expr.lit(value);
      default -> expr;
    };
  }

  /// `expr` under `type`, by a cast between forms where it has another.
  static Expr as(Expr expr, Type type) {
    if (expr.type().equals(type)) {
      return expr;
    }
    return expr instanceof Expr.Lit(var value, _)
        ? new Expr.Lit(value, type)
        : new Expr.Cast(expr, type, Expr.CastMode.FORM);
  }

  static boolean isExact(Type type) {
    return switch (type.physical()) {
      case TERM -> false;
      case BOOL, LONG, DOUBLE, DECIMAL, STRING -> true;
    };
  }

  /// A number under the kind of `other`, when it is exactly the same number there; else unchanged.
  static Expr numberAs(Expr number, Type other) {
    if (!(number instanceof Expr.Lit(var value, _))) {
      return number;
    }
    return switch (other) {
      case Type.Decimal _ when value instanceof Value.Int(long v) -> decimal(BigDecimal.valueOf(v));
      case Type.Decimal _ when value instanceof Value.Dec(var v) -> decimal(v);
      case Type.Floating _ when value instanceof Value.Int(long v) && Math.abs(v) <= 1L << 53 ->
          new Expr.Lit(Value.of((double) v), Type.FLOAT64);
      case Type.Int _ when value instanceof Value.Dec(var v) && isLong(v) ->
          new Expr.Lit(Value.of(v.longValueExact()), Type.INT64);
      case Type.Int _
          when value instanceof Value.Real(double v)
              && v == Math.rint(v)
              && Math.abs(v) <= 1L << 53 ->
          new Expr.Lit(Value.of((long) v), Type.INT64);
      default -> number;
    };
  }

  private static boolean isLong(BigDecimal v) {
    return v.stripTrailingZeros().scale() <= 0 && v.precision() - v.scale() <= 18;
  }

  private static Expr decimal(BigDecimal v) {
    BigDecimal plain = v.scale() < 0 ? v.setScale(0) : v;
    return Expr.lit(Value.of(plain));
  }
}
