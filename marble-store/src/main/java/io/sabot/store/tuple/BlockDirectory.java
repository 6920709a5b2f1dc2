package io.sabot.store.tuple;

import io.sabot.store.kv.MemoryCache.Place;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where the blocks of a tuple set are: first tuple, number, size. Immutable, in tuple order.
public final class BlockDirectory {
  private final int arity;
  private final int size;
  private final long[] firsts;
  private final long[] ids;
  private final int[] bytes;
  private final long[] before;
  private final int guideShift;
  private final int[] guide;

  /// Blocks that somebody has loaded, as long as the cache keeps them: most reads come here.
  private final @Nullable Place<TupleBlock>[] loaded;

  private BlockDirectory(
      int arity, int size, long[] firsts, long[] ids, int[] bytes, int[] counts) {
    this.arity = arity;
    this.size = size;
    this.firsts = firsts;
    this.ids = ids;
    this.bytes = bytes;
    this.loaded = newLoaded(size);
    this.guideShift = guideShift(arity, size, firsts);
    this.guide = guide(arity, size, firsts, guideShift);
    this.before = new long[size + 1];
    for (int i = 0; i < size; i++) {
      before[i + 1] = before[i] + counts[i];
    }
  }

  @SuppressWarnings("unchecked") // no generic arrays
  private static @Nullable Place<TupleBlock>[] newLoaded(int size) {
    return new Place[size];
  }

  /// A block, from where it was loaded last or through the source. Two threads may load the same.
  TupleBlock block(int index, BlockSource source) {
    Place<TupleBlock> known = loaded[index];
    TupleBlock block = known == null ? null : known.thing();
    while (block == null) {
      Place<TupleBlock> fresh = source.block(ids[index], bytes[index]);
      loaded[index] = fresh;
      block = fresh.thing();
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
    int bucket = bucket(key[0]);
    int found = Tuples.bound(firsts, guide[bucket], guide[bucket + 1], arity, key, true);
    return Math.max(0, found - 1);
  }

  /// The last block that starts with less than `first`, or 0: the first one that can hold a tuple
  /// that starts with it.
  int floor(long first) {
    int bucket = bucket(first);
    int low = guide[bucket];
    int high = guide[bucket + 1];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (firsts[middle * arity] < first) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Math.max(0, low - 1);
  }

  /// Whether a block after `block` may go on with tuples that start with `first`.
  boolean continues(int block, long first) {
    return block + 1 < size && firsts[(block + 1) * arity] == first;
  }

  private int bucket(long first) {
    if (size == 0 || first <= firsts[0]) {
      return 0;
    }
    long bucket = (first - firsts[0]) >>> guideShift;
    int last = guide.length - 2;
    return Long.compareUnsigned(bucket, last) < 0 ? (int) bucket : last;
  }

  /// Blocks by the leading bits of their first component, where bucket `b` is of the blocks `[b]`
  /// to `[b + 1]`: a search begins near its end when these are spread evenly.
  private static int[] guide(int arity, int size, long[] firsts, int shift) {
    if (size == 0) {
      return new int[2];
    }
    int buckets = (int) ((firsts[(size - 1) * arity] - firsts[0]) >>> shift) + 1;
    int[] guide = new int[buckets + 1];
    int bucket = 0;
    for (int block = 0; block < size; block++) {
      int own = (int) ((firsts[block * arity] - firsts[0]) >>> shift);
      while (bucket < own) {
        guide[++bucket] = block;
      }
    }
    guide[buckets] = size;
    return guide;
  }

  private static int guideShift(int arity, int size, long[] firsts) {
    if (size == 0) {
      return 0;
    }
    int bits = 64 - Long.numberOfLeadingZeros(firsts[(size - 1) * arity] - firsts[0]);
    return Math.max(0, bits - (33 - Integer.numberOfLeadingZeros(size)));
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
