package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ArithmeticFunctions;
import io.sabot.plan.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Replaces a language's own arithmetic by the common one once both operands have one exact type.
///
/// `cy.add(@cast(a, form), @cast(b, form))` => `@cast(add(a, b), form)` for two integers
///
/// Not `sp.add` on integers, whose overflow is a larger integer and not an error, and not `sp.div`,
/// which makes a decimal of two integers.
final class SpecialiseArithmetic implements ExprRule {
  @Override
  public @Nullable Expr apply(Expr expr, Nullability nulls) {
    if (!(expr instanceof Expr.Call(var function, var args, var type)) || args.size() != 2) {
      return null;
    }
    String name = function.name();
    boolean sparql = name.startsWith("sp.");
    if (!sparql && !name.startsWith("cy.")) {
      return null;
    }
    for (ArithmeticFunctions.Op op : ArithmeticFunctions.Op.values()) {
      if (!op.word().equals(name.substring(3))) {
        continue;
      }
      Expr left = Forms.strip(args.get(0));
      Expr right = Forms.strip(args.get(1));
      if (isOneKind(left.type(), right.type()) && (!sparql || isSame(op, left.type()))) {
        Expr call = ArithmeticFunctions.of(op).call(List.of(left, right));
        return Forms.as(call, type);
      }
    }
    return null;
  }

  private static boolean isOneKind(Type left, Type right) {
    return left instanceof Type.Int && right instanceof Type.Int
        || left instanceof Type.Floating && right instanceof Type.Floating;
  }

  private static boolean isSame(ArithmeticFunctions.Op op, Type type) {
    return type instanceof Type.Floating && op != ArithmeticFunctions.Op.MOD;
  }
}
