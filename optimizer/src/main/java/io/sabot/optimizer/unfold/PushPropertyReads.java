package io.sabot.optimizer.unfold;

import io.sabot.optimizer.effects.Updates;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.PlanExprs;
import io.sabot.plan.logical.PropertyRead;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the properties of nodes and edges that may be rows of tables in the scan, so that they
/// become columns of the table.
///
/// ```
/// project [x = n.name]            project [x = name]
///   nodes n person          =>      nodes n person [name = 'name']
/// ```
///
/// Not across an update, which may change the property between the scan and its use. Properties of
/// nodes that are certainly native stay where they are: fetched late, for the rows that are left.
final class PushPropertyReads {
  private final GraphMapping mapping;
  private final ColumnAllocator allocator;
  private final Map<Column, Map<String, Column>> known = new HashMap<>();

  private PushPropertyReads(GraphMapping mapping, ColumnAllocator allocator) {
    this.mapping = mapping;
    this.allocator = allocator;
  }

  static LogicalNode apply(LogicalNode root, Catalog catalog, ColumnAllocator allocator) {
    GraphMapping mapping = new GraphMapping(catalog);
    return !mapping.isEmpty() && !Updates.in(root)
        ? new PushPropertyReads(mapping, allocator).rewrite(root)
        : root;
  }

  private record Read(Column owner, String key) {}

  private LogicalNode rewrite(LogicalNode node) {
    LogicalNode current = node;
    Set<Read> reads = new LinkedHashSet<>();
    collect(node, reads);
    for (Read read : reads) {
      current = push(current, read);
    }
    return current.mapInputs(this::rewrite);
  }

  /// The properties that the node reads itself, and those that its correlated side reads.
  private static void collect(LogicalNode node, Set<Read> into) {
    PlanExprs.of(node).forEach(e -> collect(e, into));
    if (node instanceof LogicalNode.Apply apply) {
      collectAll(apply.right(), into);
    }
  }

  private static void collectAll(LogicalNode node, Set<Read> into) {
    PlanExprs.of(node).forEach(e -> collect(e, into));
    node.inputs().forEach(input -> collectAll(input, into));
  }

  private static void collect(Expr expr, Set<Read> into) {
    if (expr instanceof Expr.Property(Expr.Col(var owner), var key, var type) && type == Type.ANY) {
      into.add(new Read(owner, key));
    }
    expr.forEachChild(child -> collect(child, into));
  }

  private LogicalNode push(LogicalNode node, Read read) {
    List<LogicalNode> inputs = new ArrayList<>(node.inputs());
    for (int i = 0; i < inputs.size(); i++) {
      if (!PlanColumns.of(inputs.get(i)).contains(read.owner())) {
        continue;
      }
      Added added = add(inputs.get(i), read);
      if (added != null) {
        inputs.set(i, added.node());
        Iterator<LogicalNode> next = inputs.iterator();
        LogicalNode rebuilt = node.mapInputs(_ -> next.next());
        return replace(rebuilt, read, added.column());
      }
    }
    return node;
  }

  private static LogicalNode replace(LogicalNode node, Read read, Column column) {
    LogicalNode own = replaceHere(node, read, column);
    if (own instanceof LogicalNode.Apply apply) {
      return new LogicalNode.Apply(
          apply.kind(),
          apply.left(),
          replaceAll(apply.right(), read, column),
          apply.condition(),
          apply.mark());
    }
    return own;
  }

  private static LogicalNode replaceAll(LogicalNode node, Read read, Column column) {
    return replaceHere(node.mapInputs(i -> replaceAll(i, read, column)), read, column);
  }

  private static LogicalNode replaceHere(LogicalNode node, Read read, Column column) {
    return PlanExprs.map(
        node,
        expr ->
            expr.transform(e ->
                e instanceof Expr.Property(Expr.Col(var owner), var key, _)
                        && owner.equals(read.owner())
                        && key.equals(read.key())
                    ? column.ref()
                    : e));
  }

  /// A plan that delivers the property too, as `column`.
  private record Added(LogicalNode node, Column column) {}

