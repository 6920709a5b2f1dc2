package io.sabot.parser.sparql;

import io.sabot.parser.embed.EmbeddedLanguages;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.GraphScope;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.jena.sparql.core.Var;
import org.jspecify.annotations.Nullable;

/// What the lowering of one operator knows of its surroundings.
///
/// @param parameters variables with a fixed value; null where it is known only at run time
/// @param outer variables of the rows that an EXISTS is evaluated for
/// @param defaultScope what triple patterns outside GRAPH range over
/// @param namedScope what GRAPH ranges over
/// @param graph what triple patterns are matched against
/// @param emptyPaths what paths that may be empty have of the row outside
record Context(
    Binding binding,
    Map<String, Value> parameters,
    Map<String, Column> outer,
    GraphScope defaultScope,
    GraphScope namedScope,
    ActiveGraph graph,
    EmptyPaths emptyPaths) {

  /// What is the same for the whole request.
  record Binding(ColumnAllocator columns, Catalog catalog, EmbeddedLanguages languages) {}

  ColumnAllocator columns() {
    return binding.columns();
  }

  /// The value that a variable stands for; null when it is an ordinary variable, or known later.
  @Nullable Value constant(String name) {
    Value value = parameters.get(name);
    return value == null || value.isNull() ? null : value;
  }

  /// Whether a variable stands for a value that is known only at run time.
  boolean isLate(String name) {
    Value value = parameters.get(name);
    return value != null && value.isNull();
  }

  static Expr late(String name) {
    return new Expr.Param(name, Type.ANY);
  }

  Context inGraph(ActiveGraph newGraph) {
    return new Context(binding, parameters, outer, defaultScope, namedScope, newGraph, emptyPaths);
  }

  Context withOuter(Map<String, Column> more) {
    Map<String, Column> all = new LinkedHashMap<>(outer);
    all.putAll(more);
    return new Context(binding, parameters, all, defaultScope, namedScope, graph, emptyPaths);
  }

  /// Within a SELECT: of the rows that an EXISTS is evaluated for, it sees the variables it gives.
  Context seeing(List<Var> projected) {
    if (outer.isEmpty()) {
      return this;
    }
    Map<String, Column> seen = new LinkedHashMap<>(outer);
    seen.keySet().retainAll(projected.stream().map(Var::getName).toList());
    return new Context(binding, parameters, seen, defaultScope, namedScope, graph, emptyPaths);
  }

  Context with(EmptyPaths.Mode mode) {
    return with(new EmptyPaths(mode));
  }

  Context with(EmptyPaths paths) {
    return new Context(binding, parameters, outer, defaultScope, namedScope, graph, paths);
  }

  /// What patterns in the active graph range over.
  GraphScope scope() {
    return graph instanceof ActiveGraph.Default ? defaultScope : namedScope;
  }

  Context withScopes(GraphScope newDefault, GraphScope newNamed) {
    return new Context(binding, parameters, outer, newDefault, newNamed, graph, emptyPaths);
  }

  Column variable(String name, boolean nullable) {
    return columns().column(name, Type.ANY, nullable);
  }
}
