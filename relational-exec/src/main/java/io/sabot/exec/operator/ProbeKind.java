package io.sabot.exec.operator;

import io.sabot.plan.logical.JoinKind;

/// What a join delivers, seen from the side whose rows stream past the stored ones: the kinds of
/// {@link JoinKind} with the left side streaming, and SEMI and ANTI with the left side stored.
enum ProbeKind {
  INNER,
  LEFT,
  RIGHT,
  FULL,
  SEMI,
  ANTI,
  MARK,
  SINGLE,
  /// Stored rows that something matched.
  STORED_SEMI,
  /// Stored rows that nothing matched.
  STORED_ANTI;

  /// @param storesLeft whether the left side is the stored one
  static ProbeKind of(JoinKind kind, boolean storesLeft) {
    return switch (kind) {
      case INNER -> INNER;
      case FULL -> FULL;
      case LEFT -> storesLeft ? RIGHT : LEFT;
      case RIGHT -> storesLeft ? LEFT : RIGHT;
      case SEMI -> storesLeft ? STORED_SEMI : SEMI;
      case ANTI -> storesLeft ? STORED_ANTI : ANTI;
      case MARK, SINGLE -> {
        if (storesLeft) {
          throw new IllegalArgumentException(kind + " join with the left side as build side");
        }
        yield kind == JoinKind.MARK ? MARK : SINGLE;
      }
    };
  }

  /// Whether each pair that matches is a row of the result.
  boolean deliversPairs() {
    return switch (this) {
      case INNER, LEFT, RIGHT, FULL, SINGLE -> true;
      case SEMI, ANTI, MARK, STORED_SEMI, STORED_ANTI -> false;
    };
  }

  /// Whether stored rows are delivered by themselves, after the last probe row: those that
  /// something matched ({@link #STORED_SEMI}) or those that nothing matched.
  boolean deliversStored() {
    return this == RIGHT || this == FULL || isStoredOnly();
  }

  /// Whether nothing but stored rows is delivered.
  boolean isStoredOnly() {
    return this == STORED_SEMI || this == STORED_ANTI;
  }

  /// Whether a stored row without a match is delivered.
  boolean keepsUnmatchedStored() {
    return this == RIGHT || this == FULL || this == STORED_ANTI;
  }

  /// Whether a probe row without a match leaves no trace.
  boolean dropsProbe() {
    return this == INNER || this == SEMI || this == RIGHT || isStoredOnly();
  }
}
