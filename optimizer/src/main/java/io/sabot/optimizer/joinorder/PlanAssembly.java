package io.sabot.optimizer.joinorder;

import io.sabot.optimizer.joinorder.QueryGraph.Edge;
import io.sabot.optimizer.joinorder.QueryGraph.Vertex;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Builds the plan of a chosen order. Each condition is tested as soon as its columns are there.
final class PlanAssembly {
  private final QueryGraph graph;

  PlanAssembly(QueryGraph graph) {
    this.graph = graph;
  }

  LogicalNode build(JoinTree tree) {
    return filtered(plan(tree), graph.top);
  }

  private static LogicalNode filtered(LogicalNode plan, List<Expr> conjuncts) {
    Expr condition = LogicFunctions.and(conjuncts);
    return condition.equals(Expr.TRUE) ? plan : new LogicalNode.Filter(plan, condition);
  }

  private Vertex vertex(JoinTree single) {
    return graph.vertices.get(Long.numberOfTrailingZeros(single.inputs()));
  }

  private LogicalNode plan(JoinTree tree) {
    JoinTree left = tree.left();
    JoinTree right = tree.right();
    if (left == null || right == null) {
      return vertex(tree).plan();
    }
    List<Expr> conditions = conditions(left.inputs(), right.inputs());
    return switch (tree.how()) {
      case SINGLE -> throw new IllegalStateException("a single input with two sides");
      case JOIN -> {
        conditions.addAll(0, graph.equalities(left.inputs(), right.inputs(), Set.of()));
        yield new LogicalNode.Join(
            JoinKind.INNER, plan(left), plan(right), LogicFunctions.and(conditions), null);
      }
      case LOOKUP, INDEX -> {
        Leaf leaf =
            tree.how() == JoinTree.How.LOOKUP ? vertex(right).leaf() : vertex(right).indexed();
        if (leaf == null) {
          throw new IllegalStateException("a lookup in no scan");
        }
        conditions.addAll(0, leaf.filter());
        conditions.addAll(0, graph.equalities(left.inputs(), right.inputs(), leaf.positions()));
        yield new LogicalNode.Apply(
            JoinKind.INNER, plan(left), filtered(leaf.scan(), conditions), Expr.TRUE, null);
      }
      case DEPENDENT -> {
        Region.Atom atom = vertex(right).atom();
        LogicalNode side = vertex(right).plan();
        LogicalNode joined =
            atom.correlated()
                ? new LogicalNode.Apply(
                    atom.kind(), plan(left), side, atom.condition(), atom.mark())
                : new LogicalNode.Join(
                    atom.kind(), plan(left), side, atom.condition(), atom.mark());
        yield filtered(joined, conditions);
      }
      case CORRELATED -> {
        JoinOrder.Planned each = vertex(right).correlated();
        if (each == null) {
          throw new IllegalStateException("no correlated form of an input");
        }
        LogicalNode joined =
            new LogicalNode.Apply(
                vertex(right).atom().kind(), plan(left), each.plan(), Expr.TRUE, null);
        yield filtered(joined, conditions);
      }
    };
  }

  /// The conditions whose columns are complete now, and were not on either side.
  private List<Expr> conditions(long left, long right) {
    long both = left | right;
    List<Expr> conditions = new ArrayList<>();
    for (Edge edge : graph.edges) {
      boolean complete = (edge.inputs() & ~both) == 0;
      boolean before = isTested(edge, left) || isTested(edge, right);
      if (complete && !before) {
        conditions.add(edge.condition());
      }
    }
    return conditions;
  }

  /// Whether a condition was tested when these inputs were joined. One on a dependent input alone
  /// is tested when that is joined to the first others.
  private static boolean isTested(Edge edge, long inputs) {
    return (edge.inputs() & ~inputs) == 0 && Long.bitCount(inputs) > 1;
  }
}
