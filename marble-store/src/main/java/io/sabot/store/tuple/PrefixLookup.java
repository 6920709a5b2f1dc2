package io.sabot.store.tuple;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// For batches of prefixes of one length, the tuples that start with each, in the order of the
/// batch. Confined to one thread.
///
/// The blocks and rows of many prefixes are looked up before the first is copied: they lie all over
/// memory, and the processor waits for several of them at a time when no lookup depends on the one
/// before. Prefixes that come in about ascending order mostly find their block without a search.
public final class PrefixLookup {
  private static final int WINDOW_MAX = 256;

  private final TupleSet set;
  private final BlockSource source;
  private final BlockDirectory directory;
  private final int arity;
  private final int length;
  private final int window;
  private final int[] places;
  private final @Nullable TupleBlock[] blocks;
  private final long[] ranges;

  /// A prefix as a whole tuple: the first that may start with it.
  private final long[] low;

  private long[][] components = {};
  private int count;
  private int windowFrom;
  private int windowEnd;
  private int input = -1;
  private int blockIndex;
  private @Nullable TupleBlock block;
  private int row;
  private int rowEnd;
  private @Nullable TupleCursor merged;

  /// For batches of any size.
  ///
  /// @param length of the prefixes, at least 1
  public PrefixLookup(TupleSet set, BlockSource source, int length) {
    this(set, source, length, WINDOW_MAX);
  }

  /// @param batch how many prefixes are usual in a batch
  public PrefixLookup(TupleSet set, BlockSource source, int length, int batch) {
    this.window = Math.clamp(batch, 1, WINDOW_MAX);
    this.places = new int[window];
    this.blocks = new TupleBlock[window];
    this.ranges = new long[window];
    this.set = set;
    this.source = source;
    this.directory = set.directory();
    this.arity = set.arity();
    this.length = length;
    this.low = new long[arity];
    Arrays.fill(low, length, arity, Long.MIN_VALUE);
  }

  /// Starts on other prefixes.
  ///
  /// @param newComponents component `c` of prefix `i` is `[c][i]`; they stay the caller's and must
  ///   not change before the last tuple is read
  public void start(long[][] newComponents, int newCount) {
    components = newComponents;
    count = newCount;
    windowFrom = 0;
    windowEnd = 0;
    input = -1;
    block = null;
    row = 0;
    rowEnd = 0;
    merged = null;
  }

  /// Writes at most `max` tuples: the number of the prefix to `inputs`, component `c` to
  /// `columns[c]`, unless these are null. Returns how many, 0 at the end.
  public int next(int @Nullable [] inputs, long[] @Nullable [] columns, int max) {
    int out = 0;
    while (out < max) {
      TupleCursor cursor = merged;
      if (cursor != null) {
        int got = nextMerged(cursor, inputs, columns, out, max);
        out += got;
        if (got == 0) {
          merged = null;
        }
      } else if (row < rowEnd) {
        int got = Math.min(rowEnd - row, max - out);
        copy(inputs, columns, out, got);
        row += got;
        out += got;
      } else if (!continueInNextBlock() && !nextInput()) {
        break;
      }
    }
    return out;
  }

  private int nextMerged(
      TupleCursor cursor, int @Nullable [] inputs, long[] @Nullable [] columns, int out, int max) {
    long[][] found = new long[arity][];
    for (int c = 0; c < arity; c++) {
      if (columns[c] != null) {
        found[c] = new long[max - out];
      }
    }
    int got = cursor.next(found, max - out);
    if (inputs != null) {
      Arrays.fill(inputs, out, out + got, input);
    }
    for (int c = 0; c < arity; c++) {
      long[] column = columns[c];
      if (column != null) {
        System.arraycopy(found[c], 0, column, out, got);
      }
    }
    return got;
  }

  private void copy(int @Nullable [] inputs, long[] @Nullable [] columns, int out, int n) {
    TupleBlock current = block;
    if (current == null) {
      return;
    }
    if (inputs != null) {
      Arrays.fill(inputs, out, out + n, input);
    }
    for (int c = 0; c < arity; c++) {
      long[] column = columns[c];
      if (column == null) {
        continue;
      }
      if (c < length) {
        Arrays.fill(column, out, out + n, components[c][input]);
      } else if (n == 1) {
        column[out] = current.get(row, c);
      } else {
        current.copy(c, row, n, column, out);
      }
    }
  }

  /// The tuples of one prefix may go on in the following blocks.
  private boolean continueInNextBlock() {
    TupleBlock current = block;
    if (current == null || rowEnd < current.count() || !isInput(blockIndex + 1)) {
      return false;
    }
    blockIndex++;
    TupleBlock next = directory.block(blockIndex, source);
    prefix(input);
    block = next;
    row = 0;
    rowEnd = (int) next.range(low, length);
    return true;
  }

  /// Whether a block starts with the prefix that is being read.
  private boolean isInput(int index) {
    if (index >= directory.size()) {
      return false;
    }
    for (int c = 0; c < length; c++) {
      if (directory.firsts()[index * arity + c] != components[c][input]) {
        return false;
      }
    }
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
    if (set.hasRuns() && isChanged()) {
      merged = RangeCursor.of(set, source, Arrays.copyOf(low, length), null);
      block = null;
      row = 0;
      rowEnd = 0;
      return true;
    }
    int at = input - windowFrom;
    blockIndex = places[at];
    block = blocks[at];
    row = (int) (ranges[at] >>> 32);
    rowEnd = (int) ranges[at];
    return true;
  }

  private void prefix(int number) {
    for (int c = 0; c < length; c++) {
      low[c] = components[c][number];
    }
  }

  private boolean isSameAsBefore(int number) {
    for (int c = length - 1; c >= 0; c--) {
      if (components[c][number] != components[c][number - 1]) {
        return false;
      }
    }
    return true;
  }

  /// Looks up the next prefixes.
  private void plan() {
    windowFrom = input;
    windowEnd = Math.min(count, input + window);
    int size = windowEnd - windowFrom;
    if (directory.size() == 0) {
      Arrays.fill(blocks, null);
      Arrays.fill(ranges, 0);
      return;
    }
    int place = -1;
    for (int i = 0; i < size; i++) {
      if (i > 0 && isSameAsBefore(windowFrom + i)) {
        places[i] = place;
        continue;
      }
      if (length == 1) {
        place = directory.floor(components[0][windowFrom + i]);
      } else {
        prefix(windowFrom + i);
        place = place >= 0 && isWithin(place) ? place : directory.floor(low);
      }
      places[i] = place;
    }
    for (int i = 0; i < size; i++) {
      if (i > 0 && isSameAsBefore(windowFrom + i)) {
        blocks[i] = blocks[i - 1];
        ranges[i] = ranges[i - 1];
        continue;
      }
      prefix(windowFrom + i);
      TupleBlock last = i > 0 && places[i] == places[i - 1] ? blocks[i - 1] : null;
      TupleBlock found = last != null ? last : directory.block(places[i], source);
      blocks[i] = found;
      ranges[i] = found.range(low, length);
    }
  }

  /// Whether the tuples that start with the prefix begin in a block.
  private boolean isWithin(int place) {
    return !directory.startsAfter(place, low)
        && (place + 1 == directory.size() || directory.startsAfter(place + 1, low));
  }

  private boolean isChanged() {
    prefix(input);
    for (TupleRun run : set.runs()) {
      int at = run.bound(0, low, false);
      if (at < run.count() && Tuples.compare(run.rows(), at * arity, low, 0, length) == 0) {
        return true;
      }
    }
    return false;
  }
}
