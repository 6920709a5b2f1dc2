package io.sabot.store.kv;

import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// A bounded cache of immutable things by number; a second chance is given to what was used since
/// the hand last came by (CLOCK). Evicted things stay usable by those who hold them.
public final class MemoryCache {
  private final long bytesMax;
  private final ConcurrentHashMap<Long, Entry> entries = new ConcurrentHashMap<>();
  private final ArrayDeque<Long> hand = new ArrayDeque<>();
  private long bytes;

  public MemoryCache(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  private static final class Entry {
    final Object value;
    final long size;
    volatile boolean used;

    Entry(Object value, long size) {
      this.value = value;
      this.size = size;
    }
  }

  public @Nullable Object find(long key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    if (!entry.used) {
      entry.used = true;
    }
    return entry.value;
  }

  /// The cached thing, or a loaded one; two threads may load the same.
  public <T> T load(long key, Class<T> type, Supplier<T> loader, ToLongFunction<T> sizeOf) {
    Object cached = find(key);
    if (cached != null) {
      return type.cast(cached);
    }
    T loaded = loader.get();
    put(key, loaded, sizeOf.applyAsLong(loaded));
    return loaded;
  }

  private synchronized void put(long key, Object value, long size) {
    if (entries.putIfAbsent(key, new Entry(value, size)) != null) {
      return;
    }
    bytes += size;
    hand.addLast(key);
    while (bytes > bytesMax && hand.size() > 1) {
      long oldest = hand.removeFirst();
      Entry entry = entries.get(oldest);
      if (entry == null) {
        continue;
      }
      if (entry.used) {
        entry.used = false;
        hand.addLast(oldest);
      } else {
        entries.remove(oldest);
        bytes -= entry.size;
      }
    }
  }

  public synchronized long bytes() {
    return bytes;
  }

  public synchronized void clear() {
    entries.clear();
    hand.clear();
    bytes = 0;
  }
}
