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
  private final ConcurrentHashMap<Long, Place<?>> places = new ConcurrentHashMap<>();
  private final ArrayDeque<Long> hand = new ArrayDeque<>();
  private long bytes;

  public MemoryCache(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// Where a thing is as long as it is in the cache. Who keeps the place finds the thing without a
  /// search, and the cache knows that it was used. Not volatile: who misses a change by another
  /// thread loads the thing again or uses one that was just evicted, and both are right.
  public static final class Place<T> {
    private final long size;
    private @Nullable T thing;
    private boolean used;

    private Place(T thing, long size) {
      this.thing = thing;
      this.size = size;
    }

    /// A place in no cache.
    public static <T> Place<T> of(T thing) {
      return new Place<>(thing, 0);
    }

    /// Null when it has been evicted.
    public @Nullable T thing() {
      T found = thing;
      if (found != null && !used) {
        used = true;
      }
      return found;
    }
  }

  /// The cached thing, or a loaded one; two threads may load the same.
  public <T> T load(long key, Class<T> type, Supplier<T> loader, ToLongFunction<T> sizeOf) {
    Place<?> place = places.get(key);
    Object cached = place == null ? null : place.thing();
    if (cached != null) {
      return type.cast(cached);
    }
    T loaded = loader.get();
    put(key, new Place<>(loaded, sizeOf.applyAsLong(loaded)));
    return loaded;
  }

  /// As {@link #load}, but gives the place where the thing is, or a moment ago was.
  public <T> Place<T> place(long key, Class<T> type, Supplier<T> loader, ToLongFunction<T> sizeOf) {
    Place<?> place = places.get(key);
    Object cached = place == null ? null : place.thing();
    if (place != null && type.isInstance(cached)) {
      @SuppressWarnings("unchecked") // it holds a T
      Place<T> found = (Place<T>) place;
      return found;
    }
    T loaded = loader.get();
    Place<T> fresh = new Place<>(loaded, sizeOf.applyAsLong(loaded));
    put(key, fresh);
    return fresh;
  }

  private synchronized void put(long key, Place<?> added) {
    if (places.putIfAbsent(key, added) != null) {
      return;
    }
    bytes += added.size;
    hand.addLast(key);
    while (bytes > bytesMax && hand.size() > 1) {
      long oldest = hand.removeFirst();
      Place<?> place = places.get(oldest);
      if (place == null) {
        continue;
      }
      if (place.used) {
        place.used = false;
        hand.addLast(oldest);
      } else {
        places.remove(oldest);
        place.thing = null;
        bytes -= place.size;
      }
    }
  }

  public synchronized long bytes() {
    return bytes;
  }

  public synchronized void clear() {
    places.values().forEach(place -> place.thing = null);
    places.clear();
    hand.clear();
    bytes = 0;
  }
}
