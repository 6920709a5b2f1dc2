package io.sabot.optimizer.joinorder;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.LogicalNode.SetKind;
import io.sabot.plan.logical.PlanColumns;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which columns of a plan hold nothing but nulls and keys of a table, because foreign keys say so.
///
/// @param targetTable the table whose keys they are
/// @param targetColumn its only key column
record References(Catalog catalog, int targetTable, int targetColumn) {
  /// Whether every value of `column`, which `node` delivers, is null or a key of the table.
  boolean hold(LogicalNode node, Column column) {
    return switch (node) {
      case LogicalNode.TableScan scan -> isForeignKey(scan, column);
      case LogicalNode.Filter n -> hold(n.input(), column);
      case LogicalNode.Sort n -> hold(n.input(), column);
      case LogicalNode.Limit n -> hold(n.input(), column);
      case LogicalNode.Distinct n -> hold(n.input(), column);
      case LogicalNode.Eager n -> hold(n.input(), column);
      case LogicalNode.Aggregate n -> n.keys().contains(column) && hold(n.input(), column);
      case LogicalNode.Project n -> assigned(n.input(), n.assignments(), column);
      case LogicalNode.Extend n -> assigned(n.input(), n.assignments(), column);
      case LogicalNode.Join n -> eitherHolds(n.left(), n.right(), column);
      case LogicalNode.Apply n -> eitherHolds(n.left(), n.right(), column);
      case LogicalNode.SetOp n -> {
        int place = n.columns().indexOf(column);
        yield place >= 0
            && sideHolds(n.left(), n.leftColumns().get(place))
            && (n.kind() != SetKind.UNION || sideHolds(n.right(), n.rightColumns().get(place)));
      }
      default -> false;
    };
  }

  private boolean isForeignKey(LogicalNode.TableScan scan, Column column) {
    for (LogicalNode.ColumnRead read : scan.reads()) {
      if (read.column().equals(column)) {
        return catalog
            .table(scan.tableId())
            .map(table ->
                table.foreignKeys().stream()
                    .anyMatch(key ->
                        key.targetTable() == targetTable
                            && key.columns().equals(List.of(read.columnId()))
                            && key.targetColumns().equals(List.of(targetColumn))))
            .orElse(false);
      }
    }
    return false;
  }

  private boolean assigned(LogicalNode input, List<Assignment> assignments, Column column) {
    for (Assignment assignment : assignments) {
      if (assignment.column().equals(column)) {
        return assignment.expr() instanceof Expr.Col(var source) && hold(input, source);
      }
    }
    return hold(input, column);
  }

  private boolean eitherHolds(LogicalNode left, LogicalNode right, Column column) {
    return PlanColumns.of(left).contains(column) ? hold(left, column) : hold(right, column);
  }

  /// A column that a side does not bind is null there.
  private boolean sideHolds(LogicalNode side, @Nullable Column column) {
    return column == null || hold(side, column);
  }
}
