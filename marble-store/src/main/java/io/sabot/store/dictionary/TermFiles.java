package io.sabot.store.dictionary;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.TermId;
import io.sabot.store.dictionary.PendingTerms.Pending;
import io.sabot.store.kv.ByteReader;
import io.sabot.store.kv.ByteWriter;
import io.sabot.store.kv.Family;
import io.sabot.store.kv.Key;
import io.sabot.store.kv.Kv;
import io.sabot.store.kv.KvBatch;
import io.sabot.store.kv.MemoryCache;
import io.sabot.store.kv.SortedFile;
import io.sabot.store.segment.Memory;
import io.sabot.store.tuple.TupleBlock;
import io.sabot.store.tuple.Tuples;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The part of the dictionary that came in bulk, in the family DICTIONARY:
///
/// ```
/// 00 id(8)             -> a value that has no block, see Terms
/// 01 block(8)          -> TermBlock of the numbers from 256 * block on
/// 02 list(8)           -> blocks that exist: a count, then first and length of each range
/// 03 run(8) block(4)   -> TupleBlock of (hash, id)
/// 04 run(8)            -> HashRun
/// 05 run(8)            -> nothing; a run that others replaced, to be deleted
/// ```
///
/// Blocks are written ahead of the commit; what a crash leaves without a record is overwritten or
/// never looked at. Records come with the commit. Runs are merged when a new one is at least half
/// as long, so there are only logarithmically many.
final class TermFiles {
  private static final int BLOCK = 0x01;
  private static final int BLOCK_LIST = 0x02;
  private static final int HASHES = 0x03;
  private static final int RUN = 0x04;
  private static final int RETIRED = 0x05;

  /// Fewer values of one block than this are kept one by one.
  private static final int BLOCK_TERMS_MIN = 64;

  /// What the cache itself needs for a block, about.
  private static final long ENTRY_BYTES = 100;

  private final Kv kv;
  private final MemoryCache cache;
  private final AtomicLong numbers;
  private volatile Contents contents;

  /// What the commit in progress will make visible.
  private @Nullable Contents next;

  /// Blocks that somebody has read. What a number stands for never changes, so that all versions
  /// share them.
  private final MemoryCache.Shelf<byte[]> loaded;

  /// Which blocks and runs there are. Immutable.
  private record Contents(BitSet blocks, List<HashRun> runs, List<Long> retired) {}

  /// @param numbers gives identities to runs
  TermFiles(Kv kv, MemoryCache cache, AtomicLong numbers) {
    this.kv = kv;
    this.cache = cache;
    this.numbers = numbers;
    this.loaded = cache.shelf();
    this.contents = load(kv, cache);
  }

  private static Contents load(Kv kv, MemoryCache cache) {
    BitSet blocks = new BitSet();
    kv.scan(
        Family.DICTIONARY,
        Key.of(BLOCK_LIST).bytes(),
        (key, value) -> {
          ByteReader in = ByteReader.checked(value, "a list of blocks of the dictionary");
          for (long left = in.unsigned(); left > 0; left--) {
            int first = in.intValue();
            blocks.set(first, first + in.intValue());
          }
          return true;
        });
    List<HashRun> runs = new ArrayList<>();
    kv.scan(
        Family.DICTIONARY,
        Key.of(RUN).bytes(),
        (key, value) -> runs.add(HashRun.decode(ByteBuffer.wrap(key).getLong(1), value, cache)));
    List<Long> retired = new ArrayList<>();
    kv.scan(
        Family.DICTIONARY,
        Key.of(RETIRED).bytes(),
        (key, value) -> retired.add(ByteBuffer.wrap(key).getLong(1)));
    return new Contents(blocks, runs, retired);
  }

  // ---- Reading

  /// The {@link TermBlock} that may have a number, or null.
  byte @Nullable [] blockOf(long id) {
    long block = id / TermBlock.SIZE;
    byte[] known = block > Integer.MAX_VALUE ? null : loaded.find((int) block);
    return known != null ? known : read(block);
  }

