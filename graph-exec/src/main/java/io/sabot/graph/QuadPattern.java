package io.sabot.graph;

import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.GraphScope;
import io.sabot.plan.logical.QuadTerm;
import io.sabot.plan.value.TermId;
import io.sabot.plan.value.Value;
import io.sabot.store.QuadReader;
import io.sabot.store.tuple.TupleCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

/// The constant part of a quad pattern as identifiers, and the graphs that its scope stands for.
final class QuadPattern {
  static final int GRAPH = 0;
  static final int SUBJECT = 1;
  static final int PREDICATE = 2;
  static final int OBJECT = 3;

  private final QuadTerm[] terms;
  private final GraphScope scope;
  private final QueryRun run;

  /// The identifier of each constant position, 0 for the others.
  private final long[] constants = new long[4];

  private final Set<Column> wanted;
  private boolean impossible;

  /// @param wanted the columns that somebody reads; others need not be bound
  QuadPattern(
      GraphScope scope,
      QuadTerm graph,
      QuadTerm subject,
      QuadTerm predicate,
      QuadTerm object,
      Collection<Column> wanted,
      QueryRun run) {
    this.terms = new QuadTerm[] {graph, subject, predicate, object};
    this.scope = scope;
    this.run = run;
    this.wanted = Set.copyOf(wanted);
    for (int i = 0; i < terms.length; i++) {
      if (terms[i] instanceof QuadTerm.Constant(Value value)) {
        constants[i] = run.dictionary().encode(value);
        impossible |= TermId.isLocal(constants[i]);
      }
    }
  }

  /// The wanted columns bound by the pattern and the quad position of each.
  List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    for (QuadTerm term : terms) {
      if (term instanceof QuadTerm.Bind(Column column) && wanted.contains(column)) {
        columns.add(column);
      }
    }
    return columns;
  }

  int[] positions() {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < terms.length; i++) {
      if (terms[i] instanceof QuadTerm.Bind(Column column) && wanted.contains(column)) {
        positions.add(i);
      }
    }
    return positions.stream().mapToInt(Integer::intValue).toArray();
  }

  long[] constants() {
    return constants.clone();
  }

  /// Whether the same triple may come from several graphs and must be delivered once.
  boolean mergesGraphs() {
    return scope instanceof GraphScope.Merge(var graphs) && graphs.size() > 1;
  }

  /// Whether a graph that a row names is in scope.
  LongPredicate scopeTest() {
    return switch (scope) {
      case GraphScope.Default _, GraphScope.Named _ -> graph -> true;
      case GraphScope.Merge(var graphs) -> among(known(graphs, 0));
      case GraphScope.NamedOnly(var graphs) -> among(known(graphs, 0));
    };
  }

  private static LongPredicate among(long[] graphs) {
    Arrays.sort(graphs);
    return graph -> Arrays.binarySearch(graphs, graph) >= 0;
  }

  /// Cursors that together deliver every match of `ids` (0 is a wildcard).
  List<TupleCursor> open(QuadReader quads, long[] ids) {
    if (impossible || TermId.isLocal(ids[1]) || TermId.isLocal(ids[2]) || TermId.isLocal(ids[3])) {
      return List.of();
    }
    return open(quads, ids, 1);
  }

  /// As above, with each graph in at most `parts` stretches.
  List<TupleCursor> open(QuadReader quads, long[] ids, int parts) {
    if (impossible) {
      return List.of();
    }
    List<TupleCursor> cursors = new ArrayList<>();
    for (long graph : graphs(quads, ids[GRAPH])) {
      if (parts == 1) {
        cursors.add(quads.scan(graph, ids[SUBJECT], ids[PREDICATE], ids[OBJECT]));
      } else {
        cursors.addAll(quads.scanParts(parts, graph, ids[SUBJECT], ids[PREDICATE], ids[OBJECT]));
      }
    }
    return cursors;
  }

  /// How many quads match the constants, about.
  long estimate(QuadReader quads) {
    if (impossible) {
      return 0;
    }
    long sum = 0;
    for (long graph : graphs(quads, constants[GRAPH])) {
      sum += quads.estimate(graph, constants[SUBJECT], constants[PREDICATE], constants[OBJECT]);
    }
    return sum;
  }

  /// Whether no quad in the store can match, whatever the bound positions are.
  boolean isImpossible() {
    return impossible;
  }

  /// The graphs of the scope; only `wanted` when it is not 0.
  long[] graphs(QuadReader quads, long wanted) {
    return switch (scope) {
      case GraphScope.Default _ -> new long[] {QuadReader.DEFAULT_GRAPH};
      case GraphScope.Merge(var graphs) -> known(graphs, 0);
      case GraphScope.Named _ ->
          wanted != 0
              ? new long[] {wanted}
              : Arrays.stream(quads.graphs()).filter(g -> g != QuadReader.DEFAULT_GRAPH).toArray();
      case GraphScope.NamedOnly(var graphs) -> known(graphs, wanted);
    };
  }

  private long[] known(List<Value> graphs, long wanted) {
    return graphs.stream()
        .mapToLong(
            graph -> graph.isNull() ? QuadReader.DEFAULT_GRAPH : run.dictionary().encode(graph))
        .filter(id -> !TermId.isLocal(id) && (wanted == 0 || wanted == id))
        .distinct()
        .toArray();
  }
}
