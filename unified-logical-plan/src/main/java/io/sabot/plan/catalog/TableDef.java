package io.sabot.plan.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A stored table. `id` is its identity, never reused, and the entity template of its rows.
///
/// @param primaryKey ids of the key columns in key order; empty when there is none
/// @param uniqueKeys further unique column sets, by column id
/// @param nextColumn the id of the next column that is added, above all that ever were
public record TableDef(
    int id,
    String schema,
    String name,
    List<ColumnDef> columns,
    List<Integer> primaryKey,
    List<List<Integer>> uniqueKeys,
    List<ForeignKeyDef> foreignKeys,
    List<CheckDef> checks,
    int nextColumn) {
  public TableDef {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    uniqueKeys = uniqueKeys.stream().map(List::copyOf).toList();
    foreignKeys = List.copyOf(foreignKeys);
    checks = List.copyOf(checks);
  }

  /// A table whose columns are all that ever were.
  public TableDef(
      int id,
      String schema,
      String name,
      List<ColumnDef> columns,
      List<Integer> primaryKey,
      List<List<Integer>> uniqueKeys,
      List<ForeignKeyDef> foreignKeys,
      List<CheckDef> checks) {
    this(
        id,
        schema,
        name,
        columns,
        primaryKey,
        uniqueKeys,
        foreignKeys,
        checks,
        1 + columns.stream().mapToInt(ColumnDef::id).max().orElse(0));
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
    return withChecks(more);
  }

  public TableDef withChecks(List<CheckDef> changed) {
    return new TableDef(
        id, schema, name, columns, primaryKey, uniqueKeys, foreignKeys, changed, nextColumn);
  }

  public TableDef withName(String newName) {
    return new TableDef(
        id, schema, newName, columns, primaryKey, uniqueKeys, foreignKeys, checks, nextColumn);
  }

  public TableDef withColumns(List<ColumnDef> changed) {
    int next = 1 + changed.stream().mapToInt(ColumnDef::id).max().orElse(0);
    return withColumns(changed, Math.max(nextColumn, next));
  }

  public TableDef withColumns(List<ColumnDef> changed, int next) {
    return new TableDef(
        id, schema, name, changed, primaryKey, uniqueKeys, foreignKeys, checks, next);
  }

  /// With one column in the place of the one with its id.
  public TableDef withColumn(ColumnDef changed) {
    return withColumns(
        columns.stream().map(c -> c.id() == changed.id() ? changed : c).toList(), nextColumn);
  }

  public TableDef withKeys(
      List<Integer> primary, List<List<Integer>> unique, List<ForeignKeyDef> foreign) {
    return new TableDef(id, schema, name, columns, primary, unique, foreign, checks, nextColumn);
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
        checks.stream().filter(c -> !c.name().equalsIgnoreCase(constraint)).toList(),
        nextColumn);
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
