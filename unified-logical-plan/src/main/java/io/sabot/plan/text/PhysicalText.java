package io.sabot.plan.text;

import static io.sabot.plan.text.ExprText.lower;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.physical.PhysicalInputs;
import io.sabot.plan.physical.PhysicalNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes physical plans, one operator a line.
final class PhysicalText {
  private final LeafText leaves;
  private final ExprText exprs;
  private final boolean columns;
  private final StringBuilder out = new StringBuilder();

  /// @param columns whether to write what each operator delivers
  PhysicalText(ColumnStyle style, boolean columns) {
    this.exprs = new ExprText(style, false);
    this.leaves = new LeafText(exprs);
    this.columns = columns;
  }

  String write(PhysicalNode root) {
    write(root, 0);
    return out.toString();
  }

  private void write(PhysicalNode node, int depth) {
    out.repeat("  ", depth).append(line(node));
    if (columns) {
      out.append(" -> ").append(exprs.uses(node.columns()));
    }
    out.append('\n');
    for (PhysicalNode input : PhysicalInputs.of(node)) {
      write(input, depth + 1);
    }
  }

  /// One operator without its inputs.
  String line(PhysicalNode node) {
    return switch (node) {
      case PhysicalNode.Values n -> leaves.values(n.columns(), n.rows());
      case PhysicalNode.Argument n -> "argument " + exprs.uses(n.columns());
      case PhysicalNode.TableScan n ->
          leaves.table(n.tableId(), n.tableName(), n.reads(), n.rowAddress())
              + where(n.predicate());
      case PhysicalNode.FileScan n -> leaves.file(n.file(), n.reads()) + where(n.predicate());
      case PhysicalNode.NodeScan n -> leaves.nodes(n.node(), n.labels(), n.properties());
      case PhysicalNode.EdgeScan n ->
          leaves.edges(n.edge(), n.source(), n.target(), n.types(), n.direction(), n.properties());
      case PhysicalNode.QuadScan n ->
          leaves.quads(n.scope(), n.graph(), n.subject(), n.predicate(), n.object());
      case PhysicalNode.GraphNames n ->
          "graphs " + exprs.use(n.graph()) + " " + leaves.scope(n.scope());
      case PhysicalNode.WorkScan n -> "work " + n.workId() + " " + exprs.uses(n.columns());
      case PhysicalNode.Expand n ->
          "expand "
              + exprs.use(n.from())
              + " "
              + lower(n.along())
              + " "
              + exprs.use(n.edge())
              + " "
              + TextSyntax.labels(n.types())
              + (n.into() == null ? " to " + exprs.use(n.to()) : " into " + exprs.use(n.into()))
              + leaves.properties(n.properties());
      case PhysicalNode.NodeLookup n ->
          "node_lookup "
              + exprs.use(n.node())
              + " "
              + TextSyntax.labels(n.labels())
              + leaves.properties(n.properties());
      case PhysicalNode.IndexSeek n ->
          "index_seek "
              + exprs.use(n.found())
              + " by "
              + TextSyntax.identifier(n.index().name())
              + n.seeks().stream().map(this::seek).collect(Collectors.joining(" or ", " ", ""));
      case PhysicalNode.RowLookup n ->
          "row_lookup "
              + leaves.table(n.tableId(), n.tableName(), n.reads(), null)
              + " at "
              + exprs.use(n.address());
      case PhysicalNode.EdgeLookup n ->
          "edge_lookup "
              + exprs.use(n.edge())
              + " "
              + exprs.use(n.source())
              + " "
              + lower(n.direction())
              + " "
              + exprs.use(n.target())
              + leaves.properties(n.properties());
      case PhysicalNode.QuadLookup n ->
          "quad_lookup "
              + leaves.scope(n.scope())
              + " "
              + leaves.quad(n.graph(), n.subject(), n.predicate(), n.object())
              + n.bound().entrySet().stream()
                  .map(e -> e.getKey() + " = " + exprs.use(e.getValue()))
                  .collect(Collectors.joining(", ", " with [", "]"));
      case PhysicalNode.PathSearch n ->
          leaves.paths(n.source(), n.target(), n.edges(), n.spec(), n.edgeProperties())
              + (n.boundSource() == null ? "" : " from " + exprs.use(n.boundSource()))
              + (n.boundTarget() == null ? "" : " to " + exprs.use(n.boundTarget()));
      case PhysicalNode.Filter n -> "filter " + exprs.of(n.predicate());
      case PhysicalNode.Project n -> "project " + exprs.assignments(n.assignments());
      case PhysicalNode.Unnest n ->
          "unnest "
              + exprs.use(n.element())
              + " = "
              + exprs.of(n.list())
              + (n.ordinal() == null ? "" : " ordinal " + exprs.use(n.ordinal()))
              + (n.outer() ? " outer" : "");
      case PhysicalNode.Limit n ->
          "limit" + leaves.limits(n.skip(), n.fetch()) + (n.exhaustive() ? " exhaustive" : "");
      case PhysicalNode.ProcedureCall n ->
          "call "
              + TextSyntax.identifier(n.procedure())
              + "("
              + exprs.list(n.args())
              + ")"
              + (n.isVoid() ? " void" : "");
      case PhysicalNode.Aggregate n ->
          "aggregate "
              + leaves.groups(n.keys(), n.groupingSets())
              + " "
              + leaves.calls(n.calls())
              + " "
              + lower(n.keyMode());
      case PhysicalNode.Distinct n -> "distinct " + lower(n.mode());
      case PhysicalNode.Sort n -> "sort " + exprs.sortKeys(n.keys());
      case PhysicalNode.TopN n ->
          "top " + exprs.sortKeys(n.keys()) + leaves.limits(n.skip(), n.fetch());
      case PhysicalNode.Window n -> "window " + leaves.windows(n.calls());
      case PhysicalNode.Eager n -> "eager " + TextSyntax.string(n.reason());
      case PhysicalNode.HashJoin n ->
          "hash_join "
              + marked(lower(n.kind()), n.mark())
              + (n.buildLeft() ? " build left " : " build right ")
              + n.keys().stream().map(this::key).collect(Collectors.joining(", ", "[", "]"))
              + residual(n.residual());
      case PhysicalNode.NestedLoopJoin n ->
          "nested_loop_join " + marked(lower(n.kind()), n.mark()) + residual(n.condition());
      case PhysicalNode.CompatJoin n ->
          "compat_join "
              + lower(n.kind())
              + " "
              + leaves.shared(n.shared())
              + residual(n.condition());
      case PhysicalNode.Apply n ->
          "apply "
              + marked(lower(n.kind()), n.mark())
              + " over "
              + exprs.uses(n.outer())
              + residual(n.condition());
      case PhysicalNode.SetOp n ->
          "set "
              + lower(n.kind())
              + (n.all() ? " all " : " distinct ")
              + lower(n.mode())
              + " "
              + exprs.uses(n.columns())
              + " "
              + exprs.uses(n.leftColumns())
              + " "
              + exprs.uses(n.rightColumns());
      case PhysicalNode.Recursive n ->
          "recursive " + n.workId() + (n.distinct() ? " distinct" : "");
      case PhysicalNode.CreateElements n -> "create " + leaves.elements(n.elements());
      case PhysicalNode.UpdateElements n -> "update " + leaves.writes(n.writes());
      case PhysicalNode.DeleteElements n ->
          "delete [" + exprs.list(n.targets()) + "]" + (n.detach() ? " detach" : "");
      case PhysicalNode.Merge n ->
          "merge over "
              + exprs.uses(n.outer())
              + " "
              + leaves.elements(n.create())
              + " "
              + leaves.writes(n.onCreate())
              + " "
              + leaves.writes(n.onMatch());
      case PhysicalNode.Foreach n ->
          "foreach " + exprs.use(n.element()) + " = " + exprs.of(n.list());
      case PhysicalNode.QuadModify n ->
          "modify " + leaves.templates(n.deletes()) + " " + leaves.templates(n.inserts());
      case PhysicalNode.GraphCommand n -> leaves.command(n.command());
      case PhysicalNode.TableModify n ->
          lower(n.verb())
              + " "
              + n.tableId()
              + " "
              + TextSyntax.identifier(n.tableName())
              + " "
              + (n.action() == null ? "" : "by " + exprs.use(n.action()) + " ")
              + leaves.updates(n.values());
      case PhysicalNode.Sequence n -> "sequence " + n.parts().size();
      case PhysicalNode.ConstructTriples n -> "construct " + leaves.templates(n.templates());
      case PhysicalNode.Output n -> "output " + leaves.outputs(n.outputs());
    };
  }

  /// `[5, >= 3, <= 7]`: equal to 5, then from 3 to 7.
  private String seek(PhysicalNode.Seek seek) {
    List<String> parts = new ArrayList<>();
    seek.equal().forEach(e -> parts.add(exprs.of(e)));
    if (seek.anyOf() != null) {
      parts.add("in " + exprs.of(seek.anyOf()));
    }
    if (seek.low() != null) {
      parts.add(">= " + exprs.of(seek.low()));
    }
    if (seek.high() != null) {
      parts.add("<= " + exprs.of(seek.high()));
    }
    return "[" + String.join(", ", parts) + "]";
  }

  private String key(PhysicalNode.JoinKey key) {
    return exprs.of(key.left()) + " = " + exprs.of(key.right()) + " " + lower(key.mode());
  }

  private String marked(String kind, @Nullable Column mark) {
    return mark == null ? kind : kind + " mark " + exprs.use(mark);
  }

  private String where(Expr predicate) {
    return predicate.equals(Expr.TRUE) ? "" : " where " + exprs.of(predicate);
  }

  private String residual(Expr condition) {
    return condition.equals(Expr.TRUE) ? "" : " on " + exprs.of(condition);
  }
}
