package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.function.Function;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Flattens AND and OR, drops their neutral operands, and pushes NOT into comparisons.
///
/// `and(true, and(a, b))` => `and(a, b)`, `not(eq(a, b))` => `ne(a, b)`
///
/// Not `not(lt(a, b))` => `ge(a, b)` on floats: with NaN both comparisons are false, except in SQL,
/// where NaN is above all numbers.
final class SimplifyLogic implements ExprRule {
  @Override
  public @Nullable Expr apply(Expr expr, Nullability nulls) {
    if (expr instanceof Expr.Cast cast) {
      return thereAndBack(cast);
    }
    if (!(expr instanceof Expr.Call(var function, var args, _))) {
      return null;
    }
    return switch (function.name()) {
      case "and" -> junction(function, args, Value.TRUE, Value.FALSE);
      case "or" -> junction(function, args, Value.FALSE, Value.TRUE);
      case "not" -> not(args.getFirst());
      case "is_null" -> nullTest(args.getFirst(), nulls, true);
      case "is_not_null" -> nullTest(args.getFirst(), nulls, false);
      case "is_true" -> nulls.mayBeNull(args.getFirst()) ? null : args.getFirst();
      case "sp.ebv", "cy.as_bool" -> asBoolean(args.getFirst());
      default -> null;
    };
  }

  /// What is put into the general form and taken out of it again.
  private static @Nullable Expr thereAndBack(Expr.Cast cast) {
    return cast.mode() == Expr.CastMode.FORM
            && cast.input() instanceof Expr.Cast(var input, var general, var mode, _)
            && mode == Expr.CastMode.FORM
            && general == Type.ANY
            && input.type().equals(cast.type())
        ? input
        : null;
  }

  /// @param neutral the operand that changes nothing
  /// @param absorbing the operand that decides
  private static @Nullable Expr junction(
      Function function, List<Expr> args, Value neutral, Value absorbing) {
    Set<Expr> flat = new LinkedHashSet<>();
    boolean changed = false;
    for (Expr arg : args) {
      if (arg instanceof Expr.Call(var inner, var innerArgs, _) && inner.equals(function)) {
        flat.addAll(innerArgs);
        changed = true;
      } else if (arg instanceof Expr.Lit(var value, _) && value.equals(neutral)) {
        changed = true;
      } else if (arg instanceof Expr.Lit(var value, _)
          && value.equals(absorbing)
          && flat.stream().noneMatch(ExprFacts::mayThrow)) {
        return new Expr.Lit(absorbing, Type.BOOL);
      } else {
        changed |= !flat.add(arg);
      }
    }
    if (flat.isEmpty()) {
      return new Expr.Lit(neutral, Type.BOOL);
    }
    if (flat.size() == 1) {
      return flat.iterator().next();
    }
    return changed ? new Expr.Call(function, new ArrayList<>(flat), Type.BOOL) : null;
  }

  private static @Nullable Expr not(Expr arg) {
    if (!(arg instanceof Expr.Call(var function, var args, _))) {
      return null;
    }
    switch (function.name()) {
      case "not" -> {
        return args.getFirst();
      }
      case "is_null" -> {
        return LogicFunctions.IS_NOT_NULL.call(args);
      }
      case "is_not_null" -> {
        return LogicFunctions.IS_NULL.call(args);
      }
      default -> {}
    }
    Op op = ComparisonFunctions.opOf(function);
    if (op == null || args.size() != 2) {
      return null;
    }
    boolean equality = op == Op.EQ || op == Op.NE;
    boolean total =
        ComparisonFunctions.sameKind(args.get(0).type(), args.get(1).type())
            && (function.name().startsWith("sql.")
                || !(args.get(0).type() instanceof Type.Floating));
    if (!equality && !total) {
      return null;
    }
    String name = function.name();
    String prefix = name.substring(0, name.indexOf('.') + 1);
    return Functions.named(prefix + word(negated(op))).call(args);
  }

  private static Op negated(Op op) {
    return switch (op) {
      case EQ -> Op.NE;
      case NE -> Op.EQ;
      case LT -> Op.GE;
      case GE -> Op.LT;
      case GT -> Op.LE;
      case LE -> Op.GT;
    };
  }

  private static String word(Op op) {
    return op.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static @Nullable Expr nullTest(Expr arg, Nullability nulls, boolean wanted) {
    if (arg instanceof Expr.Cast(var input, _, var mode, _) && mode == Expr.CastMode.FORM) {
      return (wanted ? LogicFunctions.IS_NULL : LogicFunctions.IS_NOT_NULL).call(input);
    }
    boolean never = !nulls.mayBeNull(arg) && ExprFacts.isMovable(arg);
    return never ? Expr.lit(Value.of(!wanted)) : null;
  }

  private static @Nullable Expr asBoolean(Expr arg) {
    if (arg.type() == Type.BOOL) {
      return arg;
    }
    return arg instanceof Expr.Cast(var input, _, var mode, _)
            && mode == Expr.CastMode.FORM
            && input.type() == Type.BOOL
        ? input
        : null;
  }
}
