package io.sabot.plan.catalog;

import io.sabot.plan.type.Type;
import org.jspecify.annotations.Nullable;

/// A column of a stored table. `id` is its identity within the table and never reused.
///
/// @param value what it gets that is given no value; null for null
public record ColumnDef(
    int id, String name, Type type, boolean nullable, @Nullable ColumnValue value) {
  public ColumnDef(int id, String name, Type type, boolean nullable) {
    this(id, name, type, nullable, null);
  }

  public ColumnDef withName(String newName) {
    return new ColumnDef(id, newName, type, nullable, value);
  }

  public ColumnDef withNullable(boolean isNullable) {
    return new ColumnDef(id, name, type, isNullable, value);
  }

  public ColumnDef withValue(@Nullable ColumnValue newValue) {
    return new ColumnDef(id, name, type, nullable, newValue);
  }

  public boolean isGenerated() {
    return value instanceof ColumnValue.Generated;
  }
}
