package io.sabot.store.tuple;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Point lookups that are cheap when they come in about ascending order. Confined to one thread.
public final class Probe {
  private final TupleSet set;
  private final BlockDirectory directory;
  private final BlockSource source;
  private final int arity;
  private final long[] low;
  private final long[] found;
  private int blockIndex = -1;
  private @Nullable TupleBlock block;

  public Probe(TupleSet set, BlockSource source) {
    this.set = set;
    this.directory = set.directory();
    this.source = source;
    this.arity = set.arity();
    this.low = new long[arity];
    this.found = new long[arity];
  }

  boolean contains(long[] tuple) {
    TupleRun[] runs = set.runs();
    for (int i = runs.length - 1; i >= 0; i--) {
      int sign = runs[i].sign(tuple);
      if (sign != 0) {
        return sign > 0;
      }
    }
    TupleBlock current = blockFor(tuple);
    if (current == null) {
      return false;
    }
    int row = current.bound(0, tuple, false);
    if (row == current.count()) {
      return false;
    }
    for (int c = 0; c < arity; c++) {
      if (current.get(row, c) != tuple[c]) {
        return false;
      }
    }
    return true;
  }

  private @Nullable TupleBlock blockFor(long[] key) {
    if (directory.size() == 0) {
      return null;
    }
    boolean inCurrent =
        blockIndex >= 0
            && !directory.startsAfter(blockIndex, key)
            && (blockIndex + 1 == directory.size() || directory.startsAfter(blockIndex + 1, key));
    if (!inCurrent || block == null) {
      blockIndex = directory.floor(key);
      block = directory.block(blockIndex, source);
    }
    return block;
  }

  /// The first tuple that starts with `prefix` (whole tuple), or null. The array is reused.
  ///
  /// @param length how many components of `prefix` count
  public long @Nullable [] first(long[] prefix, int length) {
    System.arraycopy(prefix, 0, low, 0, length);
    Arrays.fill(low, length, arity, Long.MIN_VALUE);
    if (set.hasRuns()) {
      return firstMerged(prefix, length);
    }
    TupleBlock current = blockFor(low);
    if (current == null) {
      return null;
    }
    int row = current.bound(0, low, false);
    if (row == current.count()) {
      int next = blockIndex + 1;
      if (next >= directory.size()) {
        return null;
      }
      blockIndex = next;
      current = directory.block(next, source);
      block = current;
      row = 0;
    }
    for (int c = 0; c < arity; c++) {
      found[c] = current.get(row, c);
      if (c < length && found[c] != prefix[c]) {
        return null;
      }
    }
    return found;
  }

  private long @Nullable [] firstMerged(long[] prefix, int length) {
    RangeCursor cursor = RangeCursor.of(set, source, Arrays.copyOf(prefix, length), null);
    long[][] columns = new long[arity][1];
    if (cursor.next(columns, 1) == 0) {
      return null;
    }
    for (int c = 0; c < arity; c++) {
      found[c] = columns[c][0];
    }
    return found;
  }
}
