package io.sabot.store;

import io.sabot.store.dictionary.Terms;
import io.sabot.store.tuple.TupleReader;
import io.sabot.store.tuple.TupleSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What readers read: a committed version, or one with a transaction's writes laid over it.
interface State {
  long version();

  CatalogData catalog();

  @Nullable TableState table(int tableId);

  Set<Integer> tableIds();

  @Nullable TupleSet space(long space);

  Blobs blobs();

  Names names();

  Terms terms();

  /// A reader of a tuple set; empty when nothing was ever written to it.
  default TupleReader reader(long space, int arity) {
    return set(space, arity).reader(blobs());
  }

  default TupleSet set(long space, int arity) {
    TupleSet set = space(space);
    return set == null ? TupleSet.empty(arity) : set;
  }
}
