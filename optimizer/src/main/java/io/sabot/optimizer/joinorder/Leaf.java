package io.sabot.optimizer.joinorder;

import io.sabot.optimizer.access.AccessPaths;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.type.Physical;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A scan of graph or RDF data that can be looked up from a value at one of its positions, or a
/// union of such scans, with the filter right above it.
///
/// @param positions the columns from which it can be looked up
record Leaf(LogicalNode scan, List<Expr> filter, Set<Column> positions) {
  static @Nullable Leaf of(LogicalNode node) {
    List<Expr> filter = new ArrayList<>();
    LogicalNode scan = node;
    while (scan instanceof LogicalNode.Filter(var input, var predicate)) {
      filter.addAll(0, LogicFunctions.conjuncts(predicate));
      scan = input;
    }
    Set<Column> positions = positions(scan);
    return positions.isEmpty() ? null : new Leaf(scan, filter, positions);
  }

  /// A scan that an index could search, with the columns by which one could be entered.
  static @Nullable Leaf indexed(LogicalNode node, AccessPaths paths) {
    List<Expr> filter = new ArrayList<>();
    LogicalNode scan = node;
    while (scan instanceof LogicalNode.Filter(var input, var predicate)) {
      filter.addAll(0, LogicFunctions.conjuncts(predicate));
      scan = input;
    }
    return paths.hasAny(scan) ? new Leaf(scan, filter, paths.entrances(scan)) : null;
  }

  private static Set<Column> positions(LogicalNode scan) {
    Set<Column> positions = new LinkedHashSet<>();
    switch (scan) {
      case LogicalNode.EdgeScan n -> positions.addAll(List.of(n.source(), n.target()));
      case LogicalNode.NodeScan n -> positions.add(n.node());
      case LogicalNode.PathScan n -> positions.addAll(List.of(n.source(), n.target()));
      case LogicalNode.QuadScan n -> {
        for (QuadTerm term : List.of(n.subject(), n.object(), n.predicate(), n.graph())) {
          if (term instanceof QuadTerm.Bind(var column)) {
            positions.add(column);
          }
        }
      }
      case LogicalNode.SetOp n when n.kind() == LogicalNode.SetKind.UNION && n.all() -> {
        Leaf left = of(n.left());
        Leaf right = of(n.right());
        for (int i = 0; left != null && right != null && i < n.columns().size(); i++) {
          Column ofLeft = n.leftColumns().get(i);
          Column ofRight = n.rightColumns().get(i);
          if (ofLeft != null
              && ofRight != null
              && left.positions().contains(ofLeft)
              && right.positions().contains(ofRight)) {
            positions.add(n.columns().get(i));
          }
        }
      }
      default -> {}
    }
    return positions;
  }

  /// Whether the filter ties a position to a value that does not come from the scan.
  boolean isTied() {
    return filter.stream().anyMatch(this::ties);
  }

  private boolean ties(Expr conjunct) {
    return conjunct instanceof Expr.Call(var function, var args, _)
        && function.equals(ComparisonFunctions.SAME_TERM)
        && (isPosition(args.get(0)) && !isPosition(args.get(1))
            || isPosition(args.get(1)) && !isPosition(args.get(0)));
  }

  /// Whether a condition makes a position the same as what is computed from columns of `inputs`.
  boolean isTiedBy(Expr condition, QueryGraph graph, long inputs) {
    return condition instanceof Expr.Call(var function, var args, _)
        && function.equals(ComparisonFunctions.SAME_TERM)
        && (isPosition(args.get(0)) && isKnown(args.get(1), graph, inputs)
            || isPosition(args.get(1)) && isKnown(args.get(0), graph, inputs));
  }

  private static boolean isKnown(Expr value, QueryGraph graph, long inputs) {
    long read = graph.inputs(value);
    return read != 0 && (read & ~inputs) == 0;
  }

  private boolean isPosition(Expr expr) {
    return expr instanceof Expr.Col(var column) && positions.contains(column);
  }

  static boolean isIdentifier(Column column) {
    return column.type().physical() == Physical.TERM;
  }

  boolean isPath() {
    return scan instanceof LogicalNode.PathScan;
  }
}
