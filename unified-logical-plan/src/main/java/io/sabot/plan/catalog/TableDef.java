package io.sabot.plan.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A stored table. `id` is its identity, never reused, and the entity template of its rows.
///
/// @param primaryKey ids of the key columns in key order; empty when there is none
/// @param uniqueKeys further unique column sets, by column id
public record TableDef(
    int id,
    String schema,
    String name,
    List<ColumnDef> columns,
    List<Integer> primaryKey,
    List<List<Integer>> uniqueKeys,
    List<ForeignKeyDef> foreignKeys,
    List<CheckDef> checks) {
  public TableDef {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    uniqueKeys = uniqueKeys.stream().map(List::copyOf).toList();
    foreignKeys = List.copyOf(foreignKeys);
    checks = List.copyOf(checks);
  }

  /// A table without CHECK constraints.
  public TableDef(
      int id,
      String schema,
      String name,
      List<ColumnDef> columns,
      List<Integer> primaryKey,
      List<List<Integer>> uniqueKeys,
      List<ForeignKeyDef> foreignKeys) {
    this(id, schema, name, columns, primaryKey, uniqueKeys, foreignKeys, List.of());
  }

  public TableDef withCheck(CheckDef check) {
    List<CheckDef> more = new ArrayList<>(checks);
    more.add(check);
    return new TableDef(id, schema, name, columns, primaryKey, uniqueKeys, foreignKeys, more);
  }

  /// Without the CHECK or foreign key of this name.
  public TableDef without(String constraint) {
    return new TableDef(
        id,
        schema,
        name,
        columns,
        primaryKey,
        uniqueKeys,
        foreignKeys.stream().filter(k -> !k.name().equalsIgnoreCase(constraint)).toList(),
        checks.stream().filter(c -> !c.name().equalsIgnoreCase(constraint)).toList());
  }

  public Optional<ColumnDef> column(String columnName) {
    return columns.stream().filter(c -> c.name().equalsIgnoreCase(columnName)).findFirst();
  }

  public ColumnDef column(int columnId) {
    for (ColumnDef column : columns) {
      if (column.id() == columnId) {
        return column;
      }
    }
    throw new IllegalArgumentException("table " + name + " has no column id " + columnId);
  }

  public boolean hasPrimaryKey() {
    return !primaryKey.isEmpty();
  }
}
