package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes what all branches of an OR require out of it, where it can be a join key.
///
/// `or(and(a, x), and(a, y))` => `and(a, or(x, y))`
///
/// Three-valued logic is distributive, so this holds with nulls; not when a factor may raise an
/// error, because it then runs for other rows.
final class ExtractCommonFactor implements ExprRule {
  @Override
  public @Nullable Expr apply(Expr expr, Nullability nulls) {
    if (!(expr instanceof Expr.Call(var function, var args, _))
        || !function.equals(LogicFunctions.OR)
        || args.size() < 2) {
      return null;
    }
    List<Expr> common = new ArrayList<>(LogicFunctions.conjuncts(args.getFirst()));
    for (Expr branch : args) {
      common.retainAll(LogicFunctions.conjuncts(branch));
    }
    common.removeIf(f -> !ExprFacts.isMovable(f));
    if (common.isEmpty()) {
      return null;
    }
    List<Expr> rests = new ArrayList<>();
    for (Expr branch : args) {
      List<Expr> rest = new ArrayList<>(LogicFunctions.conjuncts(branch));
      rest.removeAll(common);
      if (rest.isEmpty()) {
        rests.clear();
        break;
      }
      rests.add(LogicFunctions.and(rest));
    }
    List<Expr> factors = new ArrayList<>(common);
    if (!rests.isEmpty()) {
      factors.add(new Expr.Call(LogicFunctions.OR, rests, Type.BOOL));
    }
    return LogicFunctions.and(factors);
  }
}
