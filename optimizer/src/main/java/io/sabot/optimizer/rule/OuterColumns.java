package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanExprs;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Replaces columns of an enclosing left side within a correlated side.
final class OuterColumns {
  private OuterColumns() {}

  /// @param gone the columns that will not be there any more
  /// @return null when a node reads one of them other than in an expression
  static @Nullable LogicalNode substitute(
      LogicalNode node, Map<Column, Expr> definitions, Set<Column> gone) {
    boolean[] stuck = {false};
    LogicalNode result = walk(node, definitions, gone, stuck);
    return stuck[0] ? null : result;
  }

  private static LogicalNode walk(
      LogicalNode node, Map<Column, Expr> definitions, Set<Column> gone, boolean[] stuck) {
    LogicalNode below = node.mapInputs(input -> walk(input, definitions, gone, stuck));
    LogicalNode result = PlanExprs.map(below, e -> ExprFacts.substitute(e, definitions));
    Set<Column> reads = new LinkedHashSet<>(PlanExprs.reads(result));
    PlanExprs.of(result).forEach(e -> reads.removeAll(e.columns()));
    reads.retainAll(gone);
    stuck[0] |= !reads.isEmpty();
    return result;
  }
}
