package io.sabot.optimizer.cost;

import io.sabot.plan.catalog.Statistics;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.value.Value;

/// How many rows a logical plan delivers, about.
public final class Estimator {
  private static final double FILTER = 0.3;
  private final Statistics statistics;

  public Estimator(Statistics statistics) {
    this.statistics = statistics;
  }

  public double rows(LogicalNode node) {
    return switch (node) {
      case LogicalNode.Values n -> n.rows().size();
      case LogicalNode.TableScan n -> statistics.tableRows(n.tableId());
      case LogicalNode.NodeScan n ->
          n.labels().names().isEmpty()
              ? statistics.nodes()
              : n.labels().names().stream().mapToLong(statistics::nodesWithLabel).min().orElse(1);
      case LogicalNode.EdgeScan n ->
          n.types().names().isEmpty()
              ? statistics.edges()
              : n.types().names().stream().mapToLong(statistics::edgesOfType).sum();
      case LogicalNode.QuadScan _ -> statistics.quads();
      case LogicalNode.PathScan _ -> (double) statistics.edges() * 4;
      case LogicalNode.GraphNames _ -> statistics.namedGraphs();
      case LogicalNode.WorkScan _ -> 1000;
      case LogicalNode.Filter n ->
          rows(n.input()) * Math.pow(FILTER, LogicFunctions.conjuncts(n.predicate()).size());
      case LogicalNode.Aggregate n ->
          n.keys().isEmpty() ? 1 : Math.max(1, rows(n.input()) / 10);
      case LogicalNode.Limit n ->
          n.fetch() instanceof Expr.Lit(Value.Int(long fetch), _)
              ? Math.min(fetch, rows(n.input()))
              : rows(n.input());
      case LogicalNode.Unnest n -> rows(n.input()) * 5;
      case LogicalNode.Join n -> Math.max(rows(n.left()), rows(n.right()));
      case LogicalNode.CompatJoin n -> Math.max(rows(n.left()), rows(n.right()));
      case LogicalNode.Apply n -> rows(n.left());
      case LogicalNode.SetOp n -> rows(n.left()) + rows(n.right());
      default -> node.inputs().isEmpty() ? 1 : rows(node.inputs().getLast());
    };
  }
}
