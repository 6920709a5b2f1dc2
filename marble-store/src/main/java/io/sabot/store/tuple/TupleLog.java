package io.sabot.store.tuple;

import java.util.Arrays;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Changes to a tuple set in the order they were made, by one transaction.
public final class TupleLog {
  private final int arity;
  private final int stride;
  private long[] rows;
  private int count;
  private @Nullable TupleRun lastRun;
  private int lastFrom;
  private int lastCount;

  public TupleLog(int arity) {
    this(arity, 16);
  }

  TupleLog(int arity, int expected) {
    this.arity = arity;
    this.stride = arity + 1;
    this.rows = new long[Math.max(1, expected) * stride];
  }

  public int count() {
    return count;
  }

  public void add(boolean isRemoved, long... tuple) {
    int at = reserve();
    System.arraycopy(tuple, 0, rows, at, arity);
    rows[at + arity] = isRemoved ? 1 : 0;
  }

  public void add(boolean isRemoved, long a, long b) {
    int at = reserve();
    rows[at] = a;
    rows[at + 1] = b;
    rows[at + 2] = isRemoved ? 1 : 0;
  }

  public void add(boolean isRemoved, long a, long b, long c) {
    int at = reserve();
    rows[at] = a;
    rows[at + 1] = b;
    rows[at + 2] = c;
    rows[at + 3] = isRemoved ? 1 : 0;
  }

  public void add(boolean isRemoved, long a, long b, long c, long d) {
    int at = reserve();
    rows[at] = a;
    rows[at + 1] = b;
    rows[at + 2] = c;
    rows[at + 3] = d;
    rows[at + 4] = isRemoved ? 1 : 0;
  }

  private int reserve() {
    int at = count * stride;
    if (at + stride > rows.length) {
      long grown = Math.min(Integer.MAX_VALUE - 8L, 2L * rows.length);
      if (grown < at + stride) {
        throw new OutOfMemoryError("more than " + count + " tuples in one transaction");
      }
      rows = Arrays.copyOf(rows, (int) grown);
    }
    count++;
    return at;
  }

  /// Forgets what was added after the first `size` entries.
  public void truncate(int size) {
    count = Math.min(count, size);
    lastRun = null;
  }

  /// Replaces the last component of removals where `moved` knows better.
  public void remapRemoved(LongUnaryOperator moved) {
    lastRun = null;
    for (int i = 0; i < count; i++) {
      if (rows[i * stride + arity] == 1) {
        int at = i * stride + arity - 1;
        rows[at] = moved.applyAsLong(rows[at]);
      }
    }
  }

  /// As {@link #remapRemoved}, for additions too.
  public void remapAll(LongUnaryOperator moved) {
    lastRun = null;
    for (int i = 0; i < count; i++) {
      int at = i * stride + arity - 1;
      rows[at] = moved.applyAsLong(rows[at]);
    }
  }

  public int arity() {
    return arity;
  }

  /// All entries but those whose last component is in `gone`, as a run.
  public TupleRun runWithout(Set<Long> gone) {
    TupleLog kept = new TupleLog(arity, count);
    for (int i = 0; i < count; i++) {
      if (!gone.contains(rows[i * stride + arity - 1])) {
        int at = kept.reserve();
        System.arraycopy(rows, i * stride, kept.rows, at, stride);
      }
    }
    return kept.run(0);
  }

  /// Entries `[from, count)` as a run; of several changes of a tuple the last one stays.
  public TupleRun run(int from) {
    TupleRun known = lastRun;
    if (known != null && lastFrom == from && lastCount == count) {
      return known;
    }
    TupleRun run = sortedRun(from);
    lastRun = run;
    lastFrom = from;
    lastCount = count;
    return run;
  }

  private TupleRun sortedRun(int from) {
    int size = count - from;
    boolean isSorted = Tuples.isSorted(rows, from, count, stride, arity);
    long[] sorted = rows;
    int first = from;
    if (!isSorted) {
      long[] part = Arrays.copyOfRange(rows, from * stride, count * stride);
      sorted = Tuples.sort(part, size, stride, arity);
      first = 0;
    }
    TupleRun.Builder builder = new TupleRun.Builder(arity, size);
    for (int i = 0; i < size; i++) {
      int at = (first + i) * stride;
      boolean isLast = i + 1 == size || Tuples.compare(sorted, at, sorted, at + stride, arity) != 0;
      if (isLast) {
        builder.addAt(sorted, at, sorted[at + arity] == 1);
      }
    }
    return builder.build();
  }
}