  private byte @Nullable [] read(long block) {
    BitSet blocks = contents.blocks;
    if (block >= blocks.length() || !blocks.get((int) block)) {
      return null;
    }
    byte[] stored = kv.read(Family.DICTIONARY, Key.of(BLOCK).add64(block).bytes());
    if (stored == null) {
      throw missing();
    }
    byte[] checked = TermBlock.checked(stored);
    loaded.put((int) block, checked, checked.length + ENTRY_BYTES);
    return checked;
  }

  private static QueryException missing() {
    return new QueryException(
        ErrorCode.CORRUPTION,
        null,
        "a block of the dictionary is missing",
        "restore the store from a backup");
  }

  /// Whether a number belongs to a value.
  interface Match {
    boolean is(long id);
  }

  /// The number among those with a hash that matches, or 0.
  long find(long hash, Match match) {
    while (true) {
      Contents known = contents;
      try {
        for (HashRun run : known.runs) {
          long id = find(run, hash, match);
          if (id != 0) {
            return id;
          }
        }
        return 0;
      } catch (QueryException gone) {
        // Another thread merged the run and deleted its blocks meanwhile.
        if (known == contents) {
          throw gone;
        }
      }
    }
  }

  private long find(HashRun run, long hash, Match match) {
    for (int b = run.blockOf(hash); b < run.blocks() && run.first(b) <= hash; b++) {
      long[] table = run.loaded().find(b);
      table = table != null ? table : load(run, b);
      long id = HashTable.find(table, hash, run.first(b), run.scale(b), match);
      if (id != 0) {
        return id;
      }
    }
    return 0;
  }

  private long[] load(HashRun run, int block) {
    long[] table = HashTable.of(storedHashes(run, block), run.first(block), run.scale(block));
    run.loaded().put(block, table, HashTable.sizeInBytes(table));
    return table;
  }

  private static byte[] hashKey(long run, int block) {
    return Key.of(HASHES).add64(run).add32(block).bytes();
  }

  private TupleBlock storedHashes(HashRun run, int block) {
    int bytes = run.bytes(block);
    MemorySegment memory = Memory.allocate(Math.max(8, bytes)).asSlice(0, bytes);
    if (!kv.readInto(Family.DICTIONARY, hashKey(run.number(), block), null, memory)) {
      throw missing();
    }
    return TupleBlock.open(memory);
  }

  // ---- Writing, under the commit lock

  /// A sorted file in the making.
  private record Output(SortedFile file, BitSet blocks) {}

  /// Writes terms ahead of a commit; its batch gets the records.
  ///
  /// @param terms by ascending number
  void write(List<Pending> terms, KvBatch batch) {
    Contents old = contents;
    BitSet blocks = (BitSet) old.blocks.clone();
    List<HashRun> kept = new ArrayList<>();
    List<HashRun> merged = new ArrayList<>();
    for (HashRun run : old.runs) {
      (run.pairs() <= 2L * terms.size() ? merged : kept).add(run);
    }
    try (SortedFile file = kv.newSortedFile(Family.DICTIONARY)) {
      List<int[]> ranges = writeValues(terms, new Output(file, blocks));
      putBlockList(ranges, batch);
      HashRun run = writeHashes(terms, merged, file);
      batch.put(Family.DICTIONARY, Key.of(RUN).add64(run.number()).bytes(), run.encode());
      kept.add(run);
      kv.ingest(file);
    }
    List<Long> retired = new ArrayList<>();
    for (HashRun run : merged) {
      batch.delete(Family.DICTIONARY, Key.of(RUN).add64(run.number()).bytes());
      batch.put(Family.DICTIONARY, Key.of(RETIRED).add64(run.number()).bytes(), new byte[] {1});
      retired.add(run.number());
    }
    for (long gone : old.retired) {
      batch.deleteRange(
          Family.DICTIONARY, hashKey(gone, 0), Key.of(HASHES).add64(gone + 1).bytes());
      batch.delete(Family.DICTIONARY, Key.of(RETIRED).add64(gone).bytes());
    }
    next = new Contents(blocks, List.copyOf(kept), List.copyOf(retired));
  }

