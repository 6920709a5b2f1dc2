package io.sabot.store.dictionary;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.dictionary.PendingTerms.Pending;
import io.sabot.store.kv.Family;
import io.sabot.store.kv.Key;
import io.sabot.store.kv.Kv;
import io.sabot.store.kv.KvBatch;
import io.sabot.store.kv.MemoryCache;
import io.sabot.store.segment.BytesHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The dictionary of a store. Entries never change, so it needs no versions.
///
/// ```
/// 00 id(8)                -> the value, as in ValueCodec
/// FF hash(8) n(1)         -> id(8); n counts values with the same hash from 0
/// ```
///
/// That is how few terms at a time are written; many go into {@link TermFiles}.
///
/// A new term gets its number at once and is shared by all transactions that meet it while it is
/// *pending*; each of them writes it when it commits, so the first commit makes it durable. A term
/// whose transactions all rolled back stays pending until the store closes; its number is then
/// lost.
public final class Terms {
  private static final int BY_ID = 0x00;
  private static final int BY_HASH = 0xFF;

  /// The term identifier of the default graph decodes to this.
  private static final Value DEFAULT_GRAPH = new Value.Iri("urn:sabot:default-graph");

  private final Kv kv;
  private final int bulkMin;
  private final AtomicLong nextId;
  private final TermFiles files;
  private final TermCache<Long, Value> values;
  private final RecentIds recent = new RecentIds();
  private final TermCache<Bytes, Long> ids;
  private final PendingTerms pending = new PendingTerms();

  /// @param nextId gives numbers to terms
  /// @param numbers gives numbers to stored files
  /// @param bulkMin from this many new terms on, a commit writes sorted files instead of the log
  public Terms(
      Kv kv,
      AtomicLong nextId,
      AtomicLong numbers,
      MemoryCache cache,
      int cacheEntries,
      int bulkMin) {
    this.kv = kv;
    this.bulkMin = bulkMin;
    this.nextId = nextId;
    this.files = new TermFiles(kv, cache, numbers);
    this.values = new TermCache<>(cacheEntries);
    this.ids = new TermCache<>(cacheEntries);
  }

  /// The new terms of one transaction.
  public static final class WriteSet {
    private final List<Pending> terms = new ArrayList<>();

    private void add(Pending term) {
      if (term.owner != this) {
        term.owner = this;
        terms.add(term);
      }
    }
  }

  /// The encoded value as a map key.
  private record Bytes(byte[] bytes, long hash) {
    static Bytes of(Value value) {
      byte[] bytes = ValueCodec.encode(value);
      return new Bytes(bytes, BytesHash.of(bytes, 0, bytes.length));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes that && hash == that.hash && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return (int) (hash ^ hash >>> 32);
    }
  }

  /// As {@link io.sabot.store.StoreDictionary#lookup}.
  public long lookup(Value value) {
    long inline = TermId.inline(value);
    if (inline != TermId.NULL || value.isNull()) {
      return inline;
    }
    if (value.equals(DEFAULT_GRAPH)) {
      return TermId.inStore(TermId.TAG_IRI, 0);
    }
    return find(Bytes.of(value), TermId.dictionaryTag(value));
  }

  private long find(Bytes bytes, int tag) {
    Pending waiting = pending.find(bytes.bytes, bytes.hash);
    if (waiting != null) {
      return waiting.termId;
    }
    return findStored(bytes, tag);
  }

  private long findStored(Bytes bytes, int tag) {
    long known = recent.find(bytes.bytes, bytes.hash);
    if (known != TermId.NULL) {
      return known;
    }
    long id = files.find(bytes.hash, candidate -> has(candidate, bytes.bytes));
    long termId = id != 0 ? TermId.inStore(tag, id) : single(bytes, tag);
    if (termId != TermId.NULL) {
      recent.put(bytes.bytes, bytes.hash, termId);
    }
    return termId;
  }

  /// Of a value that is stored by itself.
  private long single(Bytes bytes, int tag) {
    Long cached = ids.find(bytes);
    if (cached != null) {
      return cached;
    }
    for (int n = 0; n < 256; n++) {
      byte[] stored = kv.read(Family.DICTIONARY, hashKey(bytes.hash, n));
      if (stored == null) {
        return TermId.NULL;
      }
      long candidate = readLong(stored);
      if (has(candidate, bytes.bytes)) {
        long termId = TermId.inStore(tag, candidate);
        ids.put(bytes, termId);
        return termId;
      }
    }
    return TermId.NULL;
  }

  private boolean has(long id, byte[] bytes) {
    byte[] block = files.blockOf(id);
    return (block != null && TermBlock.has(block, (int) (id % TermBlock.SIZE), bytes))
        || Arrays.equals(bytes, storedBytes(id));
  }

  private byte @Nullable [] storedBytes(long id) {
    byte[] block = files.blockOf(id);
    byte[] bytes = block == null ? null : TermBlock.bytes(block, (int) (id % TermBlock.SIZE));
    return bytes != null ? bytes : kv.read(Family.DICTIONARY, idKey(id));
  }

  private static byte[] hashKey(long hash, int n) {
    return Key.of(BY_HASH).add64(hash).add8(n).bytes();
  }

  static byte[] idKey(long id) {
    return Key.of(BY_ID).add64(id).bytes();
  }

  private static long readLong(byte[] bytes) {
    long value = 0;
    for (byte b : bytes) {
      value = value << 8 | b & 0xFF;
    }
    return value;
  }

