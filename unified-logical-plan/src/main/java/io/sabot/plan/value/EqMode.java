package io.sabot.plan.value;

/// When two values are the same key: in grouping, DISTINCT, set operations and join keys.
public enum EqMode {
  /// Typed SQL equality; nulls group together.
  SQL,
  /// Cypher equivalence: null is null, NaN is NaN, 1 is 1.0.
  EQUIVALENT,
  /// RDF sameTerm; unbound is unbound.
  TERM
}
