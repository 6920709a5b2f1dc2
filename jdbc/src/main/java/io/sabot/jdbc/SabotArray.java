package io.sabot.jdbc;

import io.sabot.plan.type.Type;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A list of a row, or one that is to be a parameter.
///
/// @param items cells, as in `io.sabot.engine.Row`
record SabotArray(Type element, List<?> items) implements Array {
  @Override
  public String getBaseTypeName() {
    return SqlTypes.name(element);
  }

  @Override
  public int getBaseType() {
    return SqlTypes.code(element);
  }

  /// An array of the class that single values of the element's type have.
  @Override
  public Object getArray() throws SQLException {
    return slice(0, items.size());
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    int from = (int) Math.clamp(index - 1, 0, items.size());
    return slice(from, (int) Math.min(items.size(), (long) from + count));
  }

  private Object slice(int from, int to) throws SQLException {
    Class<?> type = SqlTypes.javaClass(element);
    Object array = java.lang.reflect.Array.newInstance(type, to - from);
    for (int i = from; i < to; i++) {
      Object item = items.get(i);
      if (item != null) {
        Object natural = Conversions.natural(item, element);
        java.lang.reflect.Array.set(
            array,
            i - from,
            type.isInstance(natural) ? natural : Conversions.as(item, element, type));
      }
    }
    return array;
  }

  /// An array of another class, such as `int[]`.
  Object as(Class<?> wanted) throws SQLException {
    Class<?> type = wanted.getComponentType();
    Class<?> boxed = java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    Object array = java.lang.reflect.Array.newInstance(type, items.size());
    for (int i = 0; i < items.size(); i++) {
      Object item = items.get(i);
      if (item == null && type.isPrimitive()) {
        throw SqlErrors.cannotRead("null", type.getName());
      }
      if (item != null) {
        java.lang.reflect.Array.set(array, i, Conversions.as(item, element, boxed));
      }
    }
    return array;
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    return rows(0, items.size());
  }

  @Override
  public ResultSet getResultSet(long index, int count) throws SQLException {
    int from = (int) Math.clamp(index - 1, 0, items.size());
    return rows(from, (int) Math.min(items.size(), (long) from + count));
  }

  private ResultSet rows(int from, int to) throws SQLException {
    FixedRows rows = new FixedRows(List.of("INDEX", "VALUE"), List.of(Type.INT64, element));
    for (int i = from; i < to; i++) {
      rows.add((long) i + 1, items.get(i));
    }
    return ResultRows.of(rows);
  }

  @Override
  public Object getArray(@Nullable Map<String, Class<?>> types) throws SQLException {
    return getArray();
  }

  @Override
  public Object getArray(long index, int count, @Nullable Map<String, Class<?>> types)
      throws SQLException {
    return getArray(index, count);
  }

  @Override
  public ResultSet getResultSet(@Nullable Map<String, Class<?>> types) throws SQLException {
    return getResultSet();
  }

  @Override
  public ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> types)
      throws SQLException {
    return getResultSet(index, count);
  }

  @Override
  public void free() {}

  @Override
  public String toString() {
    return Conversions.text(items);
  }
}
