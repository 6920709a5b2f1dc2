package io.sabot.store.kv;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// A bounded cache of immutable things; a second chance is given to what was used since the hand
/// last came by (CLOCK). Evicted things stay usable by those who hold them.
///
/// Things are found by number, and remembered by whoever keeps their {@link Place}; or they stand
/// in a {@link Shelf}, by index.
public final class MemoryCache {
  private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(Object[].class);

  private final long bytesMax;
  private final ConcurrentHashMap<Long, Place<?>> places = new ConcurrentHashMap<>();
  private final ArrayDeque<Entry> hand = new ArrayDeque<>();
  private long bytes;

  public MemoryCache(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /// What the hand passes over.
  private interface Entry {
    long size();

    /// Whether it was used since the last time this was asked.
    boolean wasUsed();

    void drop();
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

  private final class Numbered implements Entry {
    private final long key;
    private final Place<?> place;

    Numbered(long key, Place<?> place) {
      this.key = key;
      this.place = place;
    }

    @Override
    public long size() {
      return place.size;
    }

    @Override
    public boolean wasUsed() {
      boolean was = place.used;
      place.used = false;
      return was;
    }

    @Override
    public void drop() {
      places.remove(key);
      place.thing = null;
    }
  }

  /// Things by small index. One look at an array finds them: with tens of thousands of things each
  /// object on the way to one is a wait for memory. Safe for many threads.
  public final class Shelf<T> {
    private volatile Slots slots = new Slots(new Object[0], new boolean[0]);

    private record Slots(@Nullable Object[] things, boolean[] used) {}

    /// Null when it is not in the cache.
    @SuppressWarnings("unchecked") // only put fills slots
    public @Nullable T find(int index) {
      Slots known = slots;
      if (index >= known.things.length) {
        return null;
      }
      Object thing = SLOTS.getAcquire(known.things, index);
      if (thing != null && !known.used[index]) {
        known.used[index] = true;
      }
      return (T) thing;
    }

    /// Two threads may bring the same thing; one of them stays.
    public void put(int index, T thing, long size) {
      synchronized (MemoryCache.this) {
        if (index >= slots.things.length) {
          int length = Math.max(index + 1, slots.things.length * 5 / 4);
          slots = new Slots(Arrays.copyOf(slots.things, length), Arrays.copyOf(slots.used, length));
        }
        if (slots.things[index] == null) {
          SLOTS.setRelease(slots.things, index, thing);
          admit(new Slot(this, index, size));
        }
      }
    }
  }

  private record Slot(Shelf<?> shelf, int index, long size) implements Entry {
    @Override
    public boolean wasUsed() {
      boolean[] used = shelf.slots.used;
      boolean was = used[index];
      used[index] = false;
      return was;
    }

    @Override
    public void drop() {
      shelf.slots.things[index] = null;
    }
  }

  public <T> Shelf<T> shelf() {
    return new Shelf<>();
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
    if (places.putIfAbsent(key, added) == null) {
      admit(new Numbered(key, added));
    }
  }

  /// Under the lock.
  private void admit(Entry added) {
    bytes += added.size();
    hand.addLast(added);
    while (bytes > bytesMax && hand.size() > 1) {
      Entry oldest = hand.removeFirst();
      if (oldest.wasUsed()) {
        hand.addLast(oldest);
      } else {
        oldest.drop();
        bytes -= oldest.size();
      }
    }
  }

  public synchronized long bytes() {
    return bytes;
  }

  public synchronized void clear() {
    hand.forEach(Entry::drop);
    hand.clear();
    bytes = 0;
  }
}
