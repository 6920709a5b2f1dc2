package io.sabot.exec.run;

import io.sabot.exec.memory.HeapSize;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.value.TermDictionary;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.StoreDictionary;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The store's dictionary with the values of one running query on top. Thread-safe.
///
/// A value that the store gets to know while the query runs (because the query wrote it) keeps its
/// local identifier in rows already computed; {@link #canonical} maps that to the store's, and is
/// applied before identifiers become keys.
public final class QueryDictionary implements TermDictionary {
  private static final int CHUNK = 1 << 12;

  /// Two hash table entries and a place in a chunk.
  private static final long BYTES_A_VALUE = 96;

  private final StoreDictionary store;
  private final QueryMemory memory;
  private final ConcurrentHashMap<Value, Long> ids = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Long, Long> renamed = new ConcurrentHashMap<>();
  private final AtomicInteger next = new AtomicInteger();
  private volatile AtomicReferenceArray<Value[]> chunks = new AtomicReferenceArray<>(16);

  public QueryDictionary(StoreDictionary store, QueryMemory memory) {
    this.store = store;
    this.memory = memory;
  }

  @Override
  public long encode(Value value) {
    if (value.isNull()) {
      return TermId.NULL;
    }
    long inline = TermId.inline(value);
    if (inline != TermId.NULL) {
      return inline;
    }
    Long known = ids.get(value);
    return known != null ? known : encodeNew(value);
  }

  private long encodeNew(Value value) {
    if (!isComputedOnly(value)) {
      long stored = store.lookup(value);
      if (stored != TermId.NULL) {
        return stored;
      }
    }
    return ids.computeIfAbsent(
        value,
        fresh -> {
          memory.reserveHeap(BYTES_A_VALUE + HeapSize.of(fresh));
          int id = next.getAndIncrement();
          put(id, fresh);
          return TermId.inQuery(TermId.dictionaryTag(fresh), id);
        });
  }

  /// Paths are never stored, so the store need not be asked.
  private static boolean isComputedOnly(Value value) {
    return value instanceof Value.PathValue;
  }

  private synchronized void put(int id, Value value) {
    int chunk = id / CHUNK;
    AtomicReferenceArray<Value[]> table = chunks;
    if (chunk >= table.length()) {
      AtomicReferenceArray<Value[]> larger = new AtomicReferenceArray<>(table.length() * 2);
      for (int i = 0; i < table.length(); i++) {
        larger.set(i, table.get(i));
      }
      table = larger;
    }
    Value[] values = table.get(chunk);
    if (values == null) {
      values = new Value[CHUNK];
    }
    values[id % CHUNK] = value;
    table.set(chunk, values);
    chunks = table;
  }

  @Override
  public Value decode(long termId) {
    if (!TermId.isInDictionary(termId)) {
      return TermId.inlineValue(termId);
    }
    if (!TermId.isLocal(termId)) {
      return store.decode(termId);
    }
    int id = (int) TermId.dictionaryId(termId);
    Value[] chunk = chunks.get(id / CHUNK);
    if (chunk == null) {
      throw new IllegalStateException("unknown local term " + TermId.toString(termId));
    }
    return chunk[id % CHUNK];
  }

  /// Notes that the store now holds the value of a local identifier under `stored`.
  public void rename(long local, long stored) {
    renamed.put(local, stored);
    ids.put(decode(local), stored);
  }

  /// The store's identifier for a local one that has been written, otherwise the same.
  public long canonical(long termId) {
    if (renamed.isEmpty() || !TermId.isLocal(termId)) {
      return termId;
    }
    Long stored = renamed.get(termId);
    return stored == null ? termId : stored;
  }
}
