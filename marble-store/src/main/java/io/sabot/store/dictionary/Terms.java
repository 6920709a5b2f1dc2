package io.sabot.store.dictionary;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.kv.Family;
import io.sabot.store.kv.Key;
import io.sabot.store.kv.Kv;
import io.sabot.store.kv.KvBatch;
import io.sabot.store.kv.SortedFile;
import io.sabot.store.segment.BytesHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The dictionary of a store. Entries never change, so it needs no versions.
///
/// ```
/// 00 id(8)                -> the value, as in ValueCodec
/// FF hash(8) n(1)         -> id(8); n counts values with the same hash from 0
/// ```
///
/// A new term gets its number at once and is shared by all transactions that meet it while it is
/// *pending*; each of them writes it when it commits, so the first commit makes it durable. A term
/// whose transactions all rolled back stays pending until the store closes; its number is then
/// lost.
public final class Terms {
  private static final int BY_ID = 0x00;
  private static final int BY_HASH = 0xFF;

  /// From this many new terms on, a commit writes sorted files instead of the log.
  private static final int BULK_MIN = 20_000;

  /// The term identifier of the default graph decodes to this.
  private static final Value DEFAULT_GRAPH = new Value.Iri("urn:sabot:default-graph");

  private final Kv kv;
  private final AtomicLong nextId;
  private final TermCache<Long, Value> values;
  private final TermCache<Bytes, Long> ids;
  private final Map<Bytes, Pending> pending = new ConcurrentHashMap<>();
  private final Map<Long, Pending> pendingById = new ConcurrentHashMap<>();

  public Terms(Kv kv, AtomicLong nextId, int cacheEntries) {
    this.kv = kv;
    this.nextId = nextId;
    this.values = new TermCache<>(cacheEntries);
    this.ids = new TermCache<>(cacheEntries);
  }

  /// A term that is not in the database yet.
  public static final class Pending {
    private final long termId;
    private final Bytes bytes;
    private volatile boolean stored;

    private Pending(long termId, Bytes bytes) {
      this.termId = termId;
      this.bytes = bytes;
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
    Long cached = ids.find(bytes);
    if (cached != null) {
      return cached;
    }
    Pending waiting = pending.get(bytes);
    if (waiting != null) {
      return waiting.termId;
    }
    long id = stored(bytes);
    if (id == 0) {
      return TermId.NULL;
    }
    long termId = TermId.inStore(tag, id);
    ids.put(bytes, termId);
    return termId;
  }

  private long stored(Bytes bytes) {
    for (int n = 0; n < 256; n++) {
      byte[] id = kv.read(Family.DICTIONARY, hashKey(bytes.hash, n));
      if (id == null) {
        return 0;
      }
      byte[] other = kv.read(Family.DICTIONARY, idKey(readLong(id)));
      if (Arrays.equals(bytes.bytes, other)) {
        return readLong(id);
      }
    }
    throw new IllegalStateException("256 terms with one hash");
  }

  private static byte[] hashKey(long hash, int n) {
    return Key.of(BY_HASH).add64(hash).add8(n).bytes();
  }

