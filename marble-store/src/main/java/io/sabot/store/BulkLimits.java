package io.sabot.store;

/// From when on writes go ahead of the log as sorted files.
///
/// @param spillBytes of new chunks and blocks within a transaction, at which it writes them
/// @param batchBytes more of them than this do not go into the log at commit
/// @param terms so many new terms of one transaction are written in bulk
public record BulkLimits(long spillBytes, long batchBytes, int terms) {
  public static BulkLimits defaults() {
    return new BulkLimits(32L << 20, 4L << 20, 20_000);
  }
}
