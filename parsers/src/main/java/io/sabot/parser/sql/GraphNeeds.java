package io.sabot.parser.sql;

import io.sabot.plan.expr.Expr;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What expressions over a graph pattern read of its variables. Calcite sees each variable as a
/// table that has a column for each thing read.
final class GraphNeeds {
  /// A value made of variables.
  @FunctionalInterface
  interface Value {
    Expr of(Function<String, Expr> variables);
  }

  /// @param name what a plan calls it
  record Need(String column, String name, Value value) {}

  private final Map<String, Map<String, Need>> byVariable = new LinkedHashMap<>();

  /// The column of a variable's table for a value.
  ///
  /// @param what tells one value from another
  String column(String variable, String what, String name, Value value) {
    Map<String, Need> needs = byVariable.computeIfAbsent(variable, _ -> new LinkedHashMap<>());
    return needs.computeIfAbsent(what, _ -> new Need("$p" + needs.size(), name, value)).column();
  }

  List<String> variables() {
    return List.copyOf(byVariable.keySet());
  }

  List<Need> of(String variable) {
    return List.copyOf(byVariable.getOrDefault(variable, Map.of()).values());
  }
}
