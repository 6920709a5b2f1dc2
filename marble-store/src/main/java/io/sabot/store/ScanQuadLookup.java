package io.sabot.store;

import io.sabot.store.tuple.TupleCursor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Looks patterns up by one scan each: what a transaction reads is noted scan by scan.
final class ScanQuadLookup implements QuadLookup {
  private final QuadReader quads;
  private final boolean[] bound;
  private long[][] ids = {};
  private int count;
  private int input;
  private @Nullable TupleCursor cursor;

  ScanQuadLookup(QuadReader quads, boolean[] bound) {
    this.quads = quads;
    this.bound = bound.clone();
  }

  @Override
  public void start(long[][] newIds, int newCount) {
    ids = newIds;
    count = newCount;
    input = -1;
    cursor = null;
  }

  @Override
  public int next(int[] inputs, long[][] columns, int max) {
    int out = 0;
    while (out < max) {
      TupleCursor current = cursor;
      if (current == null) {
        if (++input >= count) {
          input = count;
          break;
        }
        cursor = quads.scan(id(0), id(1), id(2), id(3));
        continue;
      }
      int got = next(current, columns, out, max - out);
      Arrays.fill(inputs, out, out + got, input);
      out += got;
      if (got == 0) {
        cursor = null;
      }
    }
    return out;
  }

  private long id(int position) {
    return bound[position] ? ids[position][input] : 0;
  }

  private int next(TupleCursor current, long[][] columns, int out, int max) {
    long[][] found = new long[StateQuadReader.ARITY][];
    for (int p = 0; p < found.length; p++) {
      if (columns[p] != null) {
        found[p] = new long[max];
      }
    }
    int got = current.next(found, max);
    for (int p = 0; p < found.length; p++) {
      if (columns[p] != null) {
        System.arraycopy(found[p], 0, columns[p], out, got);
      }
    }
    return got;
  }
}
