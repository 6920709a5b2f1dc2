package io.sabot.exec.expr;

import io.sabot.plan.expr.Column;
import io.sabot.plan.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where the columns of an expression are: in the batch by position, or fixed for this evaluation
/// (columns of an outer row).
public final class Layout {
  private final List<Column> columns;
  private final Map<Column, Integer> positions = new HashMap<>();
  private final Map<Column, Value> outer;

  public Layout(List<Column> columns, Map<Column, Value> outer) {
    this.columns = List.copyOf(columns);
    this.outer = outer;
    for (int i = 0; i < columns.size(); i++) {
      positions.putIfAbsent(columns.get(i), i);
    }
  }

  public List<Column> columns() {
    return columns;
  }

  public Map<Column, Value> outer() {
    return outer;
  }

  /// The position of a column, or -1.
  public int position(Column column) {
    return positions.getOrDefault(column, -1);
  }

  /// The column as this layout delivers it: its type here is the physical truth.
  public Column at(int position) {
    return columns.get(position);
  }
}
