package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;

/// Joins and lateral joins.
final class JoinLowering {
  private final RelLowering rels;

  JoinLowering(RelLowering rels) {
    this.rels = rels;
  }

  Relation lower(Join join) {
    return lower(join, rels.lower(join.getLeft()), rels.lower(join.getRight()));
  }

  Relation lower(Join join, Relation left, Relation right) {
    JoinKind kind = kind(join.getJoinType());
    List<Column> both = new ArrayList<>(left.fields());
    both.addAll(right.fields());
    if (hasSubQuery(join.getCondition())) {
      return withSubQuery(join, kind, left, right, both);
    }
    Expr condition = new RexLowering(rels, new Rows(null, both)).condition(join.getCondition());
    if (kind == JoinKind.INNER && right.plan().equals(LogicalNode.Values.UNIT)) {
      boolean isAll = condition.equals(Expr.TRUE);
      return new Relation(
          isAll ? left.plan() : new LogicalNode.Filter(left.plan(), condition), both);
    }
    LogicalNode plan = new LogicalNode.Join(kind, left.plan(), right.plan(), condition, null);
    return new Relation(plan, fields(kind, left, right));
  }

  private Relation withSubQuery(
      Join join, JoinKind kind, Relation left, Relation right, List<Column> both) {
    if (kind != JoinKind.INNER) {
      throw Errors.unsupported(null, "a subquery in the ON of an outer join");
    }
    Rows rows =
        new Rows(
            new LogicalNode.Join(JoinKind.INNER, left.plan(), right.plan(), Expr.TRUE, null), both);
    rels.correlated(
        join.getVariablesSet(),
        both,
        () -> {
          new ConditionLowering(rels, rows).apply(join.getCondition());
          return rows;
        });
    return new Relation(rows.planned(), both);
  }

  private static boolean hasSubQuery(RexNode condition) {
    return RexFinder.find(condition, n -> n instanceof RexSubQuery);
  }

  Relation lower(Correlate correlate) {
    Relation left = rels.lower(correlate.getLeft());
    JoinKind kind = kind(correlate.getJoinType());
    Relation right =
        rels.correlated(
            Set.of(correlate.getCorrelationId()),
            left.fields(),
            () -> rels.lower(correlate.getRight()));
    LogicalNode plan = new LogicalNode.Apply(kind, left.plan(), right.plan(), Expr.TRUE, null);
    return new Relation(plan, fields(kind, left, right));
  }

  private static List<Column> fields(JoinKind kind, Relation left, Relation right) {
    List<Column> fields = new ArrayList<>();
    boolean leftNullable = kind == JoinKind.RIGHT || kind == JoinKind.FULL;
    boolean rightNullable = kind == JoinKind.LEFT || kind == JoinKind.FULL;
    left.fields().forEach(c -> fields.add(leftNullable ? c.asNullable() : c));
    if (kind != JoinKind.SEMI && kind != JoinKind.ANTI) {
      right.fields().forEach(c -> fields.add(rightNullable ? c.asNullable() : c));
    }
    return fields;
  }

  private static JoinKind kind(JoinRelType type) {
    return switch (type) {
      case INNER -> JoinKind.INNER;
      case LEFT -> JoinKind.LEFT;
      case RIGHT -> JoinKind.RIGHT;
      case FULL -> JoinKind.FULL;
      case SEMI -> JoinKind.SEMI;
      case ANTI -> JoinKind.ANTI;
      default -> throw Errors.unsupported(null, "a join of kind " + type);
    };
  }
}
