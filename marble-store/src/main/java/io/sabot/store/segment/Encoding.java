package io.sabot.store.segment;

/// How the values of a chunk lie in memory.
public enum Encoding {
  /// Arrow layout: 8-byte numbers, bits, offsets and bytes, or 16-byte pairs.
  RAW,
  /// One value for every row (or all null).
  CONST,
  /// LONG only: a base, then unsigned differences of 1, 2 or 4 bytes.
  FOR,
  /// STRING only: codes of 1, 2 or 4 bytes into a dictionary of distinct values.
  DICTIONARY
}
