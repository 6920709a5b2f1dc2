package io.sabot.store.dictionary;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Terms that have a number and are not in the database yet, by their bytes and by their number. A
/// bulk load puts millions in here, so it is two open hash tables. Safe for many threads.
final class PendingTerms {
  private static final int SLOTS_MIN = 64;

  private @Nullable Pending[] byHash = new Pending[SLOTS_MIN];
  private @Nullable Pending[] byId = new Pending[SLOTS_MIN];
  private int count;
  private int storedCount;

  /// Whether there is nothing to find; a cheap answer for the usual case.
  private volatile boolean isEmpty = true;

  /// A term that is not in the database yet.
  static final class Pending {
    final long termId;
    final byte[] bytes;
    final long hash;
    volatile boolean stored;

    /// The write set that noted it last, so that noting it again is a comparison.
    @Nullable Object owner;

    Pending(long termId, byte[] bytes, long hash) {
      this.termId = termId;
      this.bytes = bytes;
      this.hash = hash;
    }
  }

  private static int slot(long mixed, int slots) {
    return (int) (mixed * 0x9E3779B97F4A7C15L >>> 32) & (slots - 1);
  }

  @Nullable Pending find(byte[] bytes, long hash) {
    if (isEmpty) {
      return null;
    }
    synchronized (this) {
      for (int slot = slot(hash, byHash.length); ; slot = (slot + 1) & (byHash.length - 1)) {
        Pending term = byHash[slot];
        if (term == null || (term.hash == hash && Arrays.equals(term.bytes, bytes))) {
          return term;
        }
      }
    }
  }

  @Nullable Pending find(long termId) {
    if (isEmpty) {
      return null;
    }
    synchronized (this) {
      for (int slot = slot(termId, byId.length); ; slot = (slot + 1) & (byId.length - 1)) {
        Pending term = byId[slot];
        if (term == null || term.termId == termId) {
          return term;
        }
      }
    }
  }

  /// Adds a term that is not there.
  synchronized void add(Pending term) {
    if (2 * (count + 1) > byHash.length) {
      rebuild(byHash.length * 2);
    }
    put(term);
    isEmpty = false;
  }

  private void put(Pending term) {
    int slot = slot(term.hash, byHash.length);
    while (byHash[slot] != null) {
      slot = (slot + 1) & (byHash.length - 1);
    }
    byHash[slot] = term;
    slot = slot(term.termId, byId.length);
    while (byId[slot] != null) {
      slot = (slot + 1) & (byId.length - 1);
    }
    byId[slot] = term;
    count++;
  }

  private void rebuild(int slots) {
    @Nullable Pending[] old = byHash;
    byHash = new Pending[slots];
    byId = new Pending[slots];
    count = 0;
    storedCount = 0;
    for (Pending term : old) {
      if (term != null && !term.stored) {
        put(term);
      }
    }
  }

  /// Some terms are marked as stored now. They may stay for a while: what is said of them is right.
  synchronized void stored(int terms) {
    storedCount += terms;
    if (2 * storedCount >= count) {
      removeStored();
    }
  }

  private void removeStored() {
    int left = 0;
    for (Pending term : byHash) {
      left += term != null && !term.stored ? 1 : 0;
    }
    int slots = SLOTS_MIN;
    while (2 * (left + 1) > slots) {
      slots *= 2;
    }
    rebuild(slots);
    isEmpty = left == 0;
  }
}
