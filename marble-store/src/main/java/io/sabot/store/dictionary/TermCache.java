package io.sabot.store.dictionary;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A bounded map in two generations: when the young one is full it becomes the old one, and what
/// was in the old one and not used since is forgotten.
final class TermCache<K, V> {
  private final int generationMax;
  private volatile ConcurrentHashMap<K, V> young = new ConcurrentHashMap<>();
  private volatile ConcurrentHashMap<K, V> old = new ConcurrentHashMap<>();

  TermCache(int entriesMax) {
    this.generationMax = Math.max(16, entriesMax / 2);
  }

  @Nullable V find(K key) {
    V value = young.get(key);
    if (value != null) {
      return value;
    }
    value = old.get(key);
    if (value != null) {
      put(key, value);
    }
    return value;
  }

  void put(K key, V value) {
    ConcurrentHashMap<K, V> current = young;
    current.put(key, value);
    if (current.size() > generationMax) {
      turn(current);
    }
  }

  private synchronized void turn(ConcurrentHashMap<K, V> full) {
    if (young == full) {
      old = full;
      young = new ConcurrentHashMap<>();
    }
  }
}
