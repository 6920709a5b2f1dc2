package io.sabot.graph;

import io.sabot.exec.operator.BuildContext;
import io.sabot.exec.operator.Operator;
import io.sabot.exec.operator.OperatorBuilder;
import io.sabot.plan.physical.PhysicalNode;

/// Makes the operators of the graph and RDF nodes of a physical plan.
public final class GraphOperators implements OperatorBuilder.Extension {
  @Override
  public Operator build(PhysicalNode node, BuildContext context) {
    return switch (node) {
      case PhysicalNode.NodeScan n -> new NodeScanOperator(n, context);
      case PhysicalNode.EdgeScan n -> new EdgeScanOperator(n, context);
      case PhysicalNode.QuadScan n -> new QuadScanOperator(n, context);
      case PhysicalNode.GraphNames n -> new GraphNamesOperator(n, context);
      case PhysicalNode.Expand n -> new ExpandOperator(n, context.build(n.input()), context);
      case PhysicalNode.NodeLookup n ->
          new NodeLookupOperator(n, context.build(n.input()), context);
      case PhysicalNode.EdgeLookup n ->
          new EdgeLookupOperator(n, context.build(n.input()), context);
      case PhysicalNode.QuadLookup n ->
          new QuadLookupOperator(n, context.build(n.input()), context);
      case PhysicalNode.PathSearch n ->
          new PathSearchOperator(n, context.build(n.input()), context);
      case PhysicalNode.CreateElements n ->
          new CreateElementsOperator(n, context.build(n.input()), context);
      case PhysicalNode.UpdateElements n ->
          new UpdateElementsOperator(n, context.build(n.input()), context);
      case PhysicalNode.DeleteElements n ->
          new DeleteElementsOperator(n, context.build(n.input()), context);
      case PhysicalNode.Merge n -> new MergeOperator(n, context.build(n.input()), context);
      case PhysicalNode.Foreach n -> new ForeachOperator(n, context.build(n.input()), context);
      case PhysicalNode.QuadModify n ->
          new QuadModifyOperator(n, context.build(n.input()), context);
      case PhysicalNode.GraphCommand n -> new GraphCommandOperator(n, context);
      case PhysicalNode.ConstructTriples n ->
          new ConstructOperator(n, context.build(n.input()), context);
      default -> throw new IllegalArgumentException("not a graph node: " + node.getClass());
    };
  }
}
