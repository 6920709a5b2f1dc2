package io.sabot.optimizer.joinorder;

import io.sabot.optimizer.access.AccessPaths;
import io.sabot.optimizer.joinorder.JoinTree.How;
import io.sabot.optimizer.joinorder.QueryGraph.Member;
import io.sabot.optimizer.joinorder.QueryGraph.Vertex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the cheapest order: all pairs of connected sets that do not overlap (DPccp, Moerkotte and
/// Neumann 2006) as long as they are few, otherwise greedily (GOO, Fegaras 1998).
final class Enumerator {
  private final QueryGraph graph;
  private final int budget;
  private final Map<Long, JoinTree> best = new HashMap<>();
  private int pairs;

  Enumerator(QueryGraph graph, int budget) {
    this.graph = graph;
    this.budget = budget;
  }

  JoinTree run() {
    int n = graph.vertices.size();
    for (int i = 0; i < n; i++) {
      best.put(1L << i, single(i));
    }
    for (int i = n - 1; i >= 0 && pairs <= budget; i--) {
      long start = 1L << i;
      complements(start);
      connected(start, below(i));
    }
    JoinTree whole = pairs <= budget ? best.get(graph.all()) : null;
    return whole != null ? whole : greedy();
  }

  int pairs() {
    return pairs;
  }

  private JoinTree single(int input) {
    Vertex v = graph.vertices.get(input);
    return new JoinTree(1L << input, v.rows(), v.cost(), null, null, How.SINGLE);
  }

  /// All inputs up to and including this one.
  private static long below(int input) {
    return (2L << input) - 1;
  }

  private void connected(long set, long excluded) {
    long neighbours = graph.neighbours(set) & ~excluded;
    for (long sub = subset(neighbours, 0); sub != 0; sub = subset(neighbours, sub)) {
      complements(set | sub);
      if (pairs > budget) {
        return;
      }
    }
    for (long sub = subset(neighbours, 0); sub != 0; sub = subset(neighbours, sub)) {
      connected(set | sub, excluded | neighbours);
      if (pairs > budget) {
        return;
      }
    }
  }

  /// The next subset of `of` after `previous`, in increasing order; 0 after the last.
  private static long subset(long of, long previous) {
    return (previous - of) & of;
  }

  private void complements(long set) {
    long excluded = below(Long.numberOfTrailingZeros(set)) | set;
    long neighbours = graph.neighbours(set) & ~excluded;
    for (int i = 63 - Long.numberOfLeadingZeros(neighbours); i >= 0; i--) {
      if ((neighbours >> i & 1) != 0) {
        pair(set, 1L << i);
        if (pairs > budget) {
          return;
        }
        complement(set, 1L << i, excluded | below(i) & neighbours);
      }
    }
  }

  private void complement(long set, long other, long excluded) {
    long neighbours = graph.neighbours(other) & ~excluded & ~set;
    for (long sub = subset(neighbours, 0); sub != 0; sub = subset(neighbours, sub)) {
      pair(set, other | sub);
      if (pairs > budget) {
        return;
      }
    }
    for (long sub = subset(neighbours, 0); sub != 0; sub = subset(neighbours, sub)) {
      complement(set, other | sub, excluded | neighbours);
      if (pairs > budget) {
        return;
      }
    }
  }

  private void pair(long a, long b) {
    pairs++;
    JoinTree left = best.get(a);
    JoinTree right = best.get(b);
    if (left == null || right == null) {
      return;
    }
    JoinTree joined = join(left, right);
    if (joined != null) {
      JoinTree known = best.get(joined.inputs());
      if (known == null || joined.cost() < known.cost()) {
        best.put(joined.inputs(), joined);
      }
    }
  }

  /// The cheapest way to join two sides; null when a dependent input lacks what it reads.
  private @Nullable JoinTree join(JoinTree a, JoinTree b) {
    long set = a.inputs() | b.inputs();
    if (!graph.isComplete(set)) {
      return null;
    }
    boolean dependentA = isDependent(a);
    boolean dependentB = isDependent(b);
    if (dependentA && dependentB) {
      return null;
    }
    if (dependentA) {
      return dependent(b, a);
    }
    if (dependentB) {
      return dependent(a, b);
    }
    JoinTree known = best.get(set);
    double inputs = a.cost() + b.cost();
    if (known != null && known.cost() <= inputs) {
      return null;
    }
    double rows = known != null ? known.rows() : graph.rows(set);
    double cost =
        inputs
            + (graph.isHashable(a.inputs(), b.inputs())
                ? Costs.hash(a.rows(), b.rows(), rows)
                : Costs.PAIR * a.rows() * b.rows() + Costs.OUT * rows);
    // The larger side is the left one, which streams past the other.
    JoinTree tree =
        a.rows() >= b.rows()
            ? new JoinTree(set, rows, cost, a, b, How.JOIN)
            : new JoinTree(set, rows, cost, b, a, How.JOIN);
    tree = cheaper(tree, lookup(a, b, rows));
    tree = cheaper(tree, lookup(b, a, rows));
    tree = cheaper(tree, search(a, b, rows));
    return cheaper(tree, search(b, a, rows));
  }

  private @Nullable JoinTree search(JoinTree left, JoinTree right, double rows) {
    if (right.how() != How.SINGLE) {
      return null;
    }
    int input = Long.numberOfTrailingZeros(right.inputs());
    Leaf leaf = graph.vertices.get(input).indexed();
    AccessPaths.Path path = leaf == null ? null : graph.search(input, leaf, left.inputs());
    if (path == null) {
      return null;
    }
    double cost = left.cost() + left.rows() * path.cost() + Costs.OUT * rows;
    return new JoinTree(left.inputs() | right.inputs(), rows, cost, left, right, How.INDEX);
  }

  private static JoinTree cheaper(JoinTree a, @Nullable JoinTree b) {
    return b != null && b.cost() < a.cost() ? b : a;
  }

  private boolean isDependent(JoinTree tree) {
    return tree.how() == How.SINGLE
        && graph.vertices.get(Long.numberOfTrailingZeros(tree.inputs())).isDependent();
  }

  private @Nullable JoinTree lookup(JoinTree left, JoinTree right, double rows) {
    if (right.how() != How.SINGLE) {
      return null;
    }
    Vertex v = graph.vertices.get(Long.numberOfTrailingZeros(right.inputs()));
    Leaf leaf = v.leaf();
    if (leaf == null || !isTied(leaf, left.inputs())) {
      return null;
    }
    double found = Math.max(rows, left.rows() * 0.1);
    double cost =
        left.cost() + left.rows() * Costs.lookup(leaf.scan()) + found * 2 * Costs.scan(leaf.scan());
    return new JoinTree(left.inputs() | right.inputs(), rows, cost, left, right, How.LOOKUP);
  }

  /// Whether a position of the scan is equal to a column of these inputs, or to what is computed
  /// from their columns.
  private boolean isTied(Leaf leaf, long inputs) {
    if (graph.edges.stream().anyMatch(edge -> leaf.isTiedBy(edge.condition(), graph, inputs))) {
      return true;
    }
    for (List<Member> members : graph.classes) {
      boolean position = false;
      boolean known = false;
      for (Member member : members) {
        position |= leaf.positions().contains(member.column());
        known |= (inputs >> member.input() & 1) != 0;
      }
      if (position && known) {
        return true;
      }
    }
    return false;
  }

  private JoinTree dependent(JoinTree left, JoinTree right) {
    Vertex v = graph.vertices.get(Long.numberOfTrailingZeros(right.inputs()));
    long set = left.inputs() | right.inputs();
    double rows = graph.rows(set);
    if (v.atom().correlated()) {
      double cost = left.cost() + left.rows() * (Costs.run(v.plan()) + v.cost()) + Costs.OUT * rows;
      return new JoinTree(set, rows, cost, left, right, How.DEPENDENT);
    }
    double cost =
        left.cost()
            + right.cost()
            + Costs.BUILD * v.planRows()
            + Costs.PROBE * left.rows()
            + Costs.OUT * rows;
    JoinTree once = new JoinTree(set, rows, cost, left, right, How.DEPENDENT);
    JoinOrder.Planned each = v.correlated();
    if (each == null) {
      return once;
    }
    double repeated =
        left.cost() + left.rows() * (Costs.run(each.plan()) + each.cost()) + Costs.OUT * rows;
    return cheaper(once, new JoinTree(set, rows, repeated, left, right, How.CORRELATED));
  }

  // ---- greedy

  /// Joins the two sides with the smallest result until one is left.
  private JoinTree greedy() {
    List<JoinTree> parts = new ArrayList<>();
    for (int i = 0; i < graph.vertices.size(); i++) {
      parts.add(single(i));
    }
    while (parts.size() > 1) {
      JoinTree chosen = closest(parts, true);
      if (chosen == null) {
        chosen = closest(parts, false);
      }
      if (chosen == null) {
        throw new IllegalStateException("no two inputs can be joined");
      }
      long joined = chosen.inputs();
      parts.removeIf(p -> (p.inputs() & joined) != 0);
      parts.add(chosen);
    }
    return parts.getFirst();
  }

  private @Nullable JoinTree closest(List<JoinTree> parts, boolean connected) {
    JoinTree chosen = null;
    for (int i = 0; i < parts.size(); i++) {
      for (int j = i + 1; j < parts.size(); j++) {
        JoinTree a = parts.get(i);
        JoinTree b = parts.get(j);
        if (connected && (graph.neighbours(a.inputs()) & b.inputs()) == 0) {
          continue;
        }
        JoinTree joined = joinOrKnown(a, b);
        if (joined != null && (chosen == null || isBetter(joined, chosen))) {
          chosen = joined;
        }
      }
    }
    return chosen;
  }

  /// The enumeration that ran out of budget may have found a cheaper tree of the same inputs, which
  /// is why {@link #join} then gives none.
  private @Nullable JoinTree joinOrKnown(JoinTree a, JoinTree b) {
    JoinTree joined = join(a, b);
    return joined != null ? joined : best.get(a.inputs() | b.inputs());
  }

  private static boolean isBetter(JoinTree a, JoinTree b) {
    return a.rows() < b.rows() || a.rows() == b.rows() && a.cost() < b.cost();
  }
}
