package io.sabot.plan.logical;

/// Whether an edge pattern follows edges from source to target, or both ways.
public enum Direction {
  OUT,
  BOTH
}
