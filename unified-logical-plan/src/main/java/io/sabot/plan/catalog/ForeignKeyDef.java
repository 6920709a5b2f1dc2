package io.sabot.plan.catalog;

import java.util.List;

/// A foreign key: column ids of the table that declares it, and column ids of the table it names.
public record ForeignKeyDef(
    String name, List<Integer> columns, int targetTable, List<Integer> targetColumns) {
  public ForeignKeyDef {
    columns = List.copyOf(columns);
    targetColumns = List.copyOf(targetColumns);
  }
}