  /// The identifier of a value, with a new number if need be; what must be written is added to
  /// `mine`.
  public long intern(Value value, WriteSet mine) {
    long inline = TermId.inline(value);
    if (inline != TermId.NULL || value.isNull()) {
      return inline;
    }
    if (value.equals(DEFAULT_GRAPH)) {
      return TermId.inStore(TermId.TAG_IRI, 0);
    }
    Bytes bytes = Bytes.of(value);
    Pending waiting = pending.find(bytes.bytes, bytes.hash);
    if (waiting == null) {
      int tag = TermId.dictionaryTag(value);
      long known = findStored(bytes, tag);
      if (known != TermId.NULL) {
        return known;
      }
      waiting = allocate(bytes, tag);
      if (waiting == null) {
        return intern(value, mine);
      }
    }
    mine.add(waiting);
    return waiting.termId;
  }

  /// A new pending term; null when somebody stored the value meanwhile.
  private synchronized @Nullable Pending allocate(Bytes bytes, int tag) {
    Pending waiting = pending.find(bytes.bytes, bytes.hash);
    if (waiting != null) {
      return waiting;
    }
    if (findStored(bytes, tag) != TermId.NULL) {
      return null;
    }
    Pending fresh =
        new Pending(TermId.inStore(tag, nextId.getAndIncrement()), bytes.bytes, bytes.hash);
    pending.add(fresh);
    return fresh;
  }

  /// Writes terms that no commit has written yet: to the batch, or in bulk. One caller at a time.
  public void write(WriteSet mine, KvBatch batch) {
    files.abandon();
    List<Pending> fresh = new ArrayList<>();
    for (Pending term : mine.terms) {
      if (!term.stored) {
        fresh.add(term);
      }
    }
    if (fresh.size() >= bulkMin) {
      // Numbers are given out in ascending order, so this is quick.
      fresh.sort(Comparator.comparingLong(TermFiles::id));
      files.write(fresh, batch);
      return;
    }
    Map<Long, Integer> sameHash = new HashMap<>();
    for (Pending term : fresh) {
      long id = TermId.dictionaryId(term.termId);
      batch.put(Family.DICTIONARY, idKey(id), term.bytes);
      int n = sameHash.merge(term.hash, 1, Integer::sum) - 1 + storedWith(term.hash);
      batch.put(Family.DICTIONARY, hashKey(term.hash, n), Key.empty().add64(id).bytes());
    }
  }

  private int storedWith(long hash) {
    int n = 0;
    while (kv.read(Family.DICTIONARY, hashKey(hash, n)) != null) {
      n++;
    }
    return n;
  }

  /// The batch with these terms is in the database.
  public void written(WriteSet mine) {
    files.written();
    int stored = 0;
    for (Pending term : mine.terms) {
      stored += term.stored ? 0 : 1;
      term.stored = true;
    }
    if (stored > 0) {
      pending.stored(stored);
    }
  }

  public Value decode(long termId) {
    if (!TermId.isInDictionary(termId)) {
      return TermId.inlineValue(termId);
    }
    Value known = quickly(termId);
    return known != null ? known : remember(termId, storedBytes(TermId.dictionaryId(termId)));
  }

  private Value remember(long termId, byte @Nullable [] bytes) {
    long id = TermId.dictionaryId(termId);
    if (id == 0) {
      return DEFAULT_GRAPH;
    }
    if (bytes == null || TermId.isLocal(termId)) {
      throw new QueryException(
          ErrorCode.CORRUPTION,
          null,
          "the dictionary has no " + TermId.toString(termId),
          "restore the store from a backup");
    }
    Value value = ValueCodec.decode(bytes);
    values.put(termId, value);
    return value;
  }

  /// Decodes many. Sorted scans give the same identifier many times in a row.
  public void decode(long[] termIds, int count, Value[] out) {
    List<Integer> missing = List.of();
    for (int i = 0; i < count; i++) {
      long termId = termIds[i];
      if (i > 0 && termId == termIds[i - 1] && missing.isEmpty()) {
        out[i] = out[i - 1];
        continue;
      }
      Value known = TermId.isInDictionary(termId) ? quickly(termId) : TermId.inlineValue(termId);
      if (known == null) {
        missing = missing.isEmpty() ? new ArrayList<>() : missing;
        missing.add(i);
      } else {
        out[i] = known;
      }
    }
    if (!missing.isEmpty()) {
      decodeSingles(termIds, missing, out);
    }
  }

  /// A value that is in a block, in a cache or pending; otherwise null.
  private @Nullable Value quickly(long termId) {
    long id = TermId.dictionaryId(termId);
    byte[] block = TermId.isLocal(termId) ? null : files.blockOf(id);
    Value value = block == null ? null : TermBlock.value(block, (int) (id % TermBlock.SIZE));
    if (value != null) {
      return value;
    }
    Value cached = values.find(termId);
    Pending waiting = cached == null ? pending.find(termId) : null;
    return waiting == null ? cached : ValueCodec.decode(waiting.bytes);
  }

  /// Those that are stored one by one are read together in the order of their numbers.
  private void decodeSingles(long[] termIds, List<Integer> missing, Value[] out) {
    missing.sort(Comparator.comparingLong(i -> TermId.dictionaryId(termIds[i])));
    List<byte[]> keys = new ArrayList<>(missing.size());
    for (int i : missing) {
      keys.add(idKey(TermId.dictionaryId(termIds[i])));
    }
    List<byte[]> found = kv.read(Family.DICTIONARY, keys);
    for (int k = 0; k < found.size(); k++) {
      int i = missing.get(k);
      byte[] bytes = found.get(k);
      out[i] = bytes == null ? decode(termIds[i]) : remember(termIds[i], bytes);
    }
  }
}
