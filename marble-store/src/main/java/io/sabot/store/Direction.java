package io.sabot.store;

/// Which way an edge is followed.
public enum Direction {
  /// From source to target.
  OUT,
  /// From target to source.
  IN
}
