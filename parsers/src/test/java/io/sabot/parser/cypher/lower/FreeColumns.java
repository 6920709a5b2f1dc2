package io.sabot.parser.cypher.lower;

import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.PlanExprs;
import java.util.LinkedHashSet;
import java.util.Set;

/// The columns that some node reads although they cannot be seen where it stands: neither delivered
/// by its inputs nor by the left side of an enclosing `Apply`, `Merge` or `Foreach`.
final class FreeColumns {
  private FreeColumns() {}

  static Set<Column> of(LogicalNode plan) {
    Set<Column> free = new LinkedHashSet<>();
    collect(plan, Set.of(), free);
    return free;
  }

  private static void collect(LogicalNode node, Set<Column> around, Set<Column> free) {
    Set<Column> visible = new LinkedHashSet<>(around);
    for (LogicalNode input : node.inputs()) {
      collect(input, isCorrelating(node) ? visible : around, free);
      visible.addAll(PlanColumns.of(input));
      if (node instanceof LogicalNode.Foreach foreach) {
        visible.add(foreach.element());
      }
    }
    for (Column column : PlanExprs.reads(node)) {
      if (!visible.contains(column)) {
        free.add(column);
      }
    }
  }

  private static boolean isCorrelating(LogicalNode node) {
    return node instanceof LogicalNode.Apply
        || node instanceof LogicalNode.Merge
        || node instanceof LogicalNode.Foreach;
  }
}
