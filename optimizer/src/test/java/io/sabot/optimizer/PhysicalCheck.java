package io.sabot.optimizer;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.PropertyRead;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.logical.WindowCall;
import io.sabot.plan.physical.PhysicalInputs;
import io.sabot.plan.physical.PhysicalNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether every operator finds the columns it reads, and delivers only what it has.
final class PhysicalCheck {
  private final List<String> complaints = new ArrayList<>();

  static List<String> complaints(PhysicalNode root) {
    PhysicalCheck check = new PhysicalCheck();
    check.check(root, Set.of());
    return check.complaints;
  }

  private void check(PhysicalNode node, Set<Column> outer) {
    Set<Column> below = new HashSet<>();
    List<PhysicalNode> inputs = PhysicalInputs.of(node);
    for (int i = 0; i < inputs.size(); i++) {
      Set<Column> inner = new HashSet<>(outer);
      if (i == 1 && node instanceof PhysicalNode.Apply apply) {
        inner.addAll(apply.outer());
      } else if (i == 1 && node instanceof PhysicalNode.Merge merge) {
        inner.addAll(merge.outer());
      } else if (i == 1 && node instanceof PhysicalNode.Foreach foreach) {
        inner.addAll(foreach.outer());
      }
      check(inputs.get(i), inner);
      below.addAll(inputs.get(i).columns());
    }
    Set<Column> defined = defines(node);
    require(node, "reads", reads(node), union(below, union(outer, defined)));
    boolean argument = node instanceof PhysicalNode.Argument;
    if (!argument && node.columns().stream().anyMatch(outer::contains)) {
      complaints.add(node.getClass().getSimpleName() + " passes on a constant of an outer row");
    }
    require(node, "delivers", node.columns(), argument ? outer : union(below, defined));
    if (!(node instanceof PhysicalNode.Output)
        && new LinkedHashSet<>(node.columns()).size() != node.columns().size()) {
      complaints.add(node.getClass().getSimpleName() + " delivers a column twice");
    }
  }

  private void require(
      PhysicalNode node, String does, Collection<Column> wanted, Set<Column> there) {
    for (Column column : wanted) {
      if (!there.contains(column)) {
        complaints.add(node.getClass().getSimpleName() + " " + does + " " + column);
      }
    }
  }

  private static Set<Column> union(Set<Column> a, Set<Column> b) {
    Set<Column> union = new HashSet<>(a);
    union.addAll(b);
    return union;
  }

  private static void add(Set<Column> into, @Nullable Column column) {
    if (column != null) {
      into.add(column);
    }
  }

  private static void exprs(Set<Column> into, Collection<Expr> exprs) {
    exprs.forEach(e -> e.collectColumns(into));
  }

  private static void keys(Set<Column> into, List<SortKey> keys) {
    keys.forEach(k -> k.expr().collectColumns(into));
  }

  private static Set<Column> reads(PhysicalNode node) {
    Set<Column> reads = new HashSet<>();
    switch (node) {
      case PhysicalNode.TableScan n -> n.predicate().collectColumns(reads);
      case PhysicalNode.FileScan n -> n.predicate().collectColumns(reads);
      case PhysicalNode.Expand n -> {
        reads.add(n.from());
        add(reads, n.into());
      }
      case PhysicalNode.NodeLookup n -> reads.add(n.node());
      case PhysicalNode.IndexSeek n ->
          n.seeks().forEach(seek -> seek.exprs().forEach(e -> e.collectColumns(reads)));
      case PhysicalNode.RowLookup n -> reads.add(n.address());
      case PhysicalNode.EdgeLookup n -> reads.add(n.edge());
      case PhysicalNode.QuadLookup n -> reads.addAll(n.bound().values());
      case PhysicalNode.PathSearch n -> {
        exprs(reads, n.edgeProperties().values());
        add(reads, n.boundSource());
        add(reads, n.boundTarget());
      }
      case PhysicalNode.Filter n -> n.predicate().collectColumns(reads);
      case PhysicalNode.Project n -> n.assignments().forEach(a -> a.expr().collectColumns(reads));
      case PhysicalNode.Unnest n -> n.list().collectColumns(reads);
      case PhysicalNode.ProcedureCall n -> exprs(reads, n.args());
      case PhysicalNode.Aggregate n -> {
        reads.addAll(n.keys());
        for (AggregateCall call : n.calls()) {
          exprs(reads, call.args());
          keys(reads, call.orderBy());
          if (call.filter() != null) {
            call.filter().collectColumns(reads);
          }
        }
      }
      case PhysicalNode.Sort n -> keys(reads, n.keys());
      case PhysicalNode.TopN n -> keys(reads, n.keys());
      case PhysicalNode.Window n -> {
        for (WindowCall call : n.calls()) {
          exprs(reads, call.args());
          exprs(reads, call.partitionBy());
          keys(reads, call.orderBy());
        }
      }
      case PhysicalNode.HashJoin n -> {
        n.residual().collectColumns(reads);
        for (PhysicalNode.JoinKey key : n.keys()) {
          key.left().collectColumns(reads);
          key.right().collectColumns(reads);
        }
      }
      case PhysicalNode.NestedLoopJoin n -> n.condition().collectColumns(reads);
      case PhysicalNode.CompatJoin n -> {
        n.condition().collectColumns(reads);
        n.shared().forEach(s -> reads.addAll(List.of(s.left(), s.right())));
      }
      case PhysicalNode.Apply n -> {
        n.condition().collectColumns(reads);
        reads.addAll(n.outer());
      }
      case PhysicalNode.SetOp n -> {
        n.leftColumns().forEach(c -> add(reads, c));
        n.rightColumns().forEach(c -> add(reads, c));
      }
      case PhysicalNode.Merge n -> reads.addAll(n.outer());
      case PhysicalNode.Output n -> n.outputs().forEach(o -> reads.add(o.column()));
      default -> {}
    }
    return reads;
  }

