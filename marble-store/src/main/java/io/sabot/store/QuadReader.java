package io.sabot.store;

import io.sabot.plan.value.TermId;
import io.sabot.store.tuple.TupleCursor;
import io.sabot.store.tuple.TupleReader;
import java.util.List;

/// The quads as one snapshot sees them, as term identifiers.
public interface QuadReader {
  /// The graph of triples that are in no named graph: the dictionary never gives out number 0.
  long DEFAULT_GRAPH = TermId.inStore(TermId.TAG_IRI, 0);

  /// The sorted orders. Components of a tuple are in the order of the name.
  enum Order {
    SPOG(1, 2, 3, 0),
    POSG(2, 3, 1, 0),
    OSPG(3, 1, 2, 0),
    GSPO(0, 1, 2, 3);

    private final int[] positions;

    Order(int... positions) {
      this.positions = positions;
    }

    /// Which of (g, s, p, o) component `i` is, counted from 0.
    public int position(int i) {
      return positions[i];
    }
  }

  /// One order, for merge joins and intersections.
  TupleReader order(Order order);

  /// The order that {@link #scan} reads for a pattern.
  Order orderFor(boolean graph, boolean subject, boolean predicate, boolean object);

  /// All quads that match; 0 is a wildcard. The cursor's columns are always g, s, p, o; its `seek`
  /// is not supported.
  TupleCursor scan(long graph, long subject, long predicate, long object);

  /// As {@link #scan}, in at most `parts` cursors, each for a stretch of about the same length.
  List<TupleCursor> scanParts(int parts, long graph, long subject, long predicate, long object);

  /// Looks up many patterns that bind the same positions, at least one.
  QuadLookup lookup(boolean graph, boolean subject, boolean predicate, boolean object);

  /// How many quads match: exact when the bound components are a prefix of an order, otherwise the
  /// least count over the prefixes.
  long estimate(long graph, long subject, long predicate, long object);

  boolean contains(long graph, long subject, long predicate, long object);

  long size();

  /// Graphs with at least one quad, the default graph included, ascending.
  long[] graphs();
}
