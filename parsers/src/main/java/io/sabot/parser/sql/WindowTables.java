package io.sabot.parser.sql;

import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Aggregates;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.Functions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.function.SqlFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.logical.WindowCall;
import io.sabot.plan.logical.WindowCall.Bound;
import io.sabot.plan.logical.WindowCall.BoundKind;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.OrderMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWindowTableFunction;

/// The rows of a table with the windows of time they are in: `TABLE(TUMBLE(TABLE t, DESCRIPTOR(c),
/// size [, offset]))`, `HOP(..., slide, size [, offset])` and `SESSION(TABLE t, DESCRIPTOR(c),
/// [DESCRIPTOR(key),] gap)`; each row gets `window_start` and `window_end`. Rows without a time are
/// in no window.
final class WindowTables {
  private static final Expr NO_OFFSET = new Expr.Lit(new Value.Duration(0, 0, 0, 0), Type.INTERVAL);

  private final RelLowering rels;

  WindowTables(RelLowering rels) {
    this.rels = rels;
  }

  static boolean isOne(RexCall call) {
    return call.getOperator() instanceof SqlWindowTableFunction;
  }

  Relation lower(TableFunctionScan scan) {
    Relation input = rels.lower(scan.getInput(0));
    RexCall call = (RexCall) scan.getCall();
    RexLowering rex = new RexLowering(rels, new Rows(null, List.of()));
    List<Column> described = new ArrayList<>();
    List<Expr> spans = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      if (operand.getKind() == SqlKind.DESCRIPTOR) {
        ((RexCall) operand)
            .getOperands()
            .forEach(field -> described.add(input.field(((RexInputRef) field).getIndex())));
      } else {
        spans.add(rex.lower(operand));
      }
    }
    Column time = described.getFirst();
    LogicalNode rows =
        new LogicalNode.Filter(input.plan(), LogicFunctions.IS_NOT_NULL.call(time.ref()));
    return switch (call.getOperator().getName()) {
      case "TUMBLE" -> tumble(input, rows, time, spans);
      case "HOP" -> hop(input, rows, time, spans);
      case "SESSION" ->
          session(input, rows, time, described.subList(1, described.size()), spans.getFirst());
      default ->
          throw Errors.unsupported(null, "the table function " + call.getOperator().getName());
    };
  }

  private Relation tumble(Relation input, LogicalNode rows, Column time, List<Expr> spans) {
    Expr offset = spans.size() > 1 ? spans.get(1) : NO_OFFSET;
    Expr first =
        new Expr.Call(
            Functions.named("sql.tumble"),
            List.of(time.ref(), spans.getFirst(), offset),
            Type.TIMESTAMP);
    Column start = rels.columns.column("window_start", Type.TIMESTAMP, false);
    LogicalNode plan = new LogicalNode.Extend(rows, List.of(new Assignment(start, first)));
    return ended(input, plan, start, start, spans.getFirst());
  }

  private Relation hop(Relation input, LogicalNode rows, Column time, List<Expr> spans) {
    Expr offset = spans.size() > 2 ? spans.get(2) : NO_OFFSET;
    Expr starts =
        new Expr.Call(
            Functions.named("sql.hop"),
            List.of(time.ref(), spans.get(0), spans.get(1), offset),
            new Type.ListOf(Type.TIMESTAMP));
    Column start = rels.columns.column("window_start", Type.TIMESTAMP, false);
    LogicalNode plan = new LogicalNode.Unnest(rows, starts, start, null, false);
    return ended(input, plan, start, start, spans.get(1));
  }

  /// A row starts a session if the one before it is further away than the gap, or just as far.
  private Relation session(
      Relation input, LogicalNode rows, Column time, List<Column> keys, Expr gap) {
    List<Expr> key = keys.stream().map(k -> (Expr) k.ref()).toList();
    Column before = rels.columns.column("before", Type.TIMESTAMP, true);
    LogicalNode plan = window(rows, call(before, "lag", time.ref(), key, time, false));
    Expr isNear = Coercion.compare(ComparisonFunctions.Op.LT, time.ref(), plus(before.ref(), gap));
    Expr starts =
        new Expr.Case(
            List.of(new Expr.When(isNear, Expr.lit(Value.of(0L)))),
            Expr.lit(Value.of(1L)),
            Type.INT64);
    Column opens = rels.columns.column("opens", Type.INT64, false);
    plan = new LogicalNode.Extend(plan, List.of(new Assignment(opens, starts)));
    Column number = rels.columns.column("session", Type.INT64, true);
    plan = window(plan, call(number, Aggregates.SUM.name(), opens.ref(), key, time, false));
    List<Expr> session = new ArrayList<>(key);
    session.add(number.ref());
    Column start = rels.columns.column("window_start", Type.TIMESTAMP, true);
    plan = window(plan, call(start, Aggregates.MIN.name(), time.ref(), session, time, true));
    Column last = rels.columns.column("last", Type.TIMESTAMP, true);
    plan = window(plan, call(last, Aggregates.MAX.name(), time.ref(), session, time, true));
    return ended(input, plan, start, last, gap);
  }

  private static LogicalNode window(LogicalNode input, WindowCall call) {
    return new LogicalNode.Window(input, List.of(call));
  }

  private static WindowCall call(
      Column out, String function, Expr arg, List<Expr> partition, Column order, boolean isWhole) {
    SortKey key = new SortKey(order.ref(), false, false, OrderMode.SQL);
    Bound end = Bound.of(isWhole ? BoundKind.UNBOUNDED_FOLLOWING : BoundKind.CURRENT_ROW);
    WindowCall.Frame frame =
        new WindowCall.Frame(
            WindowCall.Unit.ROWS,
            Bound.of(BoundKind.UNBOUNDED_PRECEDING),
            end,
            WindowCall.Exclusion.NO_OTHERS);
    return new WindowCall(out, function, List.of(arg), partition, List.of(key), frame, false);
  }

  /// The rows with their windows, each of which ends a span after a time of its own.
  private Relation ended(Relation input, LogicalNode plan, Column start, Column last, Expr span) {
    Column end = rels.columns.column("window_end", Type.TIMESTAMP, start.nullable());
    List<Column> fields = new ArrayList<>(input.fields());
    fields.add(start);
    fields.add(end);
    return new Relation(
        new LogicalNode.Extend(plan, List.of(new Assignment(end, plus(last.ref(), span)))), fields);
  }

  private static Expr plus(Expr time, Expr span) {
    return new Expr.Call(SqlFunctions.PLUS_INTERVAL, List.of(time, span), Type.TIMESTAMP);
  }
}
