package io.sabot.store.tuple;

import io.sabot.store.kv.MemoryCache;

/// Finds blocks by number; caches them.
@FunctionalInterface
public interface BlockSource {
  MemoryCache.Place<TupleBlock> block(long id, int bytes);
}
