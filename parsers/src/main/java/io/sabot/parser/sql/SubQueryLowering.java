package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Aggregates;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanExprs;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.EqMode;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.jspecify.annotations.Nullable;

/// Queries inside expressions: each becomes a join with the rows around it.
final class SubQueryLowering {
  private final RelLowering rels;
  private final Rows rows;

  SubQueryLowering(RelLowering rels, Rows rows) {
    this.rels = rels;
    this.rows = rows;
  }

  /// The value of a subquery as an expression over the rows, which are joined with it.
  Expr lower(RexSubQuery query) {
    if (rows.plan() == null) {
      throw Errors.unsupported(null, "a subquery in this place");
    }
    String key = query.toString();
    Expr known = rows.subqueries.get(key);
    if (known != null) {
      return known;
    }
    Expr result =
        switch (query.getKind()) {
          case SCALAR_QUERY -> scalar(query);
          case EXISTS, IN, SOME -> mark(query);
          case ARRAY_QUERY_CONSTRUCTOR -> array(query);
          default -> throw Errors.unsupported(null, "a subquery of kind " + query.getKind());
        };
    rows.subqueries.put(key, result);
    return result;
  }

  /// Keeps the rows for which the test is true (SEMI) or has no match (ANTI).
  void select(RexSubQuery query, JoinKind kind) {
    List<Expr> tested = operands(query);
    Relation sub = rels.lower(query.rel);
    attach(kind, sub, condition(query, tested, sub), null);
  }

  private Expr mark(RexSubQuery query) {
    List<Expr> tested = operands(query);
    Relation sub = rels.lower(query.rel);
    Column mark = rels.columns.column("mark", Type.BOOL, true);
    attach(JoinKind.MARK, sub, condition(query, tested, sub), mark);
    return mark.ref();
  }

  private Expr scalar(RexSubQuery query) {
    Relation sub = rels.lower(query.rel);
    attach(JoinKind.SINGLE, sub, Expr.TRUE, null);
    return sub.field(0).asNullable().ref();
  }

  private Expr array(RexSubQuery query) {
    Relation sub = rels.lower(query.rel);
    Column element = sub.field(0);
    Column list = rels.columns.column("list", new Type.ListOf(element.type()), false);
    LogicalNode collected =
        new LogicalNode.Aggregate(
            sub.plan(),
            List.of(),
            List.of(),
            List.of(
                new AggregateCall(
                    list,
                    Aggregates.COLLECT_ALL,
                    List.of(element.ref()),
                    false,
                    EqMode.SQL,
                    null,
                    List.of())),
            EqMode.SQL);
    attach(JoinKind.SINGLE, new Relation(collected, List.of(list)), Expr.TRUE, null);
    return list.asNullable().ref();
  }

  private List<Expr> operands(RexSubQuery query) {
    RexLowering lowering = new RexLowering(rels, rows);
    return query.getOperands().stream().map(lowering::lower).toList();
  }

  private static Expr condition(RexSubQuery query, List<Expr> tested, Relation sub) {
    if (query.getKind() == SqlKind.EXISTS) {
      return Expr.TRUE;
    }
    SqlKind comparison =
        query.getOperator() instanceof SqlQuantifyOperator quantified
            ? quantified.comparisonKind
            : SqlKind.EQUALS;
    ComparisonFunctions.Op op = Coercion.comparison(comparison);
    List<Expr> parts = new ArrayList<>();
    for (int i = 0; i < tested.size(); i++) {
      parts.add(Coercion.compare(op, tested.get(i), sub.field(i).ref()));
    }
    return LogicFunctions.and(parts);
  }

  private void attach(JoinKind kind, Relation sub, Expr condition, @Nullable Column mark) {
    LogicalNode left = rows.planned();
    rows.put(
        isCorrelated(sub.plan())
            ? new LogicalNode.Apply(kind, left, sub.plan(), condition, mark)
            : new LogicalNode.Join(kind, left, sub.plan(), condition, mark));
  }

  /// Whether the plan reads columns that nothing inside it makes.
  private static boolean isCorrelated(LogicalNode plan) {
    return !PlanExprs.free(plan).isEmpty();
  }
}
