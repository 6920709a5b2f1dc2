package io.sabot.engine;

import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.GraphConstraint;
import io.sabot.plan.catalog.IndexDef;
import io.sabot.plan.catalog.IndexTarget;
import io.sabot.plan.catalog.IndexText;
import io.sabot.plan.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The rows of SHOW INDEXES and SHOW CONSTRAINTS.
final class ShowSchema {
  private ShowSchema() {}

  static List<Map<String, Value>> indexes(Catalog catalog) {
    return catalog.indexes().stream().map(index -> index(index, catalog)).toList();
  }

  private static Map<String, Value> index(IndexDef index, Catalog catalog) {
    Map<String, Value> row = about(index.name(), index.target(), catalog);
    row.put("state", Value.of("ONLINE"));
    row.put("type", Value.of("RANGE"));
    row.put("unique", Value.of(index.unique()));
    catalog.constraints().stream()
        .filter(c -> c.indexId() == index.id())
        .findFirst()
        .ifPresent(c -> row.put("owningConstraint", Value.of(c.name())));
    return row;
  }

  static List<Map<String, Value>> constraints(Catalog catalog) {
    return catalog.constraints().stream().map(each -> constraint(each, catalog)).toList();
  }

  private static Map<String, Value> constraint(GraphConstraint constraint, Catalog catalog) {
    Map<String, Value> row = about(constraint.name(), constraint.target(), catalog);
    row.put("type", Value.of(type(constraint)));
    if (constraint.indexId() != 0) {
      row.put("ownedIndex", Value.of(constraint.name()));
    }
    return row;
  }

  private static String type(GraphConstraint constraint) {
    boolean isNode = constraint.target() instanceof IndexTarget.NodeProperties;
    return switch (constraint.kind()) {
      case UNIQUE -> isNode ? "UNIQUENESS" : "RELATIONSHIP_UNIQUENESS";
      case KEY -> isNode ? "NODE_KEY" : "RELATIONSHIP_KEY";
      case NOT_NULL -> isNode ? "NODE_PROPERTY_EXISTENCE" : "RELATIONSHIP_PROPERTY_EXISTENCE";
    };
  }

  /// What indexes and constraints have in common.
  private static Map<String, Value> about(String name, IndexTarget target, Catalog catalog) {
    String entity =
        switch (target) {
          case IndexTarget.TableColumns _ -> "TABLE";
          case IndexTarget.NodeProperties _ -> "NODE";
          case IndexTarget.EdgeProperties _ -> "RELATIONSHIP";
        };
    List<Value> keys = IndexText.columns(target, catalog).stream().<Value>map(Value::of).toList();
    Map<String, Value> row = new HashMap<>();
    row.put("name", Value.of(name));
    row.put("entityType", Value.of(entity));
    row.put("labelsOrTypes", Value.ListValue.of(Value.of(IndexText.owner(target, catalog))));
    row.put("properties", new Value.ListValue(keys));
    return row;
  }
}
