package io.sabot.store;

import io.sabot.store.dictionary.Terms;
import io.sabot.store.kv.KvSnapshot;
import io.sabot.store.tuple.TupleSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A committed version. Immutable; the maps must not be changed.
record Root(
    long version,
    KvSnapshot kv,
    Map<Integer, TableState> tables,
    Map<Long, TupleSet> spaces,
    CatalogData catalog,
    Blobs blobs,
    Names names,
    Terms terms)
    implements State {
  @Override
  public @Nullable TableState table(int tableId) {
    return tables.get(tableId);
  }

  @Override
  public Set<Integer> tableIds() {
    return tables.keySet();
  }

  @Override
  public @Nullable TupleSet space(long space) {
    return spaces.get(space);
  }
}
