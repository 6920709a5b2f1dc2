package io.sabot.plan.physical;

import java.util.List;

/// The inputs of a physical node, left to right, including the repeated sides.
public final class PhysicalInputs {
  private PhysicalInputs() {}

  public static List<PhysicalNode> of(PhysicalNode node) {
    return switch (node) {
      case PhysicalNode.Values _,
          PhysicalNode.Argument _,
          PhysicalNode.TableScan _,
          PhysicalNode.FileScan _,
          PhysicalNode.NodeScan _,
          PhysicalNode.EdgeScan _,
          PhysicalNode.QuadScan _,
          PhysicalNode.GraphNames _,
          PhysicalNode.WorkScan _,
          PhysicalNode.GraphCommand _ ->
          List.of();
      case PhysicalNode.Expand n -> List.of(n.input());
      case PhysicalNode.NodeLookup n -> List.of(n.input());
      case PhysicalNode.IndexSeek n -> List.of(n.input());
      case PhysicalNode.RowLookup n -> List.of(n.input());
      case PhysicalNode.EdgeLookup n -> List.of(n.input());
      case PhysicalNode.QuadLookup n -> List.of(n.input());
      case PhysicalNode.PathSearch n -> List.of(n.input());
      case PhysicalNode.Filter n -> List.of(n.input());
      case PhysicalNode.Project n -> List.of(n.input());
      case PhysicalNode.Unnest n -> List.of(n.input());
      case PhysicalNode.Limit n -> List.of(n.input());
      case PhysicalNode.ProcedureCall n -> List.of(n.input());
      case PhysicalNode.Aggregate n -> List.of(n.input());
      case PhysicalNode.Distinct n -> List.of(n.input());
      case PhysicalNode.Sort n -> List.of(n.input());
      case PhysicalNode.TopN n -> List.of(n.input());
      case PhysicalNode.Window n -> List.of(n.input());
      case PhysicalNode.Eager n -> List.of(n.input());
      case PhysicalNode.HashJoin n -> List.of(n.left(), n.right());
      case PhysicalNode.NestedLoopJoin n -> List.of(n.left(), n.right());
      case PhysicalNode.CompatJoin n -> List.of(n.left(), n.right());
      case PhysicalNode.Apply n -> List.of(n.left(), n.right());
      case PhysicalNode.SetOp n -> List.of(n.left(), n.right());
      case PhysicalNode.Recursive n -> List.of(n.init(), n.step());
      case PhysicalNode.CreateElements n -> List.of(n.input());
      case PhysicalNode.UpdateElements n -> List.of(n.input());
      case PhysicalNode.DeleteElements n -> List.of(n.input());
      case PhysicalNode.Merge n -> List.of(n.input(), n.match());
      case PhysicalNode.Foreach n -> List.of(n.input(), n.body());
      case PhysicalNode.QuadModify n -> List.of(n.input());
      case PhysicalNode.TableModify n -> List.of(n.input());
      case PhysicalNode.Sequence n -> n.parts();
      case PhysicalNode.ConstructTriples n -> List.of(n.input());
      case PhysicalNode.Output n -> List.of(n.input());
    };
  }
}
