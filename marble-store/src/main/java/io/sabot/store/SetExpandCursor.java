package io.sabot.store;

import io.sabot.store.tuple.BlockSource;
import io.sabot.store.tuple.PrefixLookup;
import io.sabot.store.tuple.TupleSet;
import org.jspecify.annotations.Nullable;

/// Reads the adjacency of a batch of nodes.
final class SetExpandCursor implements GraphReader.ExpandCursor {
  private final PrefixLookup neighbourhoods;
  private final long[] @Nullable [] columns = new long[3][];

  SetExpandCursor(TupleSet set, BlockSource source, long[] nodes, int count) {
    this.neighbourhoods = new PrefixLookup(set, source, 1, count);
    neighbourhoods.start(new long[][] {nodes}, count);
  }

  @Override
  public int next(
      int @Nullable [] inputs, long @Nullable [] neighbours, long @Nullable [] edges, int max) {
    columns[1] = neighbours;
    columns[2] = edges;
    return neighbourhoods.next(inputs, columns, max);
  }
}
