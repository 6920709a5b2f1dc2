package io.sabot.parser.cypher.lower;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.GraphConstraint;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.catalog.IndexText;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;

/// SHOW INDEXES and SHOW CONSTRAINTS as rows of constants.
public final class SchemaLowering {
  private SchemaLowering() {}

  public static LogicalNode indexes(Catalog catalog, ColumnAllocator columns) {
    List<String> names =
        List.of(
            "name",
            "state",
            "type",
            "entityType",
            "labelsOrTypes",
            "properties",
            "unique",
            "owningConstraint");
    List<List<Value>> rows = new ArrayList<>();
    for (IndexDef index : catalog.indexes()) {
      Value constraint =
          catalog.constraints().stream()
              .filter(c -> c.indexId() == index.id())
              .findFirst()
              .<Value>map(c -> Value.of(c.name()))
              .orElse(Value.NULL);
      List<Value> row = new ArrayList<>();
      row.add(Value.of(index.name()));
      row.add(Value.of("ONLINE"));
      row.add(Value.of("RANGE"));
      row.addAll(about(index.target(), catalog));
      row.add(Value.of(index.unique()));
      row.add(constraint);
      rows.add(row);
    }
    return rows(names, rows, columns);
  }

  public static LogicalNode constraints(Catalog catalog, ColumnAllocator columns) {
    List<String> names =
        List.of("name", "type", "entityType", "labelsOrTypes", "properties", "ownedIndex");
    List<List<Value>> rows = new ArrayList<>();
    for (GraphConstraint constraint : catalog.constraints()) {
      List<Value> row = new ArrayList<>();
      row.add(Value.of(constraint.name()));
      row.add(Value.of(type(constraint)));
      row.addAll(about(constraint.target(), catalog));
      row.add(constraint.indexId() == 0 ? Value.NULL : Value.of(constraint.name()));
      rows.add(row);
    }
    return rows(names, rows, columns);
  }

  private static String type(GraphConstraint constraint) {
    boolean isNode = constraint.target() instanceof IndexTarget.NodeProperties;
    return switch (constraint.kind()) {
      case UNIQUE -> isNode ? "UNIQUENESS" : "RELATIONSHIP_UNIQUENESS";
      case KEY -> isNode ? "NODE_KEY" : "RELATIONSHIP_KEY";
      case NOT_NULL -> isNode ? "NODE_PROPERTY_EXISTENCE" : "RELATIONSHIP_PROPERTY_EXISTENCE";
    };
  }

  /// Entity type, labels or types, properties.
  private static List<Value> about(IndexTarget target, Catalog catalog) {
    String entity =
        switch (target) {
          case IndexTarget.TableColumns _ -> "TABLE";
          case IndexTarget.NodeProperties _ -> "NODE";
          case IndexTarget.EdgeProperties _ -> "RELATIONSHIP";
        };
    return List.of(
        Value.of(entity),
        Value.ListValue.of(Value.of(IndexText.owner(target, catalog))),
        new Value.ListValue(
            IndexText.columns(target, catalog).stream().<Value>map(Value::of).toList()));
  }

  private static LogicalNode rows(
      List<String> names, List<List<Value>> values, ColumnAllocator allocator) {
    List<Column> columns = new ArrayList<>();
    List<LogicalNode.OutputColumn> outputs = new ArrayList<>();
    for (String name : names) {
      Column column = allocator.column(name, Type.ANY, true);
      columns.add(column);
      outputs.add(new LogicalNode.OutputColumn(column, name));
    }
    List<List<Expr>> rows =
        values.stream()
            .map(row -> row.stream().<Expr>map(v -> new Expr.Lit(v, Type.ANY)).toList())
            .toList();
    return new LogicalNode.Output(new LogicalNode.Values(columns, rows), outputs);
  }
}
