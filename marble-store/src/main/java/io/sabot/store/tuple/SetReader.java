package io.sabot.store.tuple;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads one version of a set.
final class SetReader implements TupleReader {
  private final TupleSet set;
  private final BlockSource source;

  SetReader(TupleSet set, BlockSource source) {
    this.set = set;
    this.source = source;
  }

  @Override
  public int arity() {
    return set.arity();
  }

  @Override
  public TupleCursor scan(long... prefix) {
    return RangeCursor.of(set, source, prefix, null);
  }

  @Override
  public List<TupleCursor> scanParts(int parts, long... prefix) {
    int arity = set.arity();
    long[] low = Arrays.copyOf(prefix, arity);
    long[] high = Arrays.copyOf(prefix, arity);
    Arrays.fill(low, prefix.length, arity, Long.MIN_VALUE);
    Arrays.fill(high, prefix.length, arity, Long.MAX_VALUE);
    BlockDirectory directory = set.directory();
    int first = directory.size() == 0 ? 0 : directory.floor(low);
    int last = directory.size() == 0 ? 0 : directory.floor(high);
    int count = Math.clamp(last - first, 1, parts);
    List<TupleCursor> cursors = new ArrayList<>();
    for (int part = 1; part < count; part++) {
      int block = first + (int) ((long) (last - first) * part / count);
      long[] next = Arrays.copyOfRange(directory.firsts(), block * arity, (block + 1) * arity);
      if (Tuples.compare(next, 0, low, 0, arity) > 0) {
        cursors.add(RangeCursor.between(set, source, low, before(next)));
        low = next;
      }
    }
    cursors.add(
        cursors.isEmpty()
            ? RangeCursor.of(set, source, prefix, null)
            : RangeCursor.between(set, source, low, high));
    return cursors;
  }

  /// The last tuple that comes before another.
  private static long[] before(long[] tuple) {
    long[] before = tuple.clone();
    int c = before.length - 1;
    while (c > 0 && before[c] == Long.MIN_VALUE) {
      before[c--] = Long.MAX_VALUE;
    }
    before[c]--;
    return before;
  }

  @Override
  public TupleCursor scanRange(long[] prefix, long from, long to) {
    return RangeCursor.of(set, source, prefix, new long[] {from, to});
  }

  @Override
  public TupleCursor scanBetween(long[] low, long[] high) {
    return RangeCursor.between(set, source, low, high);
  }

  @Override
  public long countBetween(long[] low, long[] high) {
    long count = rank(high, true) - rank(low, false);
    for (TupleRun run : set.runs()) {
      int from = run.bound(0, low, false);
      count += run.net(from, run.bound(from, high, true));
    }
    return count;
  }

  @Override
  public long size() {
    return set.size();
  }

  @Override
  public boolean contains(long... tuple) {
    return new Probe(set, source).contains(tuple);
  }

  @Override
  public long count(long... prefix) {
    if (prefix.length == 0) {
      return set.size();
    }
    int arity = set.arity();
    long[] low = Arrays.copyOf(prefix, arity);
    long[] high = Arrays.copyOf(prefix, arity);
    Arrays.fill(low, prefix.length, arity, Long.MIN_VALUE);
    Arrays.fill(high, prefix.length, arity, Long.MAX_VALUE);
    return countBetween(low, high);
  }

  /// How many tuples of the blocks are before `key`, or with `after` not after it.
  private long rank(long[] key, boolean after) {
    BlockDirectory directory = set.directory();
    if (directory.size() == 0) {
      return 0;
    }
    int index = directory.floor(key);
    TupleBlock block = directory.block(index, source);
    return directory.tuplesBefore(index) + block.bound(0, key, after);
  }
}