  /// The commit that {@link #write} prepared is in the database.
  void written() {
    Contents prepared = next;
    if (prepared != null) {
      contents = prepared;
      next = null;
    }
  }

  /// The commit that {@link #write} prepared failed.
  void abandon() {
    next = null;
  }

  /// Values one by one, then in blocks: that is the order of their keys. Returns the new blocks.
  private List<int[]> writeValues(List<Pending> terms, Output out) {
    List<List<Pending>> groups = new ArrayList<>();
    for (int from = 0; from < terms.size(); ) {
      long block = id(terms.get(from)) / TermBlock.SIZE;
      int to = from;
      while (to < terms.size() && id(terms.get(to)) / TermBlock.SIZE == block) {
        to++;
      }
      List<Pending> group = terms.subList(from, to);
      // A block that is there cannot be changed: its number may be in caches.
      if (group.size() < BLOCK_TERMS_MIN || out.blocks.get((int) block)) {
        group.forEach(t -> out.file.put(Terms.idKey(id(t)), t.bytes));
      } else {
        groups.add(group);
      }
      from = to;
    }
    List<int[]> ranges = new ArrayList<>();
    for (List<Pending> group : groups) {
      int block = (int) (id(group.getFirst()) / TermBlock.SIZE);
      byte[] bytes = TermBlock.encode(group, (long) block * TermBlock.SIZE, TermFiles::id);
      out.file.put(Key.of(BLOCK).add64(block).bytes(), bytes);
      out.blocks.set(block);
      int[] last = ranges.isEmpty() ? null : ranges.getLast();
      if (last != null && last[0] + last[1] == block) {
        last[1]++;
      } else {
        ranges.add(new int[] {block, 1});
      }
    }
    return ranges;
  }

  static long id(Pending term) {
    return TermId.dictionaryId(term.termId);
  }

  private void putBlockList(List<int[]> ranges, KvBatch batch) {
    if (!ranges.isEmpty()) {
      ByteWriter out = new ByteWriter().unsigned(ranges.size());
      ranges.forEach(range -> out.unsigned(range[0]).unsigned(range[1]));
      byte[] key = Key.of(BLOCK_LIST).add64(numbers.getAndIncrement()).bytes();
      batch.put(Family.DICTIONARY, key, out.checked());
    }
  }

  private HashRun writeHashes(List<Pending> terms, List<HashRun> merged, SortedFile file) {
    long total = terms.size() + merged.stream().mapToLong(HashRun::pairs).sum();
    long[] rows = new long[Math.toIntExact(2 * total)];
    int count = 0;
    for (Pending term : terms) {
      rows[2 * count] = term.hash;
      rows[2 * count++ + 1] = id(term);
    }
    for (HashRun run : merged) {
      for (int b = 0; b < run.blocks(); b++) {
        TupleBlock block = storedHashes(run, b);
        block.copyRows(0, block.count(), rows, count);
        count += block.count();
      }
    }
    rows = Tuples.sort(rows, count, 2, 2);
    long number = numbers.getAndIncrement();
    int blocks = (count + TupleBlock.TUPLES_MAX - 1) / TupleBlock.TUPLES_MAX;
    long[] firsts = new long[blocks];
    int[] bytes = new int[blocks];
    for (int b = 0; b < blocks; b++) {
      int from = b * TupleBlock.TUPLES_MAX;
      byte[] block =
          TupleBlock.encode(rows, from, Math.min(TupleBlock.TUPLES_MAX, count - from), 2);
      file.put(hashKey(number, b), block);
      firsts[b] = rows[2 * from];
      bytes[b] = block.length;
    }
    return new HashRun(number, count, firsts, bytes, cache);
  }
}
