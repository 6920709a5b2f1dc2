package io.sabot.plan.logical;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  /// What a path may visit more than once.
  enum Mode {
    /// Anything.
    WALK,
    /// No edge.
    TRAIL,
    /// No node.
    ACYCLIC,
    /// No edge and no node, but the path may end where it started.
    SIMPLE
  }

  /// Paths of a property graph that a regular expression describes: sections one after the other,
  /// each repeated within its bounds.
  ///
  /// A `PathScan` with this spec delivers as its edges a list with, for each section, the list of
  /// the section's edges, from which `PathFunctions` make whatever variables the pattern has.
  ///
  /// @param selector which paths between each pair of end points are wanted: all, some `count` of
  ///   the shortest, or all of the `count` smallest lengths
  /// @param arguments what the conditions read from outside, by the names under which `PathScan`
  ///   has the values
  record Sections(
      List<Section> sections,
      Mode mode,
      Selector selector,
      long count,
      Map<String, Column> arguments)
      implements PathSpec {
    public Sections {
      sections = List.copyOf(sections);
      arguments = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(arguments));
    }
  }

  /// Steps from `start`, `min` to `max` times over; without steps, a node that must satisfy the
  /// conditions.
  ///
  /// @param conditions hold in each repetition; they read the columns of the section, which mean
  ///   the elements of one repetition, and arguments
  record Section(Column start, List<PathStep> steps, int min, int max, List<Expr> conditions) {
    public Section {
      steps = List.copyOf(steps);
      conditions = List.copyOf(conditions);
    }

    /// What the conditions may read, but for arguments.
    public Set<Column> columns() {
      Set<Column> columns = new HashSet<>(Set.of(start));
      steps.forEach(step -> columns.addAll(List.of(step.edge(), step.node())));
      return columns;
    }
  }

  /// One edge and the node it leads to.
  ///
  /// @param turned whether the path goes against the edge's direction
  record PathStep(Column edge, Column node, LabelExpr types, Direction direction, boolean turned) {}

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
      implements PathSpec {
    /// Whether there is a path of no step from a term to itself.
    public boolean mayBeEmpty() {
      return min == 0 || step.mayBeEmpty();
    }
  }

  /// One step of a reachability path.
  sealed interface RegularPath {
    /// Whether the step may lead from a term to itself without a triple.
    default boolean mayBeEmpty() {
      return switch (this) {
        case Predicate _, NotIn _ -> false;
        case Inverse(var inner) -> inner.mayBeEmpty();
        case Sequence(var parts) -> parts.stream().allMatch(RegularPath::mayBeEmpty);
        case Alternative(var parts) -> parts.stream().anyMatch(RegularPath::mayBeEmpty);
        case Repeat(var inner, int min, _) -> min == 0 || inner.mayBeEmpty();
      };
    }

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
