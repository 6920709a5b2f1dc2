package io.sabot.exec.scan;

import io.sabot.exec.batch.Cells;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import io.sabot.store.segment.Segment;
import io.sabot.store.segment.ZoneMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Tells from zone maps that no row of a segment can satisfy a predicate. Looks at conjuncts that
/// compare an integer, date, timestamp or narrow decimal column with a constant.
public final class ZoneFilter {
  private final List<Bound> bounds = new ArrayList<>();

  private record Bound(int columnId, Op op, long operand) {}

  /// @param columnIds stored column by plan column
  public ZoneFilter(Expr predicate, Map<Column, Integer> columnIds) {
    for (Expr conjunct : LogicFunctions.conjuncts(predicate)) {
      if (conjunct instanceof Expr.Call(var function, var args, _) && args.size() == 2) {
        Op op = ComparisonFunctions.opOf(function);
        if (op != null && function.name().indexOf('.') < 0) {
          add(op, args.get(0), args.get(1), columnIds);
          add(op.flipped(), args.get(1), args.get(0), columnIds);
        }
      }
    }
  }

  private void add(Op op, Expr left, Expr right, Map<Column, Integer> columnIds) {
    if (!(left instanceof Expr.Col(Column column))
        || !(right instanceof Expr.Lit(Value value, Type type))
        || value.isNull()
        || !columnIds.containsKey(column)) {
      return;
    }
    Physical kind = column.type().physical();
    if (type.physical() != kind) {
      return;
    }
    if (kind == Physical.LONG) {
      bounds.add(new Bound(columnIds.get(column), op, Cells.asLong(value, type)));
    } else if (kind == Physical.DECIMAL
        && ((Type.Decimal) column.type()).precision() <= 18
        && Cells.scale(type) == Cells.scale(column.type())) {
      var unscaled = Cells.unscaled(value, (Type.Decimal) type);
      if (unscaled.bitLength() < 64) {
        bounds.add(new Bound(columnIds.get(column), op, unscaled.longValue()));
      }
    }
  }

  public boolean mayMatch(Segment segment) {
    for (Bound bound : bounds) {
      ZoneMap zone = segment.zone(bound.columnId());
      if (zone.isAllNull()) {
        return false;
      }
      if (zone.hasBounds() && !overlaps(zone, bound)) {
        return false;
      }
    }
    return true;
  }

  private static boolean overlaps(ZoneMap zone, Bound bound) {
    long operand = bound.operand();
    return switch (bound.op()) {
      case EQ -> zone.min() <= operand && operand <= zone.max();
      case NE -> zone.min() != operand || zone.max() != operand;
      case LT -> zone.min() < operand;
      case LE -> zone.min() <= operand;
      case GT -> zone.max() > operand;
      case GE -> zone.max() >= operand;
    };
  }
}
