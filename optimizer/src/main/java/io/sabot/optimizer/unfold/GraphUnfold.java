package io.sabot.optimizer.unfold;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.catalog.GraphMapping.EdgeTable;
import io.sabot.plan.catalog.GraphMapping.NodeTable;
import io.sabot.plan.catalog.GraphMapping.PropertyColumns;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.ListFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.Direction;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.PropertyRead;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Scans of the property graph over tables: labels become tables, relationship types foreign keys
/// and join tables.
final class GraphUnfold {
  /// Up to this length variable-length patterns over tables are joins, one for each length; longer
  /// ones, and shortest paths, are searched for.
  private static final int TRAIL_MAX = 8;

  private final Catalog catalog;
  private final GraphMapping mapping;
  private final ColumnAllocator allocator;
  private final boolean creates;

  /// @param creates whether the statement may create nodes or edges of labels and types that the
  ///   catalog does not know yet
  GraphUnfold(Catalog catalog, GraphMapping mapping, ColumnAllocator allocator, boolean creates) {
    this.catalog = catalog;
    this.mapping = mapping;
    this.allocator = allocator;
    this.creates = creates;
  }

  LogicalNode nodes(LogicalNode.NodeScan scan) {
    List<NodeTable> tables = mapping.nodeTables(scan.labels());
    boolean isNative = mayBeNative(scan.labels());
    if (tables.isEmpty()) {
      return isNative || scan.labels().names().isEmpty()
          ? scan
          : LogicalNode.Values.empty(PlanColumns.of(scan));
    }
    Branches branches = new Branches(PlanColumns.of(scan), allocator);
    if (isNative) {
      Column node = allocator.like(scan.node());
      List<PropertyRead> reads = fresh(scan.properties());
      LogicalNode copy = new LogicalNode.NodeScan(node, scan.labels(), reads);
      branches.add(copy, PlanColumns.of(copy));
    }
    for (NodeTable table : tables) {
      MappedRows rows = new MappedRows(table.table(), mapping, allocator);
      Map<Column, Expr> values = new HashMap<>();
      values.put(scan.node(), rows.node(table));
      properties(scan.properties(), table.properties(), table.table(), rows, values);
      branches.add(rows.plan(), values);
    }
    return branches.build();
  }

  /// Whether nodes of the native graph may have these labels.
  private boolean mayBeNative(LabelExpr labels) {
    return creates
        || switch (labels) {
          case LabelExpr.Any _, LabelExpr.Labelled _, LabelExpr.Not _ -> true;
          case LabelExpr.Has(var label) -> catalog.nodeLabels().contains(label);
          case LabelExpr.And(var parts) -> parts.stream().allMatch(this::mayBeNative);
          case LabelExpr.Or(var parts) -> parts.stream().anyMatch(this::mayBeNative);
        };
  }

  private List<PropertyRead> fresh(List<PropertyRead> reads) {
    return reads.stream().map(p -> new PropertyRead(allocator.like(p.column()), p.key())).toList();
  }

  private static void properties(
      List<PropertyRead> reads,
      PropertyColumns properties,
      TableDef table,
      MappedRows rows,
      Map<Column, Expr> values) {
    for (PropertyRead read : reads) {
      properties
          .column(table, read.key())
          .ifPresent(column -> values.put(read.column(), rows.column(column.id())));
    }
  }

  LogicalNode edges(LogicalNode.EdgeScan scan) {
    List<EdgeTable> tables = mapping.edgeTables(scan.types());
    boolean isNative = isNativeType(scan.types());
    if (tables.isEmpty()) {
      return scan;
    }
    Branches branches = new Branches(PlanColumns.of(scan), allocator);
    if (isNative) {
      LogicalNode copy =
          new LogicalNode.EdgeScan(
              allocator.like(scan.edge()),
              allocator.like(scan.source()),
              allocator.like(scan.target()),
              scan.types(),
              scan.direction(),
              fresh(scan.properties()));
      branches.add(copy, PlanColumns.of(copy));
    }
    for (EdgeTable table : tables) {
      branch(scan, table, false, branches);
      if (scan.direction() == Direction.BOTH) {
        branch(scan, table, true, branches);
      }
    }
    return branches.build();
  }

  /// Every edge has a type, so no edge has one that the catalog has never seen.
  private boolean isNativeType(LabelExpr types) {
    return creates || catalog.edgeTypes().stream().anyMatch(t -> types.matches(Set.of(t)));
  }

