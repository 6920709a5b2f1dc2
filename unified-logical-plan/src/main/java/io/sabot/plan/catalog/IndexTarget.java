package io.sabot.plan.catalog;

import java.util.List;

/// What an index is over, and what a constraint of the graph holds for.
public sealed interface IndexTarget {
  /// Columns of a stored table, in the order of the index.
  record TableColumns(int tableId, List<Integer> columnIds) implements IndexTarget {
    public TableColumns {
      columnIds = List.copyOf(columnIds);
    }
  }

  /// Properties of the native nodes that carry a label.
  record NodeProperties(String label, List<String> keys) implements IndexTarget {
    public NodeProperties {
      keys = List.copyOf(keys);
    }
  }

  /// Properties of the native edges of a type.
  record EdgeProperties(String type, List<String> keys) implements IndexTarget {
    public EdgeProperties {
      keys = List.copyOf(keys);
    }
  }

  /// How many columns or properties.
  default int width() {
    return switch (this) {
      case TableColumns(_, var columnIds) -> columnIds.size();
      case NodeProperties(_, var keys) -> keys.size();
      case EdgeProperties(_, var keys) -> keys.size();
    };
  }

  default boolean isOfTable(int tableId) {
    return this instanceof TableColumns(int id, _) && id == tableId;
  }
}
