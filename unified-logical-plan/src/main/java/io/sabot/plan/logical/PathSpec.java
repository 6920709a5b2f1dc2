package io.sabot.plan.logical;

import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.value.Value;
import java.util.List;
import java.util.Map;

/// The shape of a path and how paths are counted.
public sealed interface PathSpec {
  int UNBOUNDED = Integer.MAX_VALUE;

  /// Edges of a property graph, `min` to `max` of them. Each path uses an edge at most once
  /// (TRAIL).
  ///
  /// @param properties each edge must have these (constant or correlated) property values; the
  ///   expressions are in `PathScan.edgeProperties`
  record Trail(LabelExpr types, Direction direction, int min, int max, Selector selector)
      implements PathSpec {}

  enum Selector {
    ALL,
    ANY_SHORTEST,
    ALL_SHORTEST
  }

  /// SPARQL reachability over predicates: distinct pairs of end points, `min` 0 or 1 steps at
  /// least. With `min` 0 a term is connected to itself: every term of the graph, and a constant
  /// even when it is not in the graph.
  ///
  /// @param unbounded `false` for `?` (at most one step)
  /// @param scope over named graphs each graph is searched by itself
  /// @param sourceConstant the term that the source must be, `Value.NULL` when it is a variable. It
  ///   is part of the path and not a filter, because a constant counts even when it is not in the
  ///   graph
  /// @param targetConstant likewise for the target
  record Reach(
      RegularPath step,
      int min,
      boolean unbounded,
      GraphScope scope,
      Value sourceConstant,
      Value targetConstant)
      implements PathSpec {}

  /// One step of a reachability path.
  sealed interface RegularPath {
    record Predicate(Value iri) implements RegularPath {}

    record Inverse(RegularPath path) implements RegularPath {}

    record Sequence(List<RegularPath> parts) implements RegularPath {
      public Sequence {
        parts = List.copyOf(parts);
      }
    }

    record Alternative(List<RegularPath> parts) implements RegularPath {
      public Alternative {
        parts = List.copyOf(parts);
      }
    }

    /// Any predicate but these.
    record NotIn(List<Value> forward, List<Value> backward) implements RegularPath {
      public NotIn {
        forward = List.copyOf(forward);
        backward = List.copyOf(backward);
      }
    }

    /// `path*` (min 0, unbounded), `path+` (min 1, unbounded), `path?` (min 0, at most one).
    record Repeat(RegularPath path, int min, boolean unbounded) implements RegularPath {}
  }

  /// Names used when a plan is printed.
  static Map<Selector, String> selectorNames() {
    return Map.of(
        Selector.ALL, "all",
        Selector.ANY_SHORTEST, "any shortest",
        Selector.ALL_SHORTEST, "all shortest");
  }
}
