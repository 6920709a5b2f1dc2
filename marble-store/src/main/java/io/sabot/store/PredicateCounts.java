package io.sabot.store;

import io.sabot.plan.catalog.IndexRef;
import io.sabot.plan.catalog.Statistics;
import io.sabot.plan.catalog.Statistics.EdgeStatistics;
import io.sabot.store.segment.HyperLogLog;
import io.sabot.store.tuple.TupleCursor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Distinct ends of predicates and of relationship types, counted when first asked for and again
/// when one has grown or shrunk by a fifth.
final class PredicateCounts {
  private static final int BATCH = 4096;

  /// More than this is extrapolated.
  private static final long COUNTED_MAX = 1_000_000;

  private final Map<Long, Statistics.PredicateStatistics> predicates = new ConcurrentHashMap<>();
  private final Map<Integer, EdgeStatistics> types = new ConcurrentHashMap<>();

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
    predicates.clear();
    types.clear();
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
    Statistics.PredicateStatistics cached = predicates.get(predicate);
    if (cached != null && isNear(cached.triples(), triples)) {
      return cached;
    }
    long[][] columns = {null, new long[BATCH], new long[BATCH], null};
    Ends ends =
        Ends.count(
            quads.order(QuadReader.Order.POSG).scan(predicate), columns, columns[2], columns[1]);
    Statistics.PredicateStatistics fresh =
        new Statistics.PredicateStatistics(
            triples, ends.distinct(ends.first, triples), ends.distinct(ends.second, triples));
    predicates.put(predicate, fresh);
    return fresh;
  }

  EdgeStatistics ofType(int type, GraphReader graph) {
    long edges = graph.edgeCount(type);
    EdgeStatistics cached = types.get(type);
    if (cached != null && isNear(cached.edges(), edges)) {
      return cached;
    }
    long[][] columns = {new long[BATCH], new long[BATCH], null};
    Ends ends =
        Ends.count(graph.adjacency(type, Direction.OUT).scan(), columns, columns[0], columns[1]);
    EdgeStatistics fresh =
        new EdgeStatistics(
            edges, ends.distinct(ends.first, edges), ends.distinct(ends.second, edges));
    types.put(type, fresh);
    return fresh;
  }

  private static boolean isNear(double known, long now) {
    return Math.abs(known - now) <= 0.2 * known;
  }

  /// Sketches of two columns of some tuples.
  private static final class Ends {
    private final HyperLogLog first = new HyperLogLog();
    private final HyperLogLog second = new HyperLogLog();
    private long counted;

    static Ends count(TupleCursor cursor, long[][] columns, long[] first, long[] second) {
      Ends ends = new Ends();
      int count;
      while (ends.counted < COUNTED_MAX && (count = cursor.next(columns, BATCH)) > 0) {
        for (int i = 0; i < count; i++) {
          ends.first.add(first[i]);
          ends.second.add(second[i]);
        }
        ends.counted += count;
      }
      return ends;
    }

    /// @param all the tuples that there are, counted or not
    double distinct(HyperLogLog sketch, long all) {
      double scale = counted == 0 ? 1 : (double) all / counted;
      return Math.min(all, sketch.estimate() * scale);
    }
  }
}
