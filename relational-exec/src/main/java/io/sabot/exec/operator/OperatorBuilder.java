package io.sabot.exec.operator;

import io.sabot.plan.physical.FreeColumns;
import io.sabot.plan.physical.PhysicalNode;

/// Makes the operators of a physical plan. Graph and RDF operators come from an extension, so that
/// this module does not know them.
public final class OperatorBuilder {
  private final Extension extension;

  public OperatorBuilder(Extension extension) {
    this.extension = extension;
  }

  /// Builds the nodes that are not relational.
  @FunctionalInterface
  public interface Extension {
    /// The operator for `node`. Inputs are built with `context.build`.
    Operator build(PhysicalNode node, BuildContext context);
  }

  Operator build(PhysicalNode node, BuildContext context) {
    Operator operator = isShareable(node, context) ? shared(node, context) : plain(node, context);
    Profile profile = context.profile();
    return profile == null ? operator : new ProfiledOperator(operator, node, profile, context);
  }

  private Operator shared(PhysicalNode node, BuildContext context) {
    if (context.shared().containsKey(node)) {
      return new SharedOperator(
          node, new StreamOperator(() -> null, node.columns(), context), context);
    }
    return new SharedOperator(node, plain(node, context), context);
  }

  /// Whether a node below an `Apply` gives the same rows at every run and is worth keeping.
  private static boolean isShareable(PhysicalNode node, BuildContext context) {
    boolean worthIt =
        node instanceof PhysicalNode.HashJoin
            || node instanceof PhysicalNode.NestedLoopJoin
            || node instanceof PhysicalNode.Aggregate
            || node instanceof PhysicalNode.Distinct;
    return worthIt && context.isRepeated() && FreeColumns.isClosed(node);
  }

  private Operator plain(PhysicalNode node, BuildContext context) {
    return switch (node) {
      case PhysicalNode.Values n -> new ValuesOperator(n.columns(), n.rows(), context);
      case PhysicalNode.Argument n -> new ArgumentOperator(n.columns(), context);
      case PhysicalNode.TableScan n -> new TableScanOperator(n, context);
      case PhysicalNode.FileScan n -> new FileScanOperator(n, context);
      case PhysicalNode.WorkScan n -> new WorkScanOperator(n, context);
      case PhysicalNode.IndexSeek n -> new IndexSeekOperator(n, context.build(n.input()), context);
      case PhysicalNode.RowLookup n -> new RowLookupOperator(n, context.build(n.input()), context);
      case PhysicalNode.Filter n ->
          new FilterOperator(context.build(n.input()), n.predicate(), n.columns(), context);
      case PhysicalNode.Project n ->
          new ProjectOperator(context.build(n.input()), n.assignments(), n.columns(), context);
      case PhysicalNode.Unnest n -> new UnnestOperator(context.build(n.input()), n, context);
      case PhysicalNode.Limit n ->
          new LimitOperator(
              context.build(n.input()), n.skip(), n.fetch(), n.exhaustive(), n.columns(), context);
      case PhysicalNode.ProcedureCall n ->
          new ProcedureCallOperator(n, context.build(n.input()), context);
      case PhysicalNode.Aggregate n -> new AggregateOperator(context.build(n.input()), n, context);
      case PhysicalNode.Distinct n ->
          new DistinctOperator(context.build(n.input()), n.mode(), n.columns(), context);
      case PhysicalNode.Sort n ->
          new SortOperator(context.build(n.input()), n.keys(), null, null, n.columns(), context);
      case PhysicalNode.TopN n ->
          new SortOperator(
              context.build(n.input()), n.keys(), n.skip(), n.fetch(), n.columns(), context);
      case PhysicalNode.Window n -> new WindowOperator(n, context.build(n.input()), context);
      case PhysicalNode.Eager n -> new EagerOperator(context.build(n.input()), context);
      case PhysicalNode.HashJoin n ->
          new HashJoinOperator(n, context.build(n.left()), context.build(n.right()), context);
      case PhysicalNode.NestedLoopJoin n ->
          new NestedLoopJoinOperator(n, context.build(n.left()), context.build(n.right()), context);
      case PhysicalNode.CompatJoin n ->
          new CompatJoinOperator(n, context.build(n.left()), context.build(n.right()), context);
      case PhysicalNode.Apply n -> new ApplyOperator(n, context.build(n.left()), context);
      case PhysicalNode.SetOp n ->
          new SetOpOperator(n, context.build(n.left()), context.build(n.right()), context);
      case PhysicalNode.Recursive n -> new RecursiveOperator(n, context.build(n.init()), context);
      case PhysicalNode.TableModify n ->
          new TableModifyOperator(n, context.build(n.input()), context);
      case PhysicalNode.Sequence n -> new SequenceOperator(n.parts(), n.columns(), context);
      case PhysicalNode.Output n ->
          new OutputOperator(context.build(n.input()), n.columns(), context);
      case PhysicalNode.NodeScan _,
          PhysicalNode.EdgeScan _,
          PhysicalNode.QuadScan _,
          PhysicalNode.GraphNames _,
          PhysicalNode.Expand _,
          PhysicalNode.NodeLookup _,
          PhysicalNode.EdgeLookup _,
          PhysicalNode.QuadLookup _,
          PhysicalNode.PathSearch _,
          PhysicalNode.CreateElements _,
          PhysicalNode.UpdateElements _,
          PhysicalNode.DeleteElements _,
          PhysicalNode.Merge _,
          PhysicalNode.Foreach _,
          PhysicalNode.QuadModify _,
          PhysicalNode.GraphCommand _,
          PhysicalNode.ConstructTriples _ ->
          extension.build(node, context);
    };
  }
}
