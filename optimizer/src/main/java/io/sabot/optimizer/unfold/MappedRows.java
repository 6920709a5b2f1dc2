package io.sabot.optimizer.unfold;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.ForeignKeyDef;
import io.sabot.plan.catalog.GraphMapping;
import io.sabot.plan.catalog.GraphMapping.EdgeTable;
import io.sabot.plan.catalog.GraphMapping.End;
import io.sabot.plan.catalog.GraphMapping.NodeTable;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.function.MappingFunctions;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A scan of one mapped table, under construction: hands out its columns, the node of each row and
/// the nodes that its foreign keys name.
final class MappedRows {
  private final TableDef table;
  private final GraphMapping mapping;
  private final ColumnAllocator allocator;
  private final Map<Integer, Column> reads = new LinkedHashMap<>();
  private final List<Expr> present = new ArrayList<>();

  MappedRows(TableDef table, GraphMapping mapping, ColumnAllocator allocator) {
    this.table = table;
    this.mapping = mapping;
    this.allocator = allocator;
  }

  Expr column(int columnId) {
    ColumnDef def = table.column(columnId);
    return reads
        .computeIfAbsent(columnId, _ -> allocator.column(def.name(), def.type(), def.nullable()))
        .ref();
  }

  /// A column that must not be null.
  Expr present(int columnId) {
    Expr column = column(columnId);
    Expr test = LogicFunctions.IS_NOT_NULL.call(column);
    if (table.column(columnId).nullable() && !present.contains(test)) {
      present.add(test);
    }
    return column;
  }

  private List<Expr> columns(List<Integer> ids) {
    return ids.stream().map(this::column).toList();
  }

  /// The node of the row.
  Expr node() {
    return node(mapping.nodeTable(table));
  }

  Expr node(NodeTable node) {
    return MappingFunctions.node(node.template(), node.prefix(), columns(node.key()));
  }

  Expr edge(EdgeTable edge) {
    return MappingFunctions.edge(edge.template(), edge.prefix(), columns(edge.key()));
  }

  /// The node of the row that a foreign key names; rows where it names none are dropped.
  Expr reference(ForeignKeyDef foreign) {
    NodeTable target = mapping.nodeTable(mapping.target(foreign));
    return end(foreign.columns(), foreign.targetColumns(), target);
  }

  /// The node at an end of an edge; rows where there is none are dropped.
  Expr end(End end) {
    return end(end.columns(), end.node().key(), end.node());
  }

  private Expr end(List<Integer> columns, List<Integer> targetColumns, NodeTable target) {
    List<Expr> key = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Expr column = present(columns.get(i));
      Type type = target.table().column(targetColumns.get(i)).type();
      boolean same =
          column.type().equals(type) || ComparisonFunctions.sameKind(column.type(), type);
      key.add(same ? column : new Expr.Cast(column, type, Expr.CastMode.SQL));
    }
    return MappingFunctions.node(target.template(), target.prefix(), key);
  }

  /// The scan with what was asked for so far.
  LogicalNode plan() {
    List<LogicalNode.ColumnRead> all = new ArrayList<>();
    reads.forEach((id, column) -> all.add(new LogicalNode.ColumnRead(column, id)));
    LogicalNode scan = new LogicalNode.TableScan(table.id(), table.name(), all, null);
    return present.isEmpty() ? scan : new LogicalNode.Filter(scan, LogicFunctions.and(present));
  }
}
