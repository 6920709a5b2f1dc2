package io.sabot.graph;

import io.sabot.plan.value.Value;

/// The paths for one input row, one after the other.
interface PathFinder {
  /// Moves to the next path; false when there is none.
  boolean advance();

  long source();

  long target();

  /// The edges of the path in order from the source; in RDF the name of the graph it lies in.
  Value edges();
}
