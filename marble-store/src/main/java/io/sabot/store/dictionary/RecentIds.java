package io.sabot.store.dictionary;

import io.sabot.plan.value.TermId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The identifiers of values that were looked up just now, a place for each hash: predicates,
/// classes and the constants of a query come again at once, and the others are quick to find in
/// their blocks. A value gets its place when it comes for the second time, so that what comes once
/// neither drives out what comes often nor leaves garbage. Small, so that it stays in the cache of
/// the processor. Without locks.
final class RecentIds {
  private static final int PLACES = 4096;

  private final @Nullable Entry[] entries = new Entry[PLACES];

  /// The hash that was looked up last at each place, with or without an entry.
  private final long[] hashes = new long[PLACES];

  /// Immutable, so that a reader that sees it sees all of it.
  private record Entry(byte[] bytes, long hash, long termId) {}

  /// {@link TermId#NULL} when it is not here.
  long find(byte[] bytes, long hash) {
    int place = place(hash);
    if (hashes[place] != hash) {
      return TermId.NULL;
    }
    Entry entry = entries[place];
    return entry != null && entry.hash == hash && Arrays.equals(entry.bytes, bytes)
        ? entry.termId
        : TermId.NULL;
  }

  void put(byte[] bytes, long hash, long termId) {
    int place = place(hash);
    if (hashes[place] == hash) {
      entries[place] = new Entry(bytes, hash, termId);
    } else {
      hashes[place] = hash;
    }
  }

  private static int place(long hash) {
    return (int) (hash >>> 16) & (PLACES - 1);
  }
}
