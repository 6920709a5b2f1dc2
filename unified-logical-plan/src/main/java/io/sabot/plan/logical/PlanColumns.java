package io.sabot.plan.logical;

import io.sabot.plan.expr.Column;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which columns a node delivers.
public final class PlanColumns {
  private PlanColumns() {}

  public static List<Column> of(LogicalNode node) {
    return List.copyOf(collect(node));
  }

  public static boolean delivers(LogicalNode node, Set<Column> columns) {
    return collect(node).containsAll(columns);
  }

  /// Some of the columns that a node delivers, with the flags that hold there: the flag in a
  /// reference to a column says what was true where the column came into being, and an outer join
  /// since then makes it null all the same.
  public static Set<Column> asDelivered(LogicalNode node, Set<Column> columns) {
    Set<Column> delivered = new LinkedHashSet<>(collect(node));
    delivered.retainAll(columns);
    return delivered;
  }

  private static void table(Set<Column> out, LogicalNode.TableScan scan) {
    scan.reads().forEach(r -> out.add(r.column()));
    add(out, scan.rowAddress());
  }

  private static Set<Column> collect(LogicalNode node) {
    Set<Column> out = new LinkedHashSet<>();
    switch (node) {
      case LogicalNode.Values n -> out.addAll(n.columns());
      case LogicalNode.TableScan n -> table(out, n);
      case LogicalNode.FileScan n -> n.reads().forEach(r -> out.add(r.column()));
      case LogicalNode.NodeScan n -> {
        out.add(n.node());
        n.properties().forEach(p -> out.add(p.column()));
      }
      case LogicalNode.EdgeScan n -> {
        out.addAll(List.of(n.edge(), n.source(), n.target()));
        n.properties().forEach(p -> out.add(p.column()));
      }
      case LogicalNode.QuadScan n -> bound(out, n);
      case LogicalNode.PathScan n -> {
        out.add(n.source());
        out.add(n.target());
        add(out, n.edges());
      }
      case LogicalNode.GraphNames n -> out.add(n.graph());
      case LogicalNode.WorkScan n -> out.addAll(n.columns());
      case LogicalNode.ForeachRow _, LogicalNode.GraphCommand _ -> {}
      case LogicalNode.Filter n -> out.addAll(collect(n.input()));
      case LogicalNode.Project n -> n.assignments().forEach(a -> out.add(a.column()));
      case LogicalNode.Extend n -> extended(out, n.input(), n.assignments(), a -> a.column());
      case LogicalNode.Aggregate n -> {
        out.addAll(n.keys());
        n.calls().forEach(c -> out.add(c.out()));
      }
      case LogicalNode.Distinct n -> out.addAll(collect(n.input()));
      case LogicalNode.Sort n -> out.addAll(collect(n.input()));
      case LogicalNode.Limit n -> out.addAll(collect(n.input()));
      case LogicalNode.Window n -> extended(out, n.input(), n.calls(), c -> c.out());
      case LogicalNode.Unnest n -> {
        out.addAll(collect(n.input()));
        out.add(n.element());
        add(out, n.ordinal());
      }
      case LogicalNode.Eager n -> out.addAll(collect(n.input()));
      case LogicalNode.ProcedureCall n -> extended(out, n.input(), n.yields(), y -> y.column());
      case LogicalNode.Join n -> joined(out, n.kind(), n.left(), n.right(), n.mark());
      case LogicalNode.Apply n -> joined(out, n.kind(), n.left(), n.right(), n.mark());
      case LogicalNode.CompatJoin n -> compatible(out, n);
      case LogicalNode.SetOp n -> out.addAll(n.columns());
      case LogicalNode.Recursive n -> out.addAll(n.columns());
      case LogicalNode.CreateElements n -> extended(out, n.input(), n.elements(), e -> e.out());
      case LogicalNode.UpdateElements n -> out.addAll(collect(n.input()));
      case LogicalNode.DeleteElements n -> out.addAll(collect(n.input()));
      case LogicalNode.Merge n -> {
        out.addAll(collect(n.input()));
        n.create().forEach(e -> out.add(e.out()));
        out.addAll(collect(n.match()));
      }
      case LogicalNode.Foreach n -> out.addAll(collect(n.input()));
      case LogicalNode.QuadModify _ -> {}
      case LogicalNode.Sequence n -> {
        if (!n.parts().isEmpty()) {
          out.addAll(collect(n.parts().getLast()));
        }
      }
      case LogicalNode.TableModify n -> out.addAll(changed(n));
      case LogicalNode.Output n -> n.columns().forEach(c -> out.add(c.column()));
      case LogicalNode.ConstructTriples n ->
          out.addAll(List.of(n.subject(), n.predicate(), n.object()));
    }
    return out;
  }

  private static Set<Column> changed(LogicalNode.TableModify change) {
    Column count = change.count();
    return count == null ? collect(change.input()) : Set.of(count);
  }

  private static void bound(Set<Column> out, LogicalNode.QuadScan scan) {
    for (QuadTerm term : List.of(scan.graph(), scan.subject(), scan.predicate(), scan.object())) {
      if (term instanceof QuadTerm.Bind(var column)) {
        out.add(column);
      }
    }
  }

  /// The columns of the input, then one for each of `parts`.
  private static <T> void extended(
      Set<Column> out, LogicalNode input, List<T> parts, Function<T, Column> column) {
    out.addAll(collect(input));
    parts.forEach(part -> out.add(column.apply(part)));
  }

  private static void add(Set<Column> out, @Nullable Column column) {
    if (column != null) {
      out.add(column);
    }
  }

  private static void joined(
      Set<Column> out, JoinKind kind, LogicalNode left, LogicalNode right, @Nullable Column mark) {
    for (Column column : collect(left)) {
      out.add(kind == JoinKind.RIGHT || kind == JoinKind.FULL ? column.asNullable() : column);
    }
    switch (kind) {
      case INNER, RIGHT -> out.addAll(collect(right));
      case LEFT, FULL, SINGLE -> collect(right).forEach(c -> out.add(c.asNullable()));
      case SEMI, ANTI -> {}
      case MARK -> add(out, mark);
    }
  }

  private static void compatible(Set<Column> out, LogicalNode.CompatJoin join) {
    if (join.kind() == CompatKind.MINUS) {
      out.addAll(collect(join.left()));
      return;
    }
    Set<Column> left = new LinkedHashSet<>(collect(join.left()));
    List<Column> right = new ArrayList<>(collect(join.right()));
    for (SharedColumn shared : join.shared()) {
      left.remove(shared.left());
      right.remove(shared.right());
      out.add(shared.out());
    }
    out.addAll(left);
    right.forEach(c -> out.add(join.kind() == CompatKind.LEFT ? c.asNullable() : c));
  }
}
