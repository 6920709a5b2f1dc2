package io.sabot.plan.value;

/// Which total order a sort uses.
public enum OrderMode {
  /// Typed; NaN is the largest number; the place of nulls is given by the sort key.
  SQL,
  /// Maps, nodes, edges, lists, paths, temporals, strings, booleans, numbers, null.
  CYPHER,
  /// Unbound, blank nodes, IRIs, literals.
  SPARQL
}
