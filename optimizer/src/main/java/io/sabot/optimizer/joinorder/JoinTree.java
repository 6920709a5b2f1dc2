package io.sabot.optimizer.joinorder;

import org.jspecify.annotations.Nullable;

/// The best plan found for a set of inputs.
///
/// @param inputs the set
/// @param left null for a single input
/// @param how the way the sides are joined
record JoinTree(
    long inputs,
    double rows,
    double cost,
    @Nullable JoinTree left,
    @Nullable JoinTree right,
    How how) {
  enum How {
    SINGLE,
    /// A join of two independent sides.
    JOIN,
    /// The right side is one scan, looked up for each left row.
    LOOKUP,
    /// The right side is one scan, searched by an index for each left row.
    INDEX,
    /// The right side is one dependent input.
    DEPENDENT,
    /// As DEPENDENT, run anew for each left row.
    CORRELATED
  }
}
