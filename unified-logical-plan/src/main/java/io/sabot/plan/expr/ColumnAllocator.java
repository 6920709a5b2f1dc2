package io.sabot.plan.expr;

import io.sabot.plan.type.Type;

/// Hands out the columns of one query. Confined to the thread that plans it.
public final class ColumnAllocator {
  private int next;

  public ColumnAllocator() {
    this(1);
  }

  public ColumnAllocator(int first) {
    this.next = first;
  }

  public Column column(String name, Type type, boolean nullable) {
    return new Column(next++, name, type, nullable);
  }

  /// A new column that looks like `column`.
  public Column like(Column column) {
    return column(column.name(), column.type(), column.nullable());
  }

  public int nextId() {
    return next;
  }
}
