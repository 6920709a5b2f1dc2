package io.sabot.jdbc;

import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows that are made here: metadata, generated keys, the elements of an array.
final class FixedRows implements RowCursor {
  private final List<String> names;
  private final List<Type> types;
  private final List<List<@Nullable Object>> rows = new ArrayList<>();
  private @Nullable Iterator<List<@Nullable Object>> reading;

  FixedRows(List<String> names, List<Type> types) {
    this.names = List.copyOf(names);
    this.types = List.copyOf(types);
  }

  /// @param columns names with blanks between them, those of numbers with a `#` behind
  static FixedRows of(String columns) {
    List<String> names = new ArrayList<>();
    List<Type> types = new ArrayList<>();
    for (String column : columns.split("\\s+")) {
      boolean isNumber = column.endsWith("#");
      names.add(isNumber ? column.substring(0, column.length() - 1) : column);
      types.add(isNumber ? Type.INT32 : Type.STRING);
    }
    return new FixedRows(names, types);
  }

  /// Whole numbers are to be longs, as the engine has them.
  FixedRows add(@Nullable Object... cells) {
    return add(Arrays.asList(cells));
  }

  FixedRows add(List<@Nullable Object> cells) {
    if (cells.size() != names.size()) {
      throw new IllegalArgumentException(cells.size() + " cells for " + names);
    }
    rows.add(cells);
    return this;
  }

  /// Sorts by columns, counted from 0; null comes first, texts compare by character.
  FixedRows sorted(int... columns) {
    Comparator<List<@Nullable Object>> order = (_, _) -> 0;
    for (int column : columns) {
      order = order.thenComparing((a, b) -> compare(a.get(column), b.get(column)));
    }
    rows.sort(order);
    return this;
  }

  private static int compare(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? -1 : 1;
    }
    return switch (a) {
      case Long left when b instanceof Long right -> left.compareTo(right);
      case Boolean left when b instanceof Boolean right -> left.compareTo(right);
      default -> a.toString().compareTo(b.toString());
    };
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public List<Type> types() {
    return types;
  }

  @Override
  public @Nullable List<@Nullable Object> next() {
    Iterator<List<@Nullable Object>> iterator = reading;
    if (iterator == null) {
      iterator = rows.iterator();
      reading = iterator;
    }
    return iterator.hasNext() ? iterator.next() : null;
  }

  @Override
  public void cancel() {}

  @Override
  public void close() {}
}
