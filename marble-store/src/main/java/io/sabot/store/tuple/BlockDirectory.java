package io.sabot.store.tuple;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where the blocks of a tuple set are: first tuple, number, size. Immutable, in tuple order.
public final class BlockDirectory {
  private static final int GUESSED_MIN = 64;

  private final int arity;
  private final int size;
  private final long[] firsts;
  private final long[] ids;
  private final int[] bytes;
  private final long[] before;

  /// Blocks that somebody has loaded, as long as the cache keeps them: most reads come here.
  private final @Nullable WeakReference<TupleBlock>[] loaded;

  private BlockDirectory(
      int arity, int size, long[] firsts, long[] ids, int[] bytes, int[] counts) {
    this.arity = arity;
    this.size = size;
    this.firsts = firsts;
    this.ids = ids;
    this.bytes = bytes;
    this.loaded = newLoaded(size);
    this.before = new long[size + 1];
    for (int i = 0; i < size; i++) {
      before[i + 1] = before[i] + counts[i];
    }
  }

  @SuppressWarnings("unchecked") // no generic arrays
  private static @Nullable WeakReference<TupleBlock>[] newLoaded(int size) {
    return new WeakReference[size];
  }

  /// A block, from where it was loaded last or through the source. Two threads may load the same.
  TupleBlock block(int index, BlockSource source) {
    WeakReference<TupleBlock> known = loaded[index];
    TupleBlock block = known == null ? null : known.get();
    if (block == null) {
      block = source.block(ids[index], bytes[index]);
      loaded[index] = new WeakReference<>(block);
    }
    return block;
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

  long totalBytes() {
    return Arrays.stream(bytes).asLongStream().sum();
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
    int low = 0;
    int high = size;
    if (size > GUESSED_MIN) {
      // Narrows the search when first components are spread evenly.
      long least = firsts[0];
      long most = firsts[(size - 1) * arity];
      double share = ((double) key[0] - least) / Math.max(1, (double) most - least);
      int guess = (int) (Math.clamp(share, 0, 1) * (size - 1));
      int step = 8;
      low = Math.max(0, guess - step);
      high = Math.min(size, guess + step);
      while (low > 0 && Tuples.compare(firsts, low * arity, key, 0, key.length) > 0) {
        high = low;
        low = Math.max(0, low - (step *= 2));
      }
      while (high < size && Tuples.compare(firsts, high * arity, key, 0, key.length) <= 0) {
        low = high;
        high = Math.min(size, high + (step *= 2));
      }
    }
    return Math.max(0, Tuples.bound(firsts, low, high, arity, key, true) - 1);
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
