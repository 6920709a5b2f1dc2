package io.sabot.store.tuple;

import java.util.Arrays;

/// Rewrites the blocks that a run of changes touches.
final class Folder {
  private static final int PENDING_TUPLES = 16 * TupleBlock.TUPLES_MAX;

  private static final int SMALL_BLOCK = TupleBlock.TUPLES_MAX / 4;

  private final int arity;
  private final BlockDirectory directory;
  private final TupleRun changes;
  private final BlockSource source;
  private final BlockSink sink;
  private final BlockDirectory.Builder result;
  private long[] pending;
  private int pendingCount;

  Folder(
      int arity, BlockDirectory directory, TupleRun changes, BlockSource source, BlockSink sink) {
    this.arity = arity;
    this.directory = directory;
    this.changes = changes;
    this.source = source;
    this.sink = sink;
    this.result = new BlockDirectory.Builder(arity);
    this.pending = new long[2 * TupleBlock.TUPLES_MAX * arity];
  }

  BlockDirectory fold() {
    int change = 0;
    for (int block = 0; block < directory.size(); block++) {
      int end = block + 1 == directory.size() ? changes.count() : changesBefore(block + 1, change);
      boolean isTouched = end > change;
      if (!isTouched && pendingCount >= SMALL_BLOCK) {
        flushEvenly();
      }
      if (!isTouched && pendingCount == 0) {
        result.add(directory.entry(block));
        continue;
      }
      merge(block, change, end);
      change = end;
    }
    for (; change < changes.count(); change++) {
      addChange(change);
    }
    // Sets grow at the end more than elsewhere: leave full blocks there.
    flush(TupleBlock.TUPLES_MAX, 0);
    return result.build();
  }

  private int changesBefore(int block, int from) {
    long[] first = Arrays.copyOfRange(directory.firsts(), block * arity, (block + 1) * arity);
    return changes.bound(from, first, false);
  }

  private void merge(int index, int from, int to) {
    TupleBlock block = directory.block(index, source);
    sink.dropped(directory.id(index));
    long[] key = new long[arity];
    int row = 0;
    for (int change = from; change < to; change++) {
      System.arraycopy(changes.rows(), change * arity, key, 0, arity);
      int end = block.bound(row, key, false);
      addRows(block, row, end);
      row = end < block.count() && block.bound(end, key, true) > end ? end + 1 : end;
      addChange(change);
    }
    addRows(block, row, block.count());
  }

  private void addChange(int change) {
    if (!changes.isRemoved(change)) {
      reserve(1);
      System.arraycopy(changes.rows(), change * arity, pending, pendingCount * arity, arity);
      pendingCount++;
    }
    if (pendingCount > PENDING_TUPLES) {
      flush(TupleBlock.TUPLES_MAX, TupleBlock.TUPLES_MAX);
    }
  }

  private void addRows(TupleBlock block, int from, int to) {
    reserve(to - from);
    block.copyRows(from, to - from, pending, pendingCount);
    pendingCount += to - from;
  }

  private void reserve(int more) {
    int needed = (pendingCount + more) * arity;
    if (needed > pending.length) {
      pending = Arrays.copyOf(pending, Math.max(needed, 2 * pending.length));
    }
  }

  /// Writes everything pending as blocks of about equal size, so that none is tiny.
  private void flushEvenly() {
    int blocks = (pendingCount + TupleBlock.TUPLES_MAX - 1) / TupleBlock.TUPLES_MAX;
    flush((pendingCount + blocks - 1) / blocks, 0);
  }

  /// Writes blocks of `blockTuples` until at most `keep` tuples are left.
  private void flush(int blockTuples, int keep) {
    int at = 0;
    while (pendingCount - at > keep) {
      int count = Math.min(blockTuples, pendingCount - at);
      byte[] bytes = TupleBlock.encode(pending, at, count, arity);
      long[] first = Arrays.copyOfRange(pending, at * arity, (at + 1) * arity);
      BlockDirectory.Entry entry =
          new BlockDirectory.Entry(sink.add(bytes), bytes.length, count, first);
      sink.listed(entry);
      result.add(entry);
      at += count;
    }
    System.arraycopy(pending, at * arity, pending, 0, (pendingCount - at) * arity);
    pendingCount -= at;
  }
}
