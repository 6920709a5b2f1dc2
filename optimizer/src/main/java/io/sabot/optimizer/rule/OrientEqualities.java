package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.Join;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Writes the equalities of a join condition with the left side first, so that the same condition
/// looks the same in whichever language and order it was written.
///
/// ```
/// join inner b.k = a.k        join inner a.k = b.k
///   $a                     =>   $a
///   $b                          $b
/// ```
final class OrientEqualities implements Rule {
  /// By name; each is symmetric.
  private static final Set<String> EQUALITIES =
      Set.of("eq", "sql.eq", "cy.eq", "sp.eq", "same_term", "not_distinct");

  @Override
  public Optional<LogicalNode> apply(LogicalNode node, RuleContext context) {
    if (!(node instanceof Join join)) {
      return Optional.empty();
    }
    Conjuncts sides = new Conjuncts(join.left(), join.right());
    List<Expr> oriented = new ArrayList<>();
    boolean changed = false;
    for (Expr conjunct : LogicFunctions.conjuncts(join.condition())) {
      if (conjunct instanceof Expr.Call call && isReversed(call, sides)) {
        List<Expr> swapped = List.of(call.args().get(1), call.args().get(0));
        oriented.add(new Expr.Call(call.function(), swapped, call.type()));
        changed = true;
      } else {
        oriented.add(conjunct);
      }
    }
    return changed
        ? Optional.of(
            new Join(
                join.kind(), join.left(), join.right(), LogicFunctions.and(oriented), join.mark()))
        : Optional.empty();
  }

  private static boolean isReversed(Expr.Call call, Conjuncts sides) {
    if (!EQUALITIES.contains(call.function().name()) || call.args().size() != 2) {
      return false;
    }
    Expr first = call.args().get(0);
    Expr second = call.args().get(1);
    return sides.readsRight(first)
        && !sides.readsLeft(first)
        && sides.readsLeft(second)
        && !sides.readsRight(second);
  }
}
