package io.sabot.store;

import io.sabot.plan.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The entries of one key or one secondary index in order, as one snapshot sees them. Safe for many
/// threads.
///
/// What an index finds is never too little and may be too much: strings are in the order of their
/// first bytes only, numbers of different types are compared about. Whoever reads it tests the
/// rows.
public interface IndexReader {
  /// A stretch of entries, both ends included.
  record Span(long[] low, long[] high) {}

  /// The stretch with all entries whose leading columns equal `equal` and whose next column lies
  /// between `low` and `high`, which are part of it.
  ///
  /// @return null when no entry can, as is the case when a value is null
  @Nullable Span span(List<Value> equal, @Nullable Value low, @Nullable Value high);

  /// How many entries a stretch has; exact, at the cost of at most two block reads.
  long count(Span span);

  /// All entries.
  long size();

  Cursor scan(Span span);

  /// Reads entries. Confined to one thread; holds nothing to close.
  interface Cursor {
    /// Writes at most `max` row addresses, or term identifiers of elements. Returns how many, 0 at
    /// the end.
    int next(long[] found, int max);
  }
}
