package io.sabot.parser.sql;

import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/// A WHERE or HAVING condition: conjunct by conjunct, with subqueries that only select rows as semi
/// and anti joins. The plain conjuncts come first, below the subqueries.
final class ConditionLowering {
  private final RelLowering rels;
  private final Rows rows;

  ConditionLowering(RelLowering rels, Rows rows) {
    this.rels = rels;
    this.rows = rows;
  }

  void apply(RexNode condition) {
    List<RexNode> plain = new ArrayList<>();
    List<RexNode> nested = new ArrayList<>();
    for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
      (hasSubQuery(conjunct) ? nested : plain).add(conjunct);
    }
    filter(plain);
    nested.forEach(this::nested);
  }

  private void filter(List<RexNode> conjuncts) {
    if (conjuncts.isEmpty()) {
      return;
    }
    RexLowering lowering = new RexLowering(rels, rows);
    List<Expr> exprs = conjuncts.stream().map(lowering::condition).toList();
    rows.put(new LogicalNode.Filter(rows.planned(), RelLowering.and(exprs)));
  }

  private void nested(RexNode conjunct) {
    SubQueryLowering subqueries = new SubQueryLowering(rels, rows);
    if (conjunct instanceof RexSubQuery query && isTest(query)) {
      subqueries.select(query, JoinKind.SEMI);
      return;
    }
    if (conjunct.getKind() == SqlKind.NOT
        && ((RexCall) conjunct).getOperands().getFirst() instanceof RexSubQuery query
        && query.getKind() == SqlKind.EXISTS) {
      subqueries.select(query, JoinKind.ANTI);
      return;
    }
    filter(List.of(conjunct));
  }

  private static boolean isTest(RexSubQuery query) {
    return query.getKind() == SqlKind.EXISTS
        || query.getKind() == SqlKind.IN
        || query.getKind() == SqlKind.SOME;
  }

  private static boolean hasSubQuery(RexNode node) {
    return RexFinder.find(node, n -> n instanceof RexSubQuery);
  }
}
