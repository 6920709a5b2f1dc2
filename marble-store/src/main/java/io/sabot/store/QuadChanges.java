package io.sabot.store;

import io.sabot.store.tuple.BlockSource;
import io.sabot.store.tuple.TupleLog;
import io.sabot.store.tuple.TupleRun;
import io.sabot.store.tuple.TupleSet;
import java.util.EnumMap;
import java.util.Map;

/// A transaction's changes to the quads: one list in SPOG order, from which the other orders are
/// made when somebody reads them, and at commit.
final class QuadChanges implements QuadWriter {
  private final StoreTransaction transaction;
  private final TupleLog log = new TupleLog(StateQuadReader.ARITY);
  private final Map<QuadReader.Order, TupleSet> current = new EnumMap<>(QuadReader.Order.class);
  private int merged;

  QuadChanges(StoreTransaction transaction) {
    this.transaction = transaction;
  }

  @Override
  public void insert(long graph, long subject, long predicate, long object) {
    add(false, graph, subject, predicate, object);
  }

  @Override
  public void delete(long graph, long subject, long predicate, long object) {
    add(true, graph, subject, predicate, object);
  }

  private void add(boolean removed, long graph, long subject, long predicate, long object) {
    transaction.checkActive();
    if (subject == 0 || predicate == 0 || object == 0) {
      throw new IllegalArgumentException("a quad with an unbound component");
    }
    long named = graph == 0 ? QuadReader.DEFAULT_GRAPH : graph;
    log.add(removed, subject, predicate, object, named);
  }

  TupleLog log() {
    return log;
  }

  /// Forgets all changes after the first `count`.
  void rollbackTo(int count) {
    log.truncate(count);
    if (merged > count) {
      merged = 0;
      current.clear();
    }
  }

  /// Where component `i` of an order is in SPOG.
  static int[] fromSpog(QuadReader.Order order) {
    int[] positions = new int[StateQuadReader.ARITY];
    for (int i = 0; i < positions.length; i++) {
      // In (g, s, p, o) the graph is component 0; in SPOG it is the last.
      int position = order.position(i);
      positions[i] = position == 0 ? 3 : position - 1;
    }
    return positions;
  }

  /// The sets of all orders as the transaction sees them now.
  Map<QuadReader.Order, TupleSet> current(Root base, BlockSource source) {
    if (current.isEmpty()) {
      for (QuadReader.Order order : QuadReader.Order.values()) {
        current.put(order, base.set(Spaces.quads(order), StateQuadReader.ARITY));
      }
    }
    if (merged < log.count()) {
      TupleSet spog = current.getOrDefault(QuadReader.Order.SPOG, TupleSet.empty(4));
      TupleRun run = spog.effective(log.run(merged), source, false);
      current.replaceAll((order, set) -> set.with(run.permuted(fromSpog(order))));
      merged = log.count();
    }
    return current;
  }
}
