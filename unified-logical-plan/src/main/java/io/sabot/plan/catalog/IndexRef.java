package io.sabot.plan.catalog;

import java.util.List;

/// Something sorted by which rows or elements are found: a secondary index, or a key of a table.
public sealed interface IndexRef {
  /// What EXPLAIN calls it.
  String name();

  /// How many columns or properties.
  int width();

  record Secondary(int id, String name, int width) implements IndexRef {}

  record Key(int tableId, List<Integer> columnIds, String name) implements IndexRef {
    public Key {
      columnIds = List.copyOf(columnIds);
    }

    @Override
    public int width() {
      return columnIds.size();
    }
  }
}