  private @Nullable Added add(LogicalNode node, Read read) {
    return switch (node) {
      case LogicalNode.NodeScan scan when scan.node().equals(read.owner()) ->
          isMapped(scan.labels()) ? nodes(scan, read) : null;
      case LogicalNode.EdgeScan scan when scan.edge().equals(read.owner()) ->
          isMappedType(scan.types()) ? edges(scan, read) : null;
      case LogicalNode.Filter _,
          LogicalNode.Sort _,
          LogicalNode.Limit _,
          LogicalNode.Unnest _,
          LogicalNode.Window _,
          LogicalNode.Join _,
          LogicalNode.Apply _ ->
          below(node, read);
      case LogicalNode.Extend(var input, var assignments) -> {
        Column source = source(assignments, read.owner());
        yield source == null && assignments.stream().anyMatch(a -> a.column().equals(read.owner()))
            ? null
            : below(node, new Read(source == null ? read.owner() : source, read.key()));
      }
      case LogicalNode.Project(var input, var assignments) -> {
        Column source = source(assignments, read.owner());
        Added below = source == null ? null : add(input, new Read(source, read.key()));
        yield below == null
            ? null
            : new Added(
                new LogicalNode.Project(below.node(), with(assignments, below.column())),
                below.column());
      }
      default -> null;
    };
  }

  private static List<Assignment> with(List<Assignment> assignments, Column column) {
    if (assignments.stream().anyMatch(a -> a.column().equals(column))) {
      return assignments;
    }
    List<Assignment> more = new ArrayList<>(assignments);
    more.add(Assignment.same(column));
    return more;
  }

  /// The column below that a projection passes on as `column`.
  private static @Nullable Column source(List<Assignment> assignments, Column column) {
    for (Assignment assignment : assignments) {
      if (assignment.column().equals(column) && assignment.expr() instanceof Expr.Col(var source)) {
        return source;
      }
    }
    return null;
  }

  /// Into the input that delivers the owner.
  private @Nullable Added below(LogicalNode node, Read read) {
    List<LogicalNode> inputs = new ArrayList<>(node.inputs());
    for (int i = 0; i < inputs.size(); i++) {
      if (PlanColumns.of(inputs.get(i)).contains(read.owner())) {
        Added below = add(inputs.get(i), read);
        if (below == null) {
          return null;
        }
        inputs.set(i, below.node());
        Iterator<LogicalNode> next = inputs.iterator();
        return new Added(node.mapInputs(_ -> next.next()), below.column());
      }
    }
    return null;
  }

  private boolean isMapped(LabelExpr labels) {
    return !mapping.nodeTables(labels).isEmpty();
  }

  private boolean isMappedType(LabelExpr types) {
    return !mapping.edgeTables(types).isEmpty();
  }

  private Added nodes(LogicalNode.NodeScan scan, Read read) {
    Column column = column(scan.node(), scan.properties(), read.key());
    return new Added(
        new LogicalNode.NodeScan(
            scan.node(), scan.labels(), with(scan.properties(), column, read.key())),
        column);
  }

  private Added edges(LogicalNode.EdgeScan scan, Read read) {
    Column column = column(scan.edge(), scan.properties(), read.key());
    return new Added(
        new LogicalNode.EdgeScan(
            scan.edge(),
            scan.source(),
            scan.target(),
            scan.types(),
            scan.direction(),
            with(scan.properties(), column, read.key())),
        column);
  }

  private Column column(Column owner, List<PropertyRead> reads, String key) {
    for (PropertyRead read : reads) {
      if (read.key().equals(key)) {
        return read.column();
      }
    }
    return known
        .computeIfAbsent(owner, _ -> new HashMap<>())
        .computeIfAbsent(key, k -> allocator.column(k, Type.ANY, true));
  }

  private static List<PropertyRead> with(List<PropertyRead> reads, Column column, String key) {
    if (reads.stream().anyMatch(r -> r.key().equals(key))) {
      return reads;
    }
    List<PropertyRead> more = new ArrayList<>(reads);
    more.add(new PropertyRead(column, key));
    return more;
  }
}
