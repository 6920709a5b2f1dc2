package io.sabot.store;

import io.sabot.store.tuple.BlockSource;
import io.sabot.store.tuple.Expansion;
import io.sabot.store.tuple.TupleSet;
import org.jspecify.annotations.Nullable;

/// Reads the adjacency of a batch of nodes.
final class SetExpandCursor implements GraphReader.ExpandCursor {
  private final Expansion expansion;

  SetExpandCursor(TupleSet set, BlockSource source, long[] nodes, int count) {
    this.expansion = new Expansion(set, source, nodes, count);
  }

  @Override
  public int next(
      int @Nullable [] inputs, long @Nullable [] neighbours, long @Nullable [] edges, int max) {
    return expansion.next(inputs, neighbours, edges, max);
  }
}
