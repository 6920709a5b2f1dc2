package io.sabot.plan.catalog;

import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// What the store knows about the amount and spread of its data. All figures are estimates that
/// never decide what a query answers, only how it runs.
public interface Statistics {
  long tableRows(int tableId);

  Optional<ColumnStatistics> column(int tableId, int columnId);

  /// Nodes of the native graph; with a label, those that carry it.
  long nodes();

  long nodesWithLabel(String label);

  long edges();

  long edgesOfType(String type);

  /// Edges, distinct sources and distinct targets of one relationship type of the native graph.
  EdgeStatistics edgeType(String type);

  long quads();

  /// Triples, distinct subjects and distinct objects of one predicate.
  PredicateStatistics predicate(Value predicate);

  long namedGraphs();

  /// How many entries an index or key has whose leading columns equal `equal` and whose next one is
  /// in a range, both ends included.
  ///
  /// @param low null for no lower end
  default OptionalDouble entries(
      IndexRef index, List<Value> equal, @Nullable Value low, @Nullable Value high) {
    return OptionalDouble.empty();
  }

  /// How many entries of an index or key share values of their first `columns` columns, on average.
  default OptionalDouble entriesEach(IndexRef index, int columns) {
    return OptionalDouble.empty();
  }

  /// @param distinct number of distinct values, at least 1
  /// @param nullFraction between 0 and 1
  /// @param bounds values between which about equally many rows lie, ascending; empty when that has
  ///   not been counted
  record ColumnStatistics(
      double distinct, double nullFraction, Value min, Value max, List<Value> bounds) {
    public ColumnStatistics {
      bounds = List.copyOf(bounds);
    }

    public ColumnStatistics(double distinct, double nullFraction, Value min, Value max) {
      this(distinct, nullFraction, min, max, List.of());
    }
  }

  record PredicateStatistics(double triples, double subjects, double objects) {}

  record EdgeStatistics(double edges, double sources, double targets) {}

  /// Knows nothing: every count is a small constant.
  Statistics UNKNOWN =
      new Statistics() {
        @Override
        public long tableRows(int tableId) {
          return 1000;
        }

        @Override
        public Optional<ColumnStatistics> column(int tableId, int columnId) {
          return Optional.empty();
        }

        @Override
        public long nodes() {
          return 1000;
        }

        @Override
        public long nodesWithLabel(String label) {
          return 100;
        }

        @Override
        public long edges() {
          return 5000;
        }

        @Override
        public long edgesOfType(String type) {
          return 1000;
        }

        @Override
        public EdgeStatistics edgeType(String type) {
          return new EdgeStatistics(1000, 500, 500);
        }

        @Override
        public long quads() {
          return 10_000;
        }

        @Override
        public PredicateStatistics predicate(Value predicate) {
          return new PredicateStatistics(1000, 500, 500);
        }

        @Override
        public long namedGraphs() {
          return 1;
        }
      };
}
