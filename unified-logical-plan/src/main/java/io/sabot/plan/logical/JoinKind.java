package io.sabot.plan.logical;

/// How matching rows of two inputs combine.
public enum JoinKind {
  INNER,
  LEFT,
  RIGHT,
  FULL,
  /// Left rows with at least one match.
  SEMI,
  /// Left rows for which no match is true (an unknown condition counts as no match).
  ANTI,
  /// Every left row once, with a three-valued mark: true if a condition was true, else null if one
  /// was unknown, else false.
  MARK,
  /// Like LEFT, but a second match is an error.
  SINGLE
}
