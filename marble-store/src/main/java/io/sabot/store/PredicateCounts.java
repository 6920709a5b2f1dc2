package io.sabot.store;

import io.sabot.plan.catalog.IndexRef;
import io.sabot.plan.catalog.Statistics;
import io.sabot.store.segment.HyperLogLog;
import io.sabot.store.tuple.TupleCursor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Distinct subjects and objects by predicate, counted when first asked for and again when the
/// predicate has grown or shrunk by a fifth.
final class PredicateCounts {
  private static final int BATCH = 4096;

  /// More than this is extrapolated.
  private static final long TRIPLES_COUNTED_MAX = 1_000_000;

  private final Map<Long, Statistics.PredicateStatistics> known = new ConcurrentHashMap<>();

  /// Different values of the first columns of a key or index, counted in the same way.
  private record Index(IndexRef ref, int columns) {}

  private record Counted(long size, double distinct) {}

  private final Map<Index, Counted> indexes = new ConcurrentHashMap<>();

  private final Map<Integer, TableFigures> tables = new ConcurrentHashMap<>();

  void analyzed(int tableId, TableFigures figures) {
    tables.put(tableId, figures);
  }

  /// What ANALYZE last counted in a table that has now `rows` rows; null when that is too long ago.
  @Nullable TableFigures figures(int tableId, long rows) {
    TableFigures figures = tables.get(tableId);
    boolean isFresh =
        figures != null && Math.abs(figures.rows() - rows) <= 0.2 * Math.max(1, figures.rows());
    return isFresh ? figures : null;
  }

  /// Counts predicates and indexes anew when next asked for.
  void forgetCounts() {
    known.clear();
    indexes.clear();
  }

  /// Entries that share values of the first columns, on average.
  double each(IndexRef ref, StateIndexReader reader, int columns) {
    long size = reader.size();
    Index index = new Index(ref, columns);
    Counted cached = indexes.get(index);
    if (cached == null || Math.abs(cached.size() - size) > 0.2 * cached.size()) {
      cached = new Counted(size, reader.distinct(columns));
      indexes.put(index, cached);
    }
    return size / Math.max(1, cached.distinct());
  }

  Statistics.PredicateStatistics of(long predicate, QuadReader quads) {
    long triples = quads.order(QuadReader.Order.POSG).count(predicate);
    Statistics.PredicateStatistics cached = known.get(predicate);
    if (cached != null && Math.abs(cached.triples() - triples) <= 0.2 * cached.triples()) {
      return cached;
    }
    Statistics.PredicateStatistics fresh = count(predicate, triples, quads);
    known.put(predicate, fresh);
    return fresh;
  }

  private static Statistics.PredicateStatistics count(
      long predicate, long triples, QuadReader quads) {
    TupleCursor cursor = quads.order(QuadReader.Order.POSG).scan(predicate);
    long[][] columns = {null, new long[BATCH], new long[BATCH], null};
    HyperLogLog subjects = new HyperLogLog();
    HyperLogLog objects = new HyperLogLog();
    long counted = 0;
    while (counted < TRIPLES_COUNTED_MAX) {
      int count = cursor.next(columns, BATCH);
      if (count == 0) {
        break;
      }
      for (int i = 0; i < count; i++) {
        objects.add(columns[1][i]);
        subjects.add(columns[2][i]);
      }
      counted += count;
    }
    double scale = counted == 0 ? 1 : (double) triples / counted;
    return new Statistics.PredicateStatistics(
        triples,
        Math.min(triples, subjects.estimate() * scale),
        Math.min(triples, objects.estimate() * scale));
  }
}
