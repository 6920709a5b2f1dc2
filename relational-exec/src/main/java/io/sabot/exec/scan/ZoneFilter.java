package io.sabot.exec.scan;

import io.sabot.exec.batch.Cells;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.type.Physical;
import io.sabot.plan.type.Type;
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
    for (ColumnBound bound : ColumnBound.of(predicate)) {
      Integer id = columnIds.get(bound.column());
      if (id != null) {
        add(id, bound);
      }
    }
  }

  private void add(int columnId, ColumnBound bound) {
    Type stored = bound.column().type();
    Type type = bound.type();
    Physical kind = stored.physical();
    if (type.physical() != kind) {
      return;
    }
    if (kind == Physical.LONG) {
      bounds.add(new Bound(columnId, bound.op(), Cells.asLong(bound.value(), type)));
    } else if (kind == Physical.DECIMAL
        && ((Type.Decimal) stored).precision() <= 18
        && Cells.scale(type) == Cells.scale(stored)) {
      var unscaled = Cells.unscaled(bound.value(), (Type.Decimal) type);
      if (unscaled.bitLength() < 64) {
        bounds.add(new Bound(columnId, bound.op(), unscaled.longValue()));
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