  /// @param backwards from target to source, without the loops, which the other way has already
  private void branch(
      LogicalNode.EdgeScan scan, EdgeTable table, boolean backwards, Branches branches) {
    MappedRows rows = new MappedRows(table.table(), mapping, allocator);
    Expr from = rows.end(table.from());
    Expr to = rows.end(table.to());
    Map<Column, Expr> values = new HashMap<>();
    values.put(scan.edge(), rows.edge(table));
    values.put(backwards ? scan.target() : scan.source(), from);
    values.put(backwards ? scan.source() : scan.target(), to);
    properties(scan.properties(), table.properties(), table.table(), rows, values);
    LogicalNode plan = rows.plan();
    if (backwards) {
      Expr loop = ComparisonFunctions.sameTerm(from, to);
      plan = new LogicalNode.Filter(plan, LogicFunctions.not(loop));
    }
    branches.add(plan, values);
  }

  // ---- paths

  /// Short variable-length patterns over foreign keys and join tables: one join for each length.
  LogicalNode paths(LogicalNode.PathScan scan, PathSpec.Trail trail) {
    boolean searched = trail.selector() != PathSpec.Selector.ALL || trail.max() > TRAIL_MAX;
    if (searched || mapping.edgeTables(trail.types()).isEmpty()) {
      return scan;
    }
    Branches branches = new Branches(PlanColumns.of(scan), allocator);
    for (int length = trail.min(); length <= trail.max(); length++) {
      if (length == 0) {
        noStep(scan, branches);
      } else {
        steps(scan, trail, length, branches);
      }
    }
    return branches.build();
  }

  private void noStep(LogicalNode.PathScan scan, Branches branches) {
    Column node = allocator.column(scan.source().name(), Type.NODE, false);
    Map<Column, Expr> values = new HashMap<>();
    values.put(scan.source(), node.ref());
    values.put(scan.target(), node.ref());
    if (scan.edges() != null) {
      values.put(scan.edges(), new Expr.Lit(new Value.ListValue(List.of()), scan.edges().type()));
    }
    branches.add(nodes(new LogicalNode.NodeScan(node, LabelExpr.ANY, List.of())), values);
  }

  private void steps(
      LogicalNode.PathScan scan, PathSpec.Trail trail, int length, Branches branches) {
    LogicalNode plan = null;
    List<Expr> edges = new ArrayList<>();
    Column first = scan.source();
    Column last = scan.target();
    for (int i = 0; i < length; i++) {
      Column edge = allocator.column("step", Type.EDGE, false);
      Column from = allocator.column("from", Type.NODE, false);
      Column to = allocator.column("to", Type.NODE, false);
      List<PropertyRead> reads = new ArrayList<>();
      List<Expr> tests = new ArrayList<>();
      scan.edgeProperties()
          .forEach((key, value) -> {
            Column read = allocator.column(key, Type.ANY, true);
            reads.add(new PropertyRead(read, key));
            tests.add(
                ComparisonFunctions.compare(
                    ComparisonFunctions.Op.EQ,
                    ComparisonFunctions.Rules.CYPHER,
                    read.ref(),
                    value));
          });
      LogicalNode step =
          edges(new LogicalNode.EdgeScan(edge, from, to, trail.types(), trail.direction(), reads));
      step = tests.isEmpty() ? step : new LogicalNode.Filter(step, LogicFunctions.and(tests));
      if (plan == null) {
        plan = step;
        first = from;
      } else {
        Expr link = ComparisonFunctions.sameTerm(last.ref(), from.ref());
        plan = new LogicalNode.Join(JoinKind.INNER, plan, step, link, null);
      }
      edges.add(edge.ref());
      last = to;
    }
    if (plan == null) {
      return;
    }
    if (length > 1) {
      plan = new LogicalNode.Filter(plan, ListFunctions.ALL_DIFFERENT.call(edges));
    }
    Map<Column, Expr> values = new HashMap<>();
    values.put(scan.source(), first.ref());
    values.put(scan.target(), last.ref());
    if (scan.edges() != null) {
      Column list = allocator.like(scan.edges());
      Expr made = new Expr.Call(ListFunctions.LIST, edges, scan.edges().type());
      plan = new LogicalNode.Extend(plan, List.of(new Assignment(list, made)));
      values.put(scan.edges(), list.ref());
    }
    branches.add(plan, values);
  }
}
