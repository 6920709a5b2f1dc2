package io.sabot.store;

import io.sabot.store.tuple.BlockSource;
import io.sabot.store.tuple.PrefixLookup;
import io.sabot.store.tuple.TupleSet;

/// Looks patterns up in one order of the quads by the bound positions that it starts with, and
/// tests the other bound ones.
final class SetQuadLookup implements QuadLookup {
  private static final int ARITY = StateQuadReader.ARITY;

  private final QuadReader.Order order;
  private final boolean[] bound;
  private final int length;
  private final PrefixLookup prefixes;
  private final long[][] components = new long[ARITY][];
  private final long[][] target = new long[ARITY][];

  /// For bound components after the prefix that the caller does not ask for.
  private final long[][] tested = new long[ARITY][0];

  private long[][] ids = {};

  /// @param length how many leading components of the order are bound, at least 1
  SetQuadLookup(
      TupleSet set, BlockSource source, QuadReader.Order order, boolean[] bound, int length) {
    this.order = order;
    this.bound = bound.clone();
    this.length = length;
    this.prefixes = new PrefixLookup(set, source, length);
  }

  @Override
  public void start(long[][] newIds, int count) {
    ids = newIds;
    for (int c = 0; c < length; c++) {
      components[c] = newIds[order.position(c)];
    }
    prefixes.start(components, count);
  }

  @Override
  public int next(int[] inputs, long[][] columns, int max) {
    boolean tests = false;
    for (int c = 0; c < ARITY; c++) {
      int position = order.position(c);
      target[c] = columns[position];
      if (c >= length && bound[position]) {
        tests = true;
        target[c] = columns[position] == null ? scratch(c, max) : columns[position];
      }
    }
    int found;
    while ((found = prefixes.next(inputs, target, max)) > 0) {
      int kept = tests ? keep(inputs, found) : found;
      if (kept > 0) {
        return kept;
      }
    }
    return 0;
  }

  private long[] scratch(int component, int max) {
    if (tested[component].length < max) {
      tested[component] = new long[max];
    }
    return tested[component];
  }

  private int keep(int[] inputs, int found) {
    int kept = found;
    for (int c = length; c < ARITY; c++) {
      int position = order.position(c);
      if (bound[position]) {
        kept = keep(inputs, kept, target[c], ids[position]);
      }
    }
    return kept;
  }

  private int keep(int[] inputs, int found, long[] values, long[] wanted) {
    int n = 0;
    while (n < found && values[n] == wanted[inputs[n]]) {
      n++;
    }
    for (int i = n; i < found; i++) {
      if (values[i] == wanted[inputs[i]]) {
        inputs[n] = inputs[i];
        for (long[] column : target) {
          if (column != null) {
            column[n] = column[i];
          }
        }
        n++;
      }
    }
    return n;
  }
}