  private static void reads(Set<Column> into, List<PropertyRead> properties) {
    properties.forEach(p -> into.add(p.column()));
  }

  /// What a node makes itself, whether or not it delivers it.
  private static Set<Column> defines(PhysicalNode node) {
    Set<Column> own = new HashSet<>();
    switch (node) {
      case PhysicalNode.Values n -> own.addAll(n.columns());
      case PhysicalNode.TableScan n -> {
        n.reads().forEach(r -> own.add(r.column()));
        add(own, n.rowAddress());
      }
      case PhysicalNode.FileScan n -> n.reads().forEach(r -> own.add(r.column()));
      case PhysicalNode.NodeScan n -> {
        own.add(n.node());
        reads(own, n.properties());
      }
      case PhysicalNode.EdgeScan n -> {
        own.addAll(List.of(n.edge(), n.source(), n.target()));
        reads(own, n.properties());
      }
      case PhysicalNode.QuadScan n -> own.addAll(n.columns());
      case PhysicalNode.GraphNames n -> own.add(n.graph());
      case PhysicalNode.WorkScan n -> own.addAll(n.columns());
      case PhysicalNode.Expand n -> {
        own.addAll(List.of(n.edge(), n.to()));
        reads(own, n.properties());
      }
      case PhysicalNode.NodeLookup n -> reads(own, n.properties());
      case PhysicalNode.IndexSeek n -> own.add(n.found());
      case PhysicalNode.RowLookup n -> n.reads().forEach(r -> own.add(r.column()));
      case PhysicalNode.EdgeLookup n -> {
        own.addAll(List.of(n.source(), n.target()));
        reads(own, n.properties());
      }
      case PhysicalNode.QuadLookup n -> own.addAll(n.columns());
      case PhysicalNode.PathSearch n -> {
        own.addAll(List.of(n.source(), n.target()));
        add(own, n.edges());
      }
      case PhysicalNode.Project n -> n.assignments().forEach(a -> own.add(a.column()));
      case PhysicalNode.Unnest n -> {
        own.add(n.element());
        add(own, n.ordinal());
      }
      case PhysicalNode.ProcedureCall n -> n.yields().forEach(y -> own.add(y.column()));
      case PhysicalNode.Aggregate n -> n.calls().forEach(c -> own.add(c.out()));
      case PhysicalNode.Window n -> n.calls().forEach(c -> own.add(c.out()));
      case PhysicalNode.HashJoin n -> add(own, n.mark());
      case PhysicalNode.NestedLoopJoin n -> add(own, n.mark());
      case PhysicalNode.Apply n -> add(own, n.mark());
      case PhysicalNode.CompatJoin n -> n.shared().forEach(s -> own.add(s.out()));
      case PhysicalNode.SetOp n -> own.addAll(n.columns());
      case PhysicalNode.Recursive n -> own.addAll(n.columns());
      case PhysicalNode.CreateElements n -> n.elements().forEach(e -> own.add(e.out()));
      case PhysicalNode.Merge n -> n.create().forEach(e -> own.add(e.out()));
      case PhysicalNode.TableModify n -> add(own, n.count());
      case PhysicalNode.ConstructTriples n -> own.addAll(n.columns());
      default -> {}
    }
    return own;
  }
}
