package io.sabot.plan.text;

import static io.sabot.plan.text.ExprText.lower;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.LogicalNode;
import org.jspecify.annotations.Nullable;

/// Writes logical plans, one node a line.
final class LogicalText {
  private final LeafText leaves;
  private final ExprText exprs;
  private final StringBuilder out = new StringBuilder();

  LogicalText(ColumnStyle style, boolean exact) {
    this.exprs = new ExprText(style, exact);
    this.leaves = new LeafText(exprs);
  }

  String write(LogicalNode root) {
    write(root, 0);
    return out.toString();
  }

  private void write(LogicalNode node, int depth) {
    out.repeat("  ", depth).append(line(node)).append('\n');
    for (LogicalNode input : node.inputs()) {
      write(input, depth + 1);
    }
  }

  private String line(LogicalNode node) {
    return switch (node) {
      case LogicalNode.Values n -> leaves.values(n.columns(), n.rows());
      case LogicalNode.TableScan n ->
          leaves.table(n.tableId(), n.tableName(), n.reads(), n.rowAddress());
      case LogicalNode.FileScan n -> leaves.file(n.file(), n.reads());
      case LogicalNode.NodeScan n -> leaves.nodes(n.node(), n.labels(), n.properties());
      case LogicalNode.EdgeScan n ->
          leaves.edges(n.edge(), n.source(), n.target(), n.types(), n.direction(), n.properties());
      case LogicalNode.QuadScan n ->
          leaves.quads(n.scope(), n.graph(), n.subject(), n.predicate(), n.object());
      case LogicalNode.PathScan n ->
          leaves.paths(n.source(), n.target(), n.edges(), n.spec(), n.edgeProperties());
      case LogicalNode.GraphNames n ->
          "graphs " + exprs.defined(n.graph()) + " " + leaves.scope(n.scope());
      case LogicalNode.WorkScan n -> "work " + n.workId() + " " + exprs.definitions(n.columns());
      case LogicalNode.ForeachRow _ -> "foreach_row";
      case LogicalNode.GraphCommand n -> leaves.command(n);
      case LogicalNode.Filter n -> "filter " + exprs.of(n.predicate());
      case LogicalNode.Project n -> "project " + exprs.assignments(n.assignments());
      case LogicalNode.Extend n -> "extend " + exprs.assignments(n.assignments());
      case LogicalNode.Aggregate n ->
          "aggregate "
              + leaves.groups(n.keys(), n.groupingSets())
              + " "
              + leaves.calls(n.calls())
              + " "
              + lower(n.keyMode());
      case LogicalNode.Distinct n -> "distinct " + lower(n.mode());
      case LogicalNode.Sort n -> "sort " + exprs.sortKeys(n.keys());
      case LogicalNode.Limit n ->
          "limit" + leaves.limits(n.skip(), n.fetch()) + (n.exhaustive() ? " exhaustive" : "");
      case LogicalNode.Window n -> "window " + leaves.windows(n.calls());
      case LogicalNode.Unnest n ->
          "unnest "
              + exprs.defined(n.element())
              + " = "
              + exprs.of(n.list())
              + (n.ordinal() == null ? "" : " ordinal " + exprs.defined(n.ordinal()))
              + (n.outer() ? " outer" : "");
      case LogicalNode.Eager n -> "eager " + TextSyntax.string(n.reason());
      case LogicalNode.ProcedureCall n ->
          "call "
              + TextSyntax.identifier(n.procedure())
              + "("
              + exprs.list(n.args())
              + ") "
              + exprs.assignments(n.yields())
              + (n.isVoid() ? " void" : "");
      case LogicalNode.Join n -> "join " + condition(lower(n.kind()), n.condition(), n.mark());
      case LogicalNode.Apply n -> "apply " + condition(lower(n.kind()), n.condition(), n.mark());
      case LogicalNode.CompatJoin n ->
          "compat "
              + lower(n.kind())
              + " "
              + leaves.shared(n.shared())
              + " "
              + exprs.of(n.condition());
      case LogicalNode.SetOp n ->
          "set "
              + lower(n.kind())
              + (n.all() ? " all " : " distinct ")
              + lower(n.mode())
              + " "
              + exprs.definitions(n.columns())
              + " "
              + exprs.uses(n.leftColumns())
              + " "
              + exprs.uses(n.rightColumns());
      case LogicalNode.Recursive n ->
          "recursive "
              + n.workId()
              + " "
              + exprs.definitions(n.columns())
              + (n.distinct() ? " distinct" : "");
      case LogicalNode.CreateElements n -> "create " + leaves.elements(n.elements());
      case LogicalNode.UpdateElements n -> "update " + leaves.writes(n.writes());
      case LogicalNode.DeleteElements n ->
          "delete [" + exprs.list(n.targets()) + "]" + (n.detach() ? " detach" : "");
      case LogicalNode.Merge n ->
          "merge "
              + leaves.elements(n.create())
              + " "
              + leaves.writes(n.onCreate())
              + " "
              + leaves.writes(n.onMatch());
      case LogicalNode.Foreach n ->
          "foreach " + exprs.defined(n.element()) + " = " + exprs.of(n.list());
      case LogicalNode.QuadModify n ->
          "modify " + leaves.templates(n.deletes()) + " " + leaves.templates(n.inserts());
      case LogicalNode.Sequence n -> "sequence " + n.parts().size();
      case LogicalNode.TableModify n ->
          (n.verb() == LogicalNode.TableVerb.MERGE ? "merge_into" : lower(n.verb()))
              + " "
              + n.tableId()
              + " "
              + TextSyntax.identifier(n.tableName())
              + (n.rowAddress() == null ? "" : " address " + exprs.use(n.rowAddress()))
              + (n.action() == null ? "" : " action " + exprs.use(n.action()))
              + " "
              + leaves.updates(n.values())
              + (n.count() == null ? "" : " count " + exprs.defined(n.count()));
      case LogicalNode.Output n -> "output " + leaves.outputs(n.columns());
      case LogicalNode.ConstructTriples n ->
          "construct "
              + leaves.templates(n.templates())
              + " ("
              + exprs.defined(n.subject())
              + ", "
              + exprs.defined(n.predicate())
              + ", "
              + exprs.defined(n.object())
              + ")";
    };
  }

  private String condition(String kind, Expr condition, @Nullable Column mark) {
    return kind + (mark == null ? "" : " mark " + exprs.defined(mark)) + " " + exprs.of(condition);
  }
}
