package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.value.OrderMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.AsofJoin;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/// ASOF JOIN: for each left row, of the right rows that match, the nearest one.
final class AsofLowering {
  private final RelLowering rels;

  AsofLowering(RelLowering rels) {
    this.rels = rels;
  }

  Relation lower(AsofJoin join) {
    Relation left = rels.lower(join.getLeft());
    Relation right = rels.lower(join.getRight());
    List<Column> both = new ArrayList<>(left.fields());
    both.addAll(right.fields());
    RexLowering rex = new RexLowering(rels, new Rows(null, both));
    if (!(join.getMatchCondition() instanceof RexCall match) || match.getOperands().size() != 2) {
      throw Errors.unsupported(null, "this MATCH_CONDITION");
    }
    Expr first = rex.lower(match.getOperands().get(0));
    Expr second = rex.lower(match.getOperands().get(1));
    boolean isRightFirst = right.fields().containsAll(first.columns());
    boolean isUpward = upward(match.getKind(), match);
    // right <= left: the largest is the nearest; right >= left: the smallest.
    boolean takesLargest = isRightFirst == isUpward;
    LogicalNode matching =
        new LogicalNode.Filter(
            right.plan(),
            LogicFunctions.and(
                List.of(
                    rex.condition(join.getCondition()), rex.condition(join.getMatchCondition()))));
    SortKey key = new SortKey(isRightFirst ? first : second, takesLargest, false, OrderMode.SQL);
    LogicalNode nearest =
        new LogicalNode.Limit(
            new LogicalNode.Sort(matching, List.of(key)), null, Expr.lit(Value.of(1L)), false);
    boolean isLeft = join.getJoinType() == JoinRelType.LEFT_ASOF;
    LogicalNode plan =
        new LogicalNode.Apply(
            isLeft ? JoinKind.LEFT : JoinKind.INNER, left.plan(), nearest, Expr.TRUE, null);
    List<Column> fields = new ArrayList<>(left.fields());
    right.fields().forEach(c -> fields.add(isLeft ? c.asNullable() : c));
    return new Relation(plan, fields);
  }

  /// Whether the condition is `first <= second` or `first < second`.
  private static boolean upward(SqlKind kind, RexNode match) {
    return switch (kind) {
      case LESS_THAN, LESS_THAN_OR_EQUAL -> true;
      case GREATER_THAN, GREATER_THAN_OR_EQUAL -> false;
      default -> throw Errors.unsupported(null, "the MATCH_CONDITION " + match);
    };
  }
}
