package io.sabot.store.tuple;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Merges blocks and runs over a range. Stretches of a block between two changes are decoded whole.
final class RangeCursor implements TupleCursor {
  private final int arity;
  private final BlockDirectory directory;
  private final BlockSource source;
  private final long[] low;
  private final long[] high;

  /// How many leading components are the same in all tuples; negative where the range is another.
  private final int prefixLength;

  private final TupleRun changes;
  private final long[] changeKey;
  private int change;
  private int blockIndex;
  private @Nullable TupleBlock block;
  private int row;
  private int rowEnd;

  /// @param range bounds of the component after `prefix`, or null
  static RangeCursor of(TupleSet set, BlockSource source, long[] prefix, long @Nullable [] range) {
    int arity = set.arity();
    return new RangeCursor(
        set,
        source,
        bound(arity, prefix, range == null ? null : range[0], Long.MIN_VALUE),
        bound(arity, prefix, range == null ? null : range[1], Long.MAX_VALUE),
        range == null ? prefix.length : -1);
  }

  /// @param low the first whole tuple that counts
  /// @param high the last one
  static RangeCursor between(TupleSet set, BlockSource source, long[] low, long[] high) {
    return new RangeCursor(set, source, low, high, -1);
  }

  private RangeCursor(TupleSet set, BlockSource source, long[] low, long[] high, int prefixLength) {
    this.arity = set.arity();
    this.directory = set.directory();
    this.source = source;
    this.low = low;
    this.high = high;
    this.prefixLength = prefixLength;
    this.changes =
        set.hasRuns() ? TupleRun.slice(set.runs(), arity, low, high) : TupleRun.empty(arity);
    this.changeKey = changes.count() == 0 ? low : new long[arity];
    loadChange();
    openBlock(directory.size() == 0 ? 0 : directory.floor(low), low);
  }

  private static long[] bound(int arity, long[] prefix, @Nullable Long next, long fill) {
    long[] tuple = new long[arity];
    System.arraycopy(prefix, 0, tuple, 0, prefix.length);
    Arrays.fill(tuple, prefix.length, arity, fill);
    if (next != null) {
      tuple[prefix.length] = next;
    }
    return tuple;
  }

  private void loadChange() {
    if (change < changes.count()) {
      System.arraycopy(changes.rows(), change * arity, changeKey, 0, arity);
    }
  }

  /// Goes to the first row of block `index` that is not before `from`; moves on over empty ends.
  private void openBlock(int index, long[] from) {
    block = null;
    for (int next = index; next < directory.size(); next++) {
      if (next > index && directory.startsAfter(next, high)) {
        return;
      }
      TupleBlock opened = directory.block(next, source);
      long rows = rows(opened, next, from);
      row = (int) (rows >>> 32);
      rowEnd = (int) rows;
      if (row < rowEnd) {
        block = opened;
        blockIndex = next;
        return;
      }
      if (rowEnd < opened.count()) {
        return;
      }
    }
  }

  /// Rows of an opened block from `from` on, as `first << 32 | end`.
  private long rows(TupleBlock opened, int index, long[] from) {
    if (prefixLength >= 0 && from == low) {
      return opened.range(low, prefixLength);
    }
    long first = opened.bound(0, from, false);
    boolean endsHere = index + 1 == directory.size() || directory.startsAfter(index + 1, high);
    return first << 32 | (endsHere ? opened.bound((int) first, high, true) : opened.count());
  }

  @Override
  public int next(long[][] columns, int max) {
    int out = 0;
    while (out < max) {
      TupleBlock current = block;
      boolean hasChange = change < changes.count();
      if (current == null) {
        if (!hasChange) {
          break;
        }
        out = emitChange(columns, out);
        continue;
      }
      int stop = hasChange ? Math.min(rowEnd, current.gallop(row, changeKey, false)) : rowEnd;
      if (stop > row) {
        int count = Math.min(stop - row, max - out);
        copy(current, count, columns, out);
        out += count;
        advance(count);
      } else {
        // The next row is not before the change: skip it when it is the same tuple.
        if (isSameAsChange(current)) {
          advance(1);
        }
        out = emitChange(columns, out);
      }
    }
    return out;
  }

  private boolean isSameAsChange(TupleBlock current) {
    for (int c = 0; c < arity; c++) {
      if (current.get(row, c) != changeKey[c]) {
        return false;
      }
    }
    return true;
  }

  private void copy(TupleBlock current, int count, long[][] columns, int out) {
    for (int c = 0; c < arity && c < columns.length; c++) {
      if (columns[c] != null) {
        current.copy(c, row, count, columns[c], out);
      }
    }
  }

  private int emitChange(long[][] columns, int out) {
    boolean emits = !changes.isRemoved(change);
    for (int c = 0; emits && c < arity && c < columns.length; c++) {
      if (columns[c] != null) {
        columns[c][out] = changeKey[c];
      }
    }
    change++;
    loadChange();
    return emits ? out + 1 : out;
  }

  private void advance(int count) {
    row += count;
    if (row == rowEnd) {
      goOn();
    }
  }

  /// To the next block, if it may have more.
  private void goOn() {
    TupleBlock current = block;
    boolean isMore =
        current != null
            && rowEnd == current.count()
            && blockIndex + 1 < directory.size()
            && !directory.startsAfter(blockIndex + 1, high);
    if (isMore) {
      openBlock(blockIndex + 1, low);
    } else {
      block = null;
    }
  }

  @Override
  public void seek(long... key) {
    long[] target = Arrays.copyOf(key, arity);
    Arrays.fill(target, key.length, arity, Long.MIN_VALUE);
    change = changes.bound(change, target, false);
    loadChange();
    TupleBlock current = block;
    if (current == null) {
      return;
    }
    int reached = current.gallop(row, target, false);
    if (reached < rowEnd) {
      row = reached;
      return;
    }
    if (blockIndex + 1 >= directory.size() || directory.startsAfter(blockIndex + 1, high)) {
      block = null;
      return;
    }
    int next = Math.max(blockIndex + 1, directory.floor(target));
    openBlock(next, target);
  }
}
