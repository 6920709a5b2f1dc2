package io.sabot.store;

import io.sabot.store.tuple.TupleCursor;
import io.sabot.store.tuple.TupleReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the quads of one state.
final class StateQuadReader implements QuadReader {
  static final int ARITY = 4;
  private static final int BATCH_FIRST = 16;
  private static final int BATCH = 1024;

  private final State state;
  private final @Nullable ReadSet reads;

  /// Readers of a committed state by order, once made; those of any other state may change.
  private final @Nullable TupleReader @Nullable [] known;

  /// @param reads where to note what is read; null for nowhere
  StateQuadReader(State state, @Nullable ReadSet reads) {
    this.state = state;
    this.reads = reads;
    this.known = state instanceof Root ? new TupleReader[Order.values().length] : null;
  }

  @Override
  public TupleReader order(Order order) {
    TupleReader before = known == null ? null : known[order.ordinal()];
    if (before != null) {
      return before;
    }
    TupleReader fresh = read(order);
    if (known != null) {
      known[order.ordinal()] = fresh;
    }
    return fresh;
  }

  private TupleReader read(Order order) {
    long space = Spaces.quads(order);
    TupleReader tuples = state.reader(space, ARITY);
    return reads == null ? tuples : new RecordedTuples(tuples, space, reads);
  }

  @Override
  public Order orderFor(boolean graph, boolean subject, boolean predicate, boolean object) {
    if (subject) {
      return object && !predicate ? Order.OSPG : Order.SPOG;
    }
    if (predicate) {
      return Order.POSG;
    }
    return object ? Order.OSPG : graph ? Order.GSPO : Order.SPOG;
  }

  @Override
  public TupleCursor scan(long graph, long subject, long predicate, long object) {
    long[] pattern = {graph, subject, predicate, object};
    Order order = orderFor(graph != 0, subject != 0, predicate != 0, object != 0);
    long[] prefix = prefix(order, pattern);
    return matching(order(order).scan(prefix), order, pattern, prefix.length);
  }

  @Override
  public List<TupleCursor> scanParts(
      int parts, long graph, long subject, long predicate, long object) {
    long[] pattern = {graph, subject, predicate, object};
    Order order = orderFor(graph != 0, subject != 0, predicate != 0, object != 0);
    long[] prefix = prefix(order, pattern);
    List<TupleCursor> cursors = new ArrayList<>();
    for (TupleCursor part : order(order).scanParts(parts, prefix)) {
      cursors.add(matching(part, order, pattern, prefix.length));
    }
    return cursors;
  }

  private static TupleCursor matching(TupleCursor cursor, Order order, long[] pattern, int prefix) {
    for (int i = prefix; i < ARITY; i++) {
      if (pattern[order.position(i)] != 0) {
        return new Filtered(cursor, order, pattern, prefix);
      }
    }
    return new Reordered(cursor, order);
  }

  @Override
  public QuadLookup lookup(boolean graph, boolean subject, boolean predicate, boolean object) {
    boolean[] bound = {graph, subject, predicate, object};
    Order order = orderFor(graph, subject, predicate, object);
    int length = 0;
    while (length < ARITY && bound[order.position(length)]) {
      length++;
    }
    // A recorded set is not read past its record.
    return reads == null && length > 0
        ? new SetQuadLookup(
            state.set(Spaces.quads(order), ARITY), state.blobs(), order, bound, length)
        : new ScanQuadLookup(this, bound);
  }

  private static long[] prefix(Order order, long[] pattern) {
    int length = 0;
    while (length < ARITY && pattern[order.position(length)] != 0) {
      length++;
    }
    long[] prefix = new long[length];
    for (int i = 0; i < length; i++) {
      prefix[i] = pattern[order.position(i)];
    }
    return prefix;
  }

  @Override
  public long estimate(long graph, long subject, long predicate, long object) {
    long[] pattern = {graph, subject, predicate, object};
    long least = Long.MAX_VALUE;
    for (Order order : Order.values()) {
      TupleReader tuples = state.reader(Spaces.quads(order), ARITY);
      least = Math.min(least, tuples.count(prefix(order, pattern)));
    }
    return least;
  }

  @Override
  public boolean contains(long graph, long subject, long predicate, long object) {
    return order(Order.SPOG).contains(subject, predicate, object, graph);
  }

  @Override
  public long size() {
    return order(Order.SPOG).size();
  }

  @Override
  public long[] graphs() {
    TupleCursor cursor = order(Order.GSPO).scan();
    long[][] columns = {new long[1], null, null, null};
    long[] graphs = new long[16];
    int count = 0;
    while (cursor.next(columns, 1) == 1) {
      if (count == graphs.length) {
        graphs = Arrays.copyOf(graphs, 2 * count);
      }
      graphs[count++] = columns[0][0];
      cursor.seek(columns[0][0] + 1);
    }
    return Arrays.copyOf(graphs, count);
  }

  /// Gives columns as g, s, p, o.
  private static final class Reordered implements TupleCursor {
    private final TupleCursor cursor;
    private final Order order;
    private final long[][] target = new long[ARITY][];

    Reordered(TupleCursor cursor, Order order) {
      this.cursor = cursor;
      this.order = order;
    }

    @Override
    public int next(long[][] columns, int max) {
      for (int i = 0; i < ARITY; i++) {
        target[i] = columns[order.position(i)];
      }
      return cursor.next(target, max);
    }

    @Override
    public void seek(long... key) {
      throw new UnsupportedOperationException("seek in a reordered scan");
    }
  }

  /// Also drops tuples that differ from the pattern after the prefix.
  private static final class Filtered implements TupleCursor {
    private final TupleCursor cursor;
    private final Order order;
    private final long[] pattern;
    private final int prefix;
    // Most scans of a few bound positions find a handful.
    private long[][] batch = new long[ARITY][BATCH_FIRST];
    private int at;
    private int end;

    Filtered(TupleCursor cursor, Order order, long[] pattern, int prefix) {
      this.cursor = cursor;
      this.order = order;
      this.pattern = pattern;
      this.prefix = prefix;
    }

    @Override
    public int next(long[][] columns, int max) {
      int out = 0;
      while (out < max) {
        if (at == end) {
          if (end == BATCH_FIRST) {
            batch = new long[ARITY][BATCH];
          }
          at = 0;
          end = cursor.next(batch, batch[0].length);
          if (end == 0) {
            break;
          }
        }
        if (matches(at)) {
          for (int i = 0; i < ARITY; i++) {
            long[] column = columns[order.position(i)];
            if (column != null) {
              column[out] = batch[i][at];
            }
          }
          out++;
        }
        at++;
      }
      return out;
    }

    private boolean matches(int row) {
      for (int i = prefix; i < ARITY; i++) {
        long wanted = pattern[order.position(i)];
        if (wanted != 0 && batch[i][row] != wanted) {
          return false;
        }
      }
      return true;
    }

    @Override
    public void seek(long... key) {
      throw new UnsupportedOperationException("seek in a filtered scan");
    }
  }
}
