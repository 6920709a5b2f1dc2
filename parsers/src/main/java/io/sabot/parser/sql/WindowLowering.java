package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.AggregateFunction;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.logical.WindowCall;
import io.sabot.plan.logical.WindowCall.Bound;
import io.sabot.plan.logical.WindowCall.BoundKind;
import io.sabot.plan.logical.WindowCall.Frame;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.OrderMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.SqlKind;

/// Window functions: each puts a window node on top of the rows.
final class WindowLowering {
  private final RelLowering rels;
  private final Rows rows;
  private final RexLowering rex;

  WindowLowering(RelLowering rels, Rows rows, RexLowering rex) {
    this.rels = rels;
    this.rows = rows;
    this.rex = rex;
  }

  Expr lower(RexOver over) {
    if (rows.plan() == null) {
      throw Errors.unsupported(null, "a window function in this place");
    }
    if (over.isDistinct() || over.ignoreNulls()) {
      throw Errors.unsupported(
          null, (over.isDistinct() ? "DISTINCT" : "IGNORE NULLS") + " in a window function");
    }
    String key = over.toString();
    Expr known = rows.subqueries.get(key);
    if (known != null) {
      return known;
    }
    Expr result = call(over);
    rows.subqueries.put(key, result);
    return result;
  }

  private Expr call(RexOver over) {
    List<Expr> args = rex.all(over.getOperands());
    List<Expr> partition = rex.all(over.getWindow().partitionKeys);
    List<SortKey> order = new ArrayList<>();
    for (RexFieldCollation key : over.getWindow().orderKeys) {
      boolean descending = key.getDirection().isDescending();
      boolean nullsFirst =
          switch (key.getNullDirection()) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> descending;
          };
      order.add(new SortKey(rex.lower(key.left), descending, nullsFirst, OrderMode.SQL));
    }
    Frame frame =
        new Frame(
            over.getWindow().isRows(),
            bound(over.getWindow().getLowerBound()),
            bound(over.getWindow().getUpperBound()));
    SqlKind kind = over.getAggOperator().getKind();
    AggregateFunction aggregate = AggregateNames.find(over.getAggOperator(), args.size());
    String name =
        aggregate != null
            ? aggregate.name()
            : over.getAggOperator().getName().toLowerCase(Locale.ROOT);
    Type type =
        aggregate != null
            ? aggregate.resultType(args.stream().map(Expr::type).toList())
            : rankingType(kind, args, over);
    Column out = rels.columns.column(name, type, true);
    WindowCall call = new WindowCall(out, name, args, partition, order, frame);
    rows.put(new LogicalNode.Window(rows.planned(), List.of(call)));
    return kind == SqlKind.SUM0
        ? LogicFunctions.COALESCE.call(out.ref(), Coercion.cast(Expr.lit(Value.of(0L)), type))
        : out.ref();
  }

  private static Type rankingType(SqlKind kind, List<Expr> args, RexOver over) {
    return switch (kind) {
      case LAG, LEAD, FIRST_VALUE, LAST_VALUE -> args.getFirst().type();
      case PERCENT_RANK, CUME_DIST -> Type.FLOAT64;
      case ROW_NUMBER, RANK, DENSE_RANK, NTILE -> Type.INT64;
      default ->
          throw Errors.unsupported(null, "the window function " + over.getAggOperator().getName());
    };
  }

  private Bound bound(RexWindowBound bound) {
    if (bound.isCurrentRow()) {
      return new Bound(BoundKind.CURRENT_ROW, 0);
    }
    boolean before = bound.isPreceding();
    if (bound.isUnbounded()) {
      return new Bound(before ? BoundKind.UNBOUNDED_PRECEDING : BoundKind.UNBOUNDED_FOLLOWING, 0);
    }
    Expr offset = rex.lower(java.util.Objects.requireNonNull(bound.getOffset()));
    if (!(offset instanceof Expr.Lit(Value.Int(long rowsAway), _))) {
      throw Errors.unsupported(null, "a window frame whose offset is not a whole number");
    }
    return new Bound(before ? BoundKind.PRECEDING : BoundKind.FOLLOWING, rowsAway);
  }
}
