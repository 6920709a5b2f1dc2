package io.sabot.parser.sparql;

import io.sabot.plan.expr.Column;
import io.sabot.plan.value.Value;

/// What triple patterns are matched against (SPARQL 1.1 §18.6, the active graph).
sealed interface ActiveGraph {
  /// The default graph of the dataset.
  record Default() implements ActiveGraph {}

  /// `GRAPH <iri>`.
  record Named(Value name) implements ActiveGraph {}

  /// `GRAPH ?g` around a pattern that may range over all named graphs at once: every leaf binds the
  /// name of its graph under this variable, which no query can name, and joins do the rest. It is
  /// not `?g` itself, because the pattern may use `?g` without knowing the graph.
  record Variable(String name) implements ActiveGraph {}

  /// `GRAPH ?g` around any other pattern, which is evaluated for each named graph: the column of an
  /// enclosing left side with the name of the graph.
  record Outer(Column name) implements ActiveGraph {}
}
