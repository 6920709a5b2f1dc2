package io.sabot.store;

import io.sabot.store.dictionary.Terms;
import io.sabot.store.tuple.TupleSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A committed version with what a transaction changed. Immutable.
record OverlayState(
    Root base, Map<Integer, TableState> tables, Map<Long, TupleSet> spaces, CatalogData catalog)
    implements State {
  @Override
  public long version() {
    return base.version();
  }

  @Override
  public @Nullable TableState table(int tableId) {
    TableState changed = tables.get(tableId);
    return changed != null ? changed : base.table(tableId);
  }

  @Override
  public Set<Integer> tableIds() {
    Set<Integer> ids = new HashSet<>(base.tableIds());
    ids.addAll(tables.keySet());
    return ids;
  }

  @Override
  public @Nullable TupleSet space(long space) {
    TupleSet changed = spaces.get(space);
    return changed != null ? changed : base.space(space);
  }

  @Override
  public Blobs blobs() {
    return base.blobs();
  }

  @Override
  public Names names() {
    return base.names();
  }

  @Override
  public Terms terms() {
    return base.terms();
  }
}
