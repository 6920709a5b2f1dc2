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
import io.sabot.plan.logical.WindowCall.Exclusion;
import io.sabot.plan.logical.WindowCall.Frame;
import io.sabot.plan.logical.WindowCall.Unit;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.OrderMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

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
    if (over.isDistinct()) {
      throw Errors.unsupported(null, "DISTINCT in a window function");
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
    RexWindow window = over.getWindow();
    boolean isGroups = window.partitionKeys.stream().anyMatch(GroupFrames::isMark);
    List<Expr> partition =
        rex.all(window.partitionKeys.stream().filter(key -> !GroupFrames.isMark(key)).toList());
    List<SortKey> order = new ArrayList<>();
    for (RexFieldCollation key : window.orderKeys) {
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
            isGroups ? Unit.GROUPS : window.isRows() ? Unit.ROWS : Unit.RANGE,
            bound(window, window.getLowerBound()),
            bound(window, window.getUpperBound()),
            excluded(window.getExclude()));
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
    WindowCall call = new WindowCall(out, name, args, partition, order, frame, over.ignoreNulls());
    rows.put(new LogicalNode.Window(rows.planned(), List.of(call)));
    return kind == SqlKind.SUM0
        ? LogicFunctions.COALESCE.call(out.ref(), Coercion.cast(Expr.lit(Value.of(0L)), type))
        : out.ref();
  }

  private static Type rankingType(SqlKind kind, List<Expr> args, RexOver over) {
    return switch (kind) {
      case LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE -> args.getFirst().type();
      case PERCENT_RANK, CUME_DIST -> Type.FLOAT64;
      case ROW_NUMBER, RANK, DENSE_RANK, NTILE -> Type.INT64;
      default ->
          throw Errors.unsupported(null, "the window function " + over.getAggOperator().getName());
    };
  }

  private static Exclusion excluded(RexWindowExclusion excluded) {
    return switch (excluded) {
      case EXCLUDE_NO_OTHER -> Exclusion.NO_OTHERS;
      case EXCLUDE_CURRENT_ROW -> Exclusion.CURRENT_ROW;
      case EXCLUDE_GROUP -> Exclusion.GROUP;
      case EXCLUDE_TIES -> Exclusion.TIES;
    };
  }

  private Bound bound(RexWindow window, RexWindowBound bound) {
    if (bound.isCurrentRow()) {
      return Bound.of(BoundKind.CURRENT_ROW);
    }
    boolean before = bound.isPreceding();
    if (bound.isUnbounded()) {
      return Bound.of(before ? BoundKind.UNBOUNDED_PRECEDING : BoundKind.UNBOUNDED_FOLLOWING);
    }
    Expr offset = rex.lower(java.util.Objects.requireNonNull(bound.getOffset()));
    if (!(offset instanceof Expr.Lit(var distance, _)) || !suits(window, distance)) {
      throw Errors.unsupported(
          null,
          window.isRows()
              ? "a frame of ROWS or GROUPS whose offset is not a whole number"
              : "a frame of RANGE with this offset and this order");
    }
    return new Bound(before ? BoundKind.PRECEDING : BoundKind.FOLLOWING, distance);
  }

  /// Whether a constant may be the offset of a frame: numbers for an order by a number, intervals
  /// for one by dates or times.
  private static boolean suits(RexWindow window, Value distance) {
    boolean isNumber =
        switch (distance) {
          case Value.Int _, Value.Dec _, Value.Real _ -> true;
          default -> false;
        };
    if (window.isRows()) {
      return distance instanceof Value.Int;
    }
    if (window.orderKeys.size() != 1) {
      return false;
    }
    RelDataType key = window.orderKeys.getFirst().left.getType();
    return SqlTypeUtil.isNumeric(key) && isNumber
        || SqlTypeUtil.isDatetime(key) && distance instanceof Value.Duration;
  }
}
