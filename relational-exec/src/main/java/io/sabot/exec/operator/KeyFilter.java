package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.hash.Hashing;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.exec.run.QueryRun;
import org.jspecify.annotations.Nullable;

/// The 64-bit keys that one side of a join has, for the scans of the other side: rows whose key is
/// not among them need not be read further. Exact where the keys lie close together (a bit each),
/// else a Bloom filter of two bits in one word. Not changed once made; safe for many threads.
///
/// Known as sideways information passing, or dynamic join filters.
public final class KeyFilter {
  private static final int KEYS_MAX = 1 << 23;

  /// A filter of this many bits costs nothing that counts.
  private static final long BITS_ALWAYS = 1L << 23;

  private static final int BITS_A_KEY = 16;
  private static final int SPAN_A_KEY = 64;

  private final long min;
  private final long max;
  private final boolean exact;
  private final long[] words;
  private final QueryMemory memory;

  private KeyFilter(long min, long max, boolean exact, long[] words, QueryMemory memory) {
    this.min = min;
    this.max = max;
    this.exact = exact;
    this.words = words;
    this.memory = memory;
  }

  /// A filter of the first `count` rows of a vector of LONG without nulls; null when it would take
  /// more memory than it is worth.
  static @Nullable KeyFilter of(Vector keys, int count, QueryRun run) {
    if (count > KEYS_MAX) {
      return null;
    }
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      long key = keys.getLong(i);
      min = Math.min(min, key);
      max = Math.max(max, key);
    }
    long span = count == 0 ? 0 : max - min;
    boolean exact = span >= 0 && span < Math.max(BITS_ALWAYS, (long) SPAN_A_KEY * count);
    long bits = exact ? span + 1 : Long.highestOneBit((long) BITS_A_KEY * count) << 1;
    int length = (int) ((bits + 63) >>> 6);
    QueryMemory memory = run.memory();
    if (memory.usedBytes() + 8L * length > memory.limitBytes() / 4) {
      return null;
    }
    memory.reserveHeap(8L * length);
    KeyFilter filter = new KeyFilter(min, max, exact, new long[length], memory);
    for (int i = 0; i < count; i++) {
      filter.add(keys.getLong(i));
    }
    return filter;
  }

  private void add(long key) {
    if (exact) {
      long bit = key - min;
      words[(int) (bit >>> 6)] |= 1L << bit;
    } else {
      long hash = Hashing.mix(key);
      words[word(hash)] |= HashFilter.bits(hash);
    }
  }

  private int word(long hash) {
    return (int) (hash >>> 20) & (words.length - 1);
  }

  /// Whether a key between two others may be among them.
  boolean mayHave(long from, long to) {
    if (from > max || to < min) {
      return false;
    }
    if (!exact) {
      return true;
    }
    long at = Math.max(from, min) - min;
    long end = Math.min(to, max) - min;
    while (at <= end) {
      long word = words[(int) (at >>> 6)] >>> at;
      if (word != 0) {
        return at + Long.numberOfTrailingZeros(word) <= end;
      }
      at = (at | 63) + 1;
    }
    return false;
  }

  /// Writes the selected rows whose key may be among them to `out` and returns how many.
  int select(Vector keys, Batch batch, int[] out) {
    int count = batch.count();
    int @Nullable [] selection = batch.selection();
    java.lang.foreign.MemorySegment data = keys.data();
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection == null ? i : selection[i];
      long key = data.get(Vector.LONG, 8L * row);
      out[n] = row;
      n += has(key) ? 1 : 0;
    }
    return keys.hasNulls() ? Selector.dropNulls(keys, out, n) : n;
  }

  private boolean has(long key) {
    if (key < min || key > max) {
      return false;
    }
    if (exact) {
      long bit = key - min;
      return (words[(int) (bit >>> 6)] & 1L << bit) != 0;
    }
    long hash = Hashing.mix(key);
    long bits = HashFilter.bits(hash);
    return (words[word(hash)] & bits) == bits;
  }

  void release() {
    memory.reserveHeap(-8L * words.length);
  }
}
