package io.sabot.store.tuple;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// For a batch of keys, the tuples (key, second, third) of a set of arity 3, in the order of the
/// batch.
///
/// The blocks and rows of many keys are looked up before the first is copied: neighbours lie all
/// over memory, and the processor waits for several of them at a time when no lookup depends on the
/// one before.
public final class Expansion {
  private static final int WINDOW = 256;

  private final TupleSet set;
  private final BlockSource source;
  private final BlockDirectory directory;
  private final long[] keys;
  private final int count;
  private final boolean hasRuns;
  private final int[] places;
  private final @Nullable TupleBlock[] blocks;
  private final long[] ranges;
  private int windowFrom;
  private int windowEnd;
  private int input = -1;
  private int blockIndex = -1;
  private @Nullable TupleBlock block;
  private int row;
  private int rowEnd;
  private final long[] low = {0, Long.MIN_VALUE, Long.MIN_VALUE};
  private @Nullable TupleCursor merged;

  public Expansion(TupleSet set, BlockSource source, long[] keys, int count) {
    this.set = set;
    this.source = source;
    this.directory = set.directory();
    this.keys = keys;
    this.count = count;
    this.hasRuns = set.hasRuns();
    int window = Math.min(count, WINDOW);
    this.places = new int[window];
    this.blocks = new TupleBlock[window];
    this.ranges = new long[window];
  }

  /// As `GraphReader.ExpandCursor.next`.
  public int next(
      int @Nullable [] inputs, long @Nullable [] seconds, long @Nullable [] thirds, int max) {
    int out = 0;
    while (out < max) {
      TupleCursor cursor = merged;
      if (cursor != null) {
        int got = nextMerged(cursor, inputs, seconds, thirds, out, max);
        out += got;
        if (got == 0) {
          merged = null;
        }
      } else if (row < rowEnd) {
        int got = Math.min(rowEnd - row, max - out);
        copy(inputs, seconds, thirds, out, got);
        row += got;
        out += got;
      } else if (!continueInNextBlock() && !nextInput()) {
        break;
      }
    }
    return out;
  }

  private int nextMerged(
      TupleCursor cursor,
      int @Nullable [] inputs,
      long @Nullable [] seconds,
      long @Nullable [] thirds,
      int out,
      int max) {
    long[][] columns = {null, new long[max - out], new long[max - out]};
    int got = cursor.next(columns, max - out);
    for (int i = 0; i < got; i++) {
      if (inputs != null) {
        inputs[out + i] = input;
      }
      if (seconds != null) {
        seconds[out + i] = columns[1][i];
      }
      if (thirds != null) {
        thirds[out + i] = columns[2][i];
      }
    }
    return got;
  }

  private void copy(
      int @Nullable [] inputs,
      long @Nullable [] seconds,
      long @Nullable [] thirds,
      int out,
      int n) {
    TupleBlock current = block;
    if (n == 0 || current == null) {
      return;
    }
    if (inputs != null) {
      Arrays.fill(inputs, out, out + n, input);
    }
    if (seconds != null) {
      current.copy(1, row, n, seconds, out);
    }
    if (thirds != null) {
      current.copy(2, row, n, thirds, out);
    }
  }

  /// The tuples of one key may go on in the following blocks.
  private boolean continueInNextBlock() {
    TupleBlock current = block;
    if (current == null
        || rowEnd < current.count()
        || !directory.continues(blockIndex, keys[input])) {
      return false;
    }
    blockIndex++;
    TupleBlock next = directory.block(blockIndex, source);
    block = next;
    row = 0;
    rowEnd = (int) next.range(keys[input]);
    return true;
  }

  private boolean nextInput() {
    if (++input >= count) {
      input = count;
      block = null;
      return false;
    }
    if (input == windowEnd) {
      plan();
    }
    if (hasRuns && changed(keys[input])) {
      merged = RangeCursor.of(set, source, new long[] {keys[input]}, null);
      block = null;
      return true;
    }
    int at = input - windowFrom;
    blockIndex = places[at];
    block = blocks[at];
    row = (int) (ranges[at] >>> 32);
    rowEnd = (int) ranges[at];
    return true;
  }

  /// Looks up the next keys.
  private void plan() {
    windowFrom = input;
    windowEnd = Math.min(count, input + WINDOW);
    if (directory.size() == 0) {
      return;
    }
    int size = windowEnd - windowFrom;
    for (int i = 0; i < size; i++) {
      places[i] = directory.floor(keys[windowFrom + i]);
    }
    for (int i = 0; i < size; i++) {
      TupleBlock found = directory.block(places[i], source);
      blocks[i] = found;
      ranges[i] = found.range(keys[windowFrom + i]);
    }
  }

  private boolean changed(long key) {
    low[0] = key;
    for (TupleRun run : set.runs()) {
      int at = run.bound(0, low, false);
      if (at < run.count() && run.component(at, 0) == key) {
        return true;
      }
    }
    return false;
  }
}
