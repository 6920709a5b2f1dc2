package io.sabot.optimizer.rule;

import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.Casts;
import io.sabot.plan.function.ConstantContext;
import io.sabot.plan.function.Function;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Evaluates calls of immutable functions on constants.
///
/// `add(1, 2)` => `3`, `@case(false -> a, else b)` => `b`
///
/// Not one that raises an error: `div(1, 0)` in the branch of a CASE that is never taken must not
/// fail the query; it stays and fails when it is reached.
final class FoldConstants implements ExprRule {
  private static final ConstantContext CONTEXT = new ConstantContext();

  @Override
  public @Nullable Expr apply(Expr expr, Nullability nulls) {
    return switch (expr) {
      case Expr.Call call -> call(call);
      case Expr.Cast(Expr.Lit(var value, _), var type, var mode, _) -> {
        if (mode == Expr.CastMode.FORM) {
          yield new Expr.Lit(value, type);
        }
        try {
          yield new Expr.Lit(Casts.cast(value, type, mode), type);
        } catch (QueryException | IllegalStateException failsWhenReached) {
          yield null;
        }
      }
      case Expr.Case cases -> cases(cases);
      default -> null;
    };
  }

  private static @Nullable Expr call(Expr.Call call) {
    Function function = call.function();
    if (function.equals(LogicFunctions.COALESCE)) {
      return coalesce(call);
    }
    if (function.volatility() != Function.Volatility.IMMUTABLE) {
      return null;
    }
    List<Expr> args = call.args();
    boolean strict = function.nulls() == Function.Nulls.STRICT;
    if (strict
        && args.stream().anyMatch(FoldConstants::isNull)
        && args.stream().allMatch(ExprFacts::isMovable)) {
      return Expr.nullOf(call.type());
    }
    Value[] values = new Value[args.size()];
    for (int i = 0; i < values.length; i++) {
      if (!(args.get(i) instanceof Expr.Lit(var value, _))) {
        return null;
      }
      values[i] = value;
    }
    try {
      Value result = function.evaluate(values, CONTEXT);
      return new Expr.Lit(asStored(result, call.type()), call.type());
    } catch (QueryException | IllegalStateException | ClassCastException failsWhenReached) {
      return null;
    }
  }

  /// The value as a column of the type would hold it: a quotient has as many digits as its type, or
  /// what is computed from it would depend on whether it was folded.
  private static Value asStored(Value value, Type type) {
    return value instanceof Value.Dec && type instanceof Type.Decimal
        ? Casts.cast(value, type, Expr.CastMode.SQL)
        : value;
  }

  private static boolean isNull(Expr expr) {
    return expr instanceof Expr.Lit(var value, _) && value.isNull();
  }

  private static @Nullable Expr coalesce(Expr.Call call) {
    List<Expr> kept = new ArrayList<>();
    for (Expr arg : call.args()) {
      if (!isNull(arg)) {
        kept.add(arg);
      }
      if (arg instanceof Expr.Lit && !isNull(arg)) {
        break;
      }
    }
    if (kept.isEmpty()) {
      return Expr.nullOf(call.type());
    }
    if (kept.size() == 1 && kept.getFirst().type().equals(call.type())) {
      return kept.getFirst();
    }
    return kept.size() == call.args().size()
        ? null
        : new Expr.Call(call.function(), kept, call.type());
  }

  private static @Nullable Expr cases(Expr.Case cases) {
    List<Expr.When> kept = new ArrayList<>();
    Expr otherwise = cases.otherwise();
    for (Expr.When when : cases.branches()) {
      if (when.condition().equals(Expr.TRUE)) {
        otherwise = when.result();
        break;
      }
      if (!(when.condition() instanceof Expr.Lit)) {
        kept.add(when);
      }
    }
    if (kept.isEmpty()) {
      return otherwise.type().equals(cases.type())
          ? otherwise
          : new Expr.Cast(otherwise, cases.type(), Expr.CastMode.FORM);
    }
    return kept.size() == cases.branches().size()
        ? null
        : new Expr.Case(kept, otherwise, cases.type());
  }
}
