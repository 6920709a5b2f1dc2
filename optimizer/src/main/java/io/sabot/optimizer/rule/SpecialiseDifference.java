package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.ListFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares single edges that must differ pair by pair, so that a pair is tested as soon as both
/// are there, and by identifier.
///
/// `all_different(e, f)` => `NOT same_term(e, f)`
///
/// Only edges that cannot be null: a null edge differs from all others.
final class SpecialiseDifference implements ExprRule {
  @Override
  public @Nullable Expr apply(Expr expr, Nullability nulls) {
    if (!(expr instanceof Expr.Call(var function, var args, _))
        || !function.equals(ListFunctions.ALL_DIFFERENT)
        || !args.stream().allMatch(e -> e.type() == Type.EDGE && !nulls.mayBeNull(e))) {
      return null;
    }
    List<Expr> pairs = new ArrayList<>();
    for (int i = 0; i < args.size(); i++) {
      for (int j = i + 1; j < args.size(); j++) {
        Expr same = ComparisonFunctions.sameTerm(args.get(i), args.get(j));
        pairs.add(LogicFunctions.NOT.call(same));
      }
    }
    return LogicFunctions.and(pairs);
  }
}
