package io.sabot.plan.type;

/// The vector form of a column in a batch.
public enum Physical {
  BOOL,
  /// 64-bit integers: every integer width, dates (days), times and timestamps (microseconds).
  LONG,
  DOUBLE,
  /// Scaled integers: 64 bits, with a second vector of high words when a batch needs it.
  DECIMAL,
  STRING,
  /// 64-bit term identifiers: see `io.sabot.plan.value.TermId`.
  TERM
}
