package io.sabot.store.tuple;

/// Finds blocks by number; caches them.
@FunctionalInterface
public interface BlockSource {
  TupleBlock block(long id, int bytes);
}