  private static byte[] idKey(long id) {
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
  public long intern(Value value, Map<Long, Pending> mine) {
    long inline = TermId.inline(value);
    if (inline != TermId.NULL || value.isNull()) {
      return inline;
    }
    if (value.equals(DEFAULT_GRAPH)) {
      return TermId.inStore(TermId.TAG_IRI, 0);
    }
    Bytes bytes = Bytes.of(value);
    int tag = TermId.dictionaryTag(value);
    long known = find(bytes, tag);
    if (known == TermId.NULL) {
      known = allocate(bytes, tag);
    }
    Pending waiting = pendingById.get(known);
    if (waiting != null) {
      mine.put(known, waiting);
    }
    return known;
  }

  private synchronized long allocate(Bytes bytes, int tag) {
    long known = find(bytes, tag);
    if (known != TermId.NULL) {
      return known;
    }
    Pending fresh = new Pending(TermId.inStore(tag, nextId.getAndIncrement()), bytes);
    pendingById.put(fresh.termId, fresh);
    pending.put(bytes, fresh);
    return fresh.termId;
  }

  /// Writes terms that no commit has written yet: to the batch, or in bulk. One caller at a time.
  public void write(Map<Long, Pending> mine, KvBatch batch) {
    List<Pending> fresh = new ArrayList<>();
    for (Pending term : mine.values()) {
      if (!term.stored) {
        fresh.add(term);
      }
    }
    if (fresh.size() >= BULK_MIN) {
      writeBulk(fresh);
      return;
    }
    Map<Long, Integer> sameHash = new HashMap<>();
    for (Pending term : fresh) {
      long id = TermId.dictionaryId(term.termId);
      batch.put(Family.DICTIONARY, idKey(id), term.bytes.bytes);
      int n = sameHash.merge(term.bytes.hash, 1, Integer::sum) - 1 + storedWith(term.bytes.hash);
      batch.put(Family.DICTIONARY, hashKey(term.bytes.hash, n), Key.empty().add64(id).bytes());
    }
  }

  private int storedWith(long hash) {
    int n = 0;
    while (kv.read(Family.DICTIONARY, hashKey(hash, n)) != null) {
      n++;
    }
    return n;
  }

  /// Terms that nobody refers to are harmless, so a crash before the commit needs no clean-up.
  private void writeBulk(List<Pending> fresh) {
    fresh.sort(Comparator.comparingLong(term -> TermId.dictionaryId(term.termId)));
    try (SortedFile file = kv.newSortedFile(Family.DICTIONARY)) {
      for (Pending term : fresh) {
        file.put(idKey(TermId.dictionaryId(term.termId)), term.bytes.bytes);
      }
      fresh.sort((a, b) -> Long.compareUnsigned(a.bytes.hash, b.bytes.hash));
      int n = 0;
      long previous = 0;
      for (int i = 0; i < fresh.size(); i++) {
        Pending term = fresh.get(i);
        n = i > 0 && term.bytes.hash == previous ? n + 1 : storedWith(term.bytes.hash);
        previous = term.bytes.hash;
        byte[] id = Key.empty().add64(TermId.dictionaryId(term.termId)).bytes();
        file.put(hashKey(term.bytes.hash, n), id);
      }
      kv.ingest(file);
    }
  }

  /// The batch with these terms is in the database.
  public void written(Map<Long, Pending> mine) {
    for (Pending term : mine.values()) {
      if (!term.stored) {
        term.stored = true;
        ids.put(term.bytes, term.termId);
        pending.remove(term.bytes);
        pendingById.remove(term.termId);
      }
    }
  }

  public Value decode(long termId) {
    if (!TermId.isInDictionary(termId)) {
      return TermId.inlineValue(termId);
    }
    Value cached = values.find(termId);
    if (cached != null) {
      return cached;
    }
    return remember(termId, bytes(termId));
  }

  private byte @Nullable [] bytes(long termId) {
    Pending waiting = pendingById.get(termId);
    return waiting != null
        ? waiting.bytes.bytes
        : kv.read(Family.DICTIONARY, idKey(TermId.dictionaryId(termId)));
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

  /// Decodes many; those not cached are read together in the order of their numbers.
  public void decode(long[] termIds, int count, Value[] out) {
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Value known =
          TermId.isInDictionary(termIds[i])
              ? values.find(termIds[i])
              : TermId.inlineValue(termIds[i]);
      if (known == null && pendingById.containsKey(termIds[i])) {
        known = decode(termIds[i]);
      }
      if (known == null) {
        missing.add(i);
      } else {
        out[i] = known;
      }
    }
    missing.sort(Comparator.comparingLong(i -> TermId.dictionaryId(termIds[i])));
    List<byte[]> keys = new ArrayList<>(missing.size());
    for (int i : missing) {
      keys.add(idKey(TermId.dictionaryId(termIds[i])));
    }
    List<byte[]> found = keys.isEmpty() ? List.of() : kv.read(Family.DICTIONARY, keys);
    for (int k = 0; k < found.size(); k++) {
      int i = missing.get(k);
      byte[] bytes = found.get(k);
      out[i] = bytes == null ? decode(termIds[i]) : remember(termIds[i], bytes);
    }
  }
}
