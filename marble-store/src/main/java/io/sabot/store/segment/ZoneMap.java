package io.sabot.store.segment;

import org.jspecify.annotations.Nullable;

/// Bounds of the non-null values of a chunk; deleted rows count as present, so bounds may be wide.
///
/// @param min LONG: the value; DOUBLE: its bits (NaN never bounds anything); BOOL: 0 or 1.
///   Meaningless unless `hasBounds`
/// @param minBytes STRING only: at most 32 bytes that are not after the least value
/// @param maxBytes STRING only: bytes that are not before the greatest value; null when unknown
public record ZoneMap(
    int rows,
    int nulls,
    boolean hasBounds,
    long min,
    long max,
    byte @Nullable [] minBytes,
    byte @Nullable [] maxBytes) {

  /// A zone of `rows` nulls.
  public static ZoneMap allNull(int rows) {
    return new ZoneMap(rows, rows, false, 0, 0, null, null);
  }

  /// A zone of which nothing but the size is known.
  public static ZoneMap unknown(int rows, int nulls) {
    return new ZoneMap(rows, nulls, false, 0, 0, null, null);
  }

  /// Whether no row can hold a value: a scan for any non-null value may skip the chunk.
  public boolean isAllNull() {
    return nulls == rows;
  }

  public double minDouble() {
    return Double.longBitsToDouble(min);
  }

  public double maxDouble() {
    return Double.longBitsToDouble(max);
  }
}
