package io.sabot.store.tuple;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// For a batch of keys, the tuples (key, second, third) of a set of arity 3, in the order of the
/// batch. Without runs it walks the blocks directly; a key near the last one costs no directory
/// search.
public final class Expansion {
  private final TupleSet set;
  private final BlockSource source;
  private final BlockDirectory directory;
  private final long[] keys;
  private final int count;
  private int input = -1;
  private final long[] key = new long[1];
  private final long[] low = {0, Long.MIN_VALUE, Long.MIN_VALUE};
  private int blockIndex = -1;
  private @Nullable TupleBlock block;
  private int row;
  private int rowEnd;
  private @Nullable TupleCursor merged;

  public Expansion(TupleSet set, BlockSource source, long[] keys, int count) {
    this.set = set;
    this.source = source;
    this.directory = set.directory();
    this.keys = keys;
    this.count = count;
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
        continue;
      }
      if (row == rowEnd && !continueInNextBlock() && !nextInput()) {
        break;
      }
      if (merged == null) {
        int got = Math.min(rowEnd - row, max - out);
        copy(inputs, seconds, thirds, out, got);
        row += got;
        out += got;
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
    int next = blockIndex + 1;
    if (current == null
        || input < 0
        || rowEnd < current.count()
        || next >= directory.size()
        || directory.firsts()[next * 3] != key[0]) {
      return false;
    }
    open(next);
    row = 0;
    rowEnd = opened().bound(0, key, true);
    return true;
  }

  private TupleBlock opened() {
    TupleBlock current = block;
    if (current == null) {
      throw new IllegalStateException("no block is open");
    }
    return current;
  }

  private void open(int index) {
    blockIndex = index;
    block = directory.block(index, source);
  }

  private boolean nextInput() {
    while (++input < count) {
      key[0] = keys[input];
      low[0] = keys[input];
      row = 0;
      rowEnd = 0;
      if (changed()) {
        merged = RangeCursor.of(set, source, new long[] {keys[input]}, null);
        return true;
      }
      if (directory.size() > 0) {
        seekBlock();
        if (row < rowEnd) {
          return true;
        }
      }
    }
    input = count;
    return false;
  }

  private boolean changed() {
    for (TupleRun run : set.runs()) {
      int at = run.bound(0, low, false);
      if (at < run.count() && run.component(at, 0) == key[0]) {
        return true;
      }
    }
    return false;
  }

  private void seekBlock() {
    boolean inCurrent =
        blockIndex >= 0
            && !directory.startsAfter(blockIndex, low)
            && (blockIndex + 1 == directory.size() || directory.startsAfter(blockIndex + 1, low));
    if (!inCurrent) {
      open(directory.floor(low));
    }
    row = opened().bound(0, key, false);
    if (row == opened().count() && blockIndex + 1 < directory.size()) {
      if (directory.firsts()[(blockIndex + 1) * 3] != key[0]) {
        rowEnd = row;
        return;
      }
      open(blockIndex + 1);
      row = 0;
    }
    rowEnd = opened().gallop(row, key, true);
  }
}
