package io.sabot.plan.logical;

import io.sabot.plan.logical.LogicalNode.Aggregate;
import io.sabot.plan.logical.LogicalNode.Apply;
import io.sabot.plan.logical.LogicalNode.CompatJoin;
import io.sabot.plan.logical.LogicalNode.ConstructTriples;
import io.sabot.plan.logical.LogicalNode.CreateElements;
import io.sabot.plan.logical.LogicalNode.DeleteElements;
import io.sabot.plan.logical.LogicalNode.Distinct;
import io.sabot.plan.logical.LogicalNode.Eager;
import io.sabot.plan.logical.LogicalNode.EdgeScan;
import io.sabot.plan.logical.LogicalNode.Extend;
import io.sabot.plan.logical.LogicalNode.FileScan;
import io.sabot.plan.logical.LogicalNode.Filter;
import io.sabot.plan.logical.LogicalNode.Foreach;
import io.sabot.plan.logical.LogicalNode.ForeachRow;
import io.sabot.plan.logical.LogicalNode.GraphCommand;
import io.sabot.plan.logical.LogicalNode.GraphNames;
import io.sabot.plan.logical.LogicalNode.Join;
import io.sabot.plan.logical.LogicalNode.Limit;
import io.sabot.plan.logical.LogicalNode.Merge;
import io.sabot.plan.logical.LogicalNode.NodeScan;
import io.sabot.plan.logical.LogicalNode.Output;
import io.sabot.plan.logical.LogicalNode.PathScan;
import io.sabot.plan.logical.LogicalNode.ProcedureCall;
import io.sabot.plan.logical.LogicalNode.Project;
import io.sabot.plan.logical.LogicalNode.QuadModify;
import io.sabot.plan.logical.LogicalNode.QuadScan;
import io.sabot.plan.logical.LogicalNode.Recursive;
import io.sabot.plan.logical.LogicalNode.Sequence;
import io.sabot.plan.logical.LogicalNode.SetOp;
import io.sabot.plan.logical.LogicalNode.Sort;
import io.sabot.plan.logical.LogicalNode.TableModify;
import io.sabot.plan.logical.LogicalNode.TableScan;
import io.sabot.plan.logical.LogicalNode.Unnest;
import io.sabot.plan.logical.LogicalNode.UpdateElements;
import io.sabot.plan.logical.LogicalNode.Values;
import io.sabot.plan.logical.LogicalNode.Window;
import io.sabot.plan.logical.LogicalNode.WorkScan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Reading and replacing the inputs of a node.
final class PlanInputs {
  private PlanInputs() {}

  static List<LogicalNode> of(LogicalNode node) {
    List<LogicalNode> inputs = new ArrayList<>(2);
    map(
        node,
        input -> {
          inputs.add(input);
          return input;
        });
    return inputs;
  }

  /// Identity decides whether an input changed: columns are equal when their ids are, so plans that
  /// differ in a column's type or nullability alone would pass for equal.
  @SuppressWarnings("ReferenceEquality")
  static LogicalNode map(LogicalNode node, UnaryOperator<LogicalNode> f) {
    boolean[] changed = {false};
    LogicalNode mapped =
        rebuild(
            node,
            input -> {
              LogicalNode result = f.apply(input);
              changed[0] |= result != input;
              return result;
            });
    return changed[0] ? mapped : node;
  }

  private static LogicalNode rebuild(LogicalNode node, UnaryOperator<LogicalNode> f) {
    return switch (node) {
      case Values _,
          TableScan _,
          FileScan _,
          NodeScan _,
          EdgeScan _,
          QuadScan _,
          PathScan _,
          GraphNames _,
          WorkScan _,
          ForeachRow _,
          GraphCommand _ ->
          node;
      case Filter n -> new Filter(f.apply(n.input()), n.predicate());
      case Project n -> new Project(f.apply(n.input()), n.assignments());
      case Extend n -> new Extend(f.apply(n.input()), n.assignments());
      case Aggregate n ->
          new Aggregate(f.apply(n.input()), n.keys(), n.groupingSets(), n.calls(), n.keyMode());
      case Distinct n -> new Distinct(f.apply(n.input()), n.mode());
      case Sort n -> new Sort(f.apply(n.input()), n.keys());
      case Limit n -> new Limit(f.apply(n.input()), n.skip(), n.fetch(), n.exhaustive());
      case Window n -> new Window(f.apply(n.input()), n.calls());
      case Unnest n ->
          new Unnest(f.apply(n.input()), n.list(), n.element(), n.ordinal(), n.outer());
      case Eager n -> new Eager(f.apply(n.input()), n.reason());
      case ProcedureCall n ->
          new ProcedureCall(f.apply(n.input()), n.procedure(), n.args(), n.yields(), n.isVoid());
      case CreateElements n -> new CreateElements(f.apply(n.input()), n.elements());
      case UpdateElements n -> new UpdateElements(f.apply(n.input()), n.writes());
      case DeleteElements n -> new DeleteElements(f.apply(n.input()), n.targets(), n.detach());
      case QuadModify n -> new QuadModify(f.apply(n.input()), n.deletes(), n.inserts());
      case Output n -> new Output(f.apply(n.input()), n.columns());
      case ConstructTriples n ->
          new ConstructTriples(
              f.apply(n.input()), n.templates(), n.subject(), n.predicate(), n.object());
      case TableModify n ->
          new TableModify(
              n.verb(),
              n.tableId(),
              n.tableName(),
              f.apply(n.input()),
              n.rowAddress(),
              n.action(),
              n.values(),
              n.count());
      default -> rebuildBinary(node, f);
    };
  }

  private static LogicalNode rebuildBinary(LogicalNode node, UnaryOperator<LogicalNode> f) {
    return switch (node) {
      case Join n ->
          new Join(n.kind(), f.apply(n.left()), f.apply(n.right()), n.condition(), n.mark());
      case CompatJoin n ->
          new CompatJoin(
              n.kind(), f.apply(n.left()), f.apply(n.right()), n.shared(), n.condition());
      case Apply n ->
          new Apply(n.kind(), f.apply(n.left()), f.apply(n.right()), n.condition(), n.mark());
      case SetOp n ->
          new SetOp(
              n.kind(),
              n.all(),
              n.mode(),
              f.apply(n.left()),
              f.apply(n.right()),
              n.columns(),
              n.leftColumns(),
              n.rightColumns());
      case Recursive n ->
          new Recursive(
              f.apply(n.init()), f.apply(n.step()), n.workId(), n.columns(), n.distinct());
      case Merge n ->
          new Merge(f.apply(n.input()), f.apply(n.match()), n.create(), n.onCreate(), n.onMatch());
      case Foreach n -> new Foreach(f.apply(n.input()), n.list(), n.element(), f.apply(n.body()));
      case Sequence n -> new Sequence(n.parts().stream().map(f).toList());
      default -> throw new IllegalArgumentException("not a node with inputs: " + node);
    };
  }
}
