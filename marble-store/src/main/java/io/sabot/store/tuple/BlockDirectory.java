package io.sabot.store.tuple;

import java.util.Arrays;

/// Where the blocks of a tuple set are: first tuple, number, size. Immutable, in tuple order.
public final class BlockDirectory {
  private final int arity;
  private final int size;
  private final long[] firsts;
  private final long[] ids;
  private final int[] bytes;
  private final long[] before;

  private BlockDirectory(
      int arity, int size, long[] firsts, long[] ids, int[] bytes, int[] counts) {
    this.arity = arity;
    this.size = size;
    this.firsts = firsts;
    this.ids = ids;
    this.bytes = bytes;
    this.before = new long[size + 1];
    for (int i = 0; i < size; i++) {
      before[i + 1] = before[i] + counts[i];
    }
  }

  static BlockDirectory empty(int arity) {
    return new Builder(arity).build();
  }

  int size() {
    return size;
  }

  long tuples() {
    return before[size];
  }

  long tuplesBefore(int block) {
    return before[block];
  }

  int count(int block) {
    return (int) (before[block + 1] - before[block]);
  }

  long id(int block) {
    return ids[block];
  }

  int bytes(int block) {
    return bytes[block];
  }

  long[] firsts() {
    return firsts;
  }

  /// The last block whose first tuple is not after `key`, or 0.
  int floor(long[] key) {
    return Math.max(0, Tuples.bound(firsts, 0, size, arity, key, true) - 1);
  }

  /// Whether `key` is before the first tuple of `block`.
  boolean startsAfter(int block, long[] key) {
    return Tuples.compare(key, 0, firsts, block * arity, arity) < 0;
  }

  /// One block.
  ///
  /// @param first its first tuple
  public record Entry(long id, int bytes, int count, long[] first) {}

  Entry entry(int block) {
    long[] first = Arrays.copyOfRange(firsts, block * arity, (block + 1) * arity);
    return new Entry(ids[block], bytes[block], count(block), first);
  }

  /// Collects blocks in tuple order.
  public static final class Builder {
    private final int arity;
    private int size;
    private long[] firsts;
    private long[] ids = new long[16];
    private int[] bytes = new int[16];
    private int[] counts = new int[16];

    public Builder(int arity) {
      this.arity = arity;
      this.firsts = new long[16 * arity];
    }

    public void add(Entry entry) {
      if (size == ids.length) {
        firsts = Arrays.copyOf(firsts, 2 * firsts.length);
        ids = Arrays.copyOf(ids, 2 * size);
        bytes = Arrays.copyOf(bytes, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
      }
      System.arraycopy(entry.first(), 0, firsts, size * arity, arity);
      ids[size] = entry.id();
      bytes[size] = entry.bytes();
      counts[size] = entry.count();
      size++;
    }

    void addFrom(BlockDirectory source, int from, int to) {
      for (int i = from; i < to; i++) {
        add(source.entry(i));
      }
    }

    public BlockDirectory build() {
      return new BlockDirectory(
          arity,
          size,
          Arrays.copyOf(firsts, size * arity),
          Arrays.copyOf(ids, size),
          Arrays.copyOf(bytes, size),
          Arrays.copyOf(counts, size));
    }
  }
}
