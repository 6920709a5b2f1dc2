package io.sabot.plan.logical;

/// How SPARQL-compatible rows combine.
public enum CompatKind {
  INNER,
  LEFT,
  /// Left rows without a compatible right row that shares at least one bound variable.
  MINUS
}
