package io.sabot.parser.cypher.lower;

import io.sabot.plan.expr.Column;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which column carries which variable, in the order in which the variables came into scope.
///
/// Inside a subquery the columns of the query around it are *outer*: expressions may read them, but
/// the plan at hand does not deliver them.
final class Bindings {
  private final Map<String, Column> columns;
  private final Set<Column> outer;

  Bindings() {
    this(Map.of(), Set.of());
  }

  private Bindings(Map<String, Column> columns, Set<Column> outer) {
    this.columns = new LinkedHashMap<>(columns);
    this.outer = new HashSet<>(outer);
  }

  /// The same variables, free to grow apart.
  Bindings copy() {
    return new Bindings(columns, outer);
  }

  /// The same variables as a subquery sees them: all of them outer.
  Bindings asOuter() {
    return new Bindings(columns, new HashSet<>(columns.values()));
  }

  @Nullable Column find(String name) {
    return columns.get(name);
  }

  /// The column of a variable that the checks have seen to be in scope.
  Column column(String name) {
    Column column = columns.get(name);
    if (column == null) {
      throw new IllegalStateException("variable not in scope: " + name);
    }
    return column;
  }

  boolean contains(String name) {
    return columns.containsKey(name);
  }

  void bind(String name, Column column) {
    columns.put(name, column);
  }

  boolean isOuter(Column column) {
    return outer.contains(column);
  }

  Map<String, Column> all() {
    return columns;
  }

  Bindings with(String name, Column column) {
    Bindings copy = copy();
    copy.bind(name, column);
    return copy;
  }
}
