package io.sabot.parser.sparql;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.logical.GraphScope;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the lowering of one operator knows of its surroundings.
///
/// @param parameters variables with a fixed value
/// @param outer variables of the rows that an EXISTS is evaluated for
/// @param defaultScope what triple patterns outside GRAPH range over
/// @param namedScope what GRAPH ranges over
/// @param graph what triple patterns are matched against
record Context(
    ColumnAllocator columns,
    Map<String, Value> parameters,
    Map<String, Column> outer,
    GraphScope defaultScope,
    GraphScope namedScope,
    ActiveGraph graph) {

  Context inGraph(ActiveGraph newGraph) {
    return new Context(columns, parameters, outer, defaultScope, namedScope, newGraph);
  }

  Context withOuter(Map<String, Column> more) {
    Map<String, Column> all = new LinkedHashMap<>(outer);
    all.putAll(more);
    return new Context(columns, parameters, all, defaultScope, namedScope, graph);
  }

  /// What patterns in the active graph range over.
  GraphScope scope() {
    return graph instanceof ActiveGraph.Default ? defaultScope : namedScope;
  }

  Context withScopes(GraphScope newDefault, GraphScope newNamed) {
    return new Context(columns, parameters, outer, newDefault, newNamed, graph);
  }

  Column variable(String name, boolean nullable) {
    return columns.column(name, Type.ANY, nullable);
  }
}
