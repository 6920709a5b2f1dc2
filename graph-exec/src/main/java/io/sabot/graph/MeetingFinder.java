package io.sabot.graph;

import io.sabot.exec.run.QueryRun;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.logical.PathSpec.Selector;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Shortest paths between two nodes: breadth-first search from both, always from the side with
/// fewer nodes to go on from, until they meet (Pohl, "Bi-directional search", 1971).
///
/// After `f` steps from the one and `b` from the other without meeting, every path has more than `f
/// + b` edges. Where they meet first, each shortest path therefore has exactly one of the nodes
///   where they do, and is a shortest way to it from either end.
final class MeetingFinder implements PathFinder {
  private final PathSpec.Trail spec;
  private final Side from;
  private final Side to;
  private final QueryRun run;
  private @Nullable List<Long> meetings;
  private List<List<Long>> heads = List.of();
  private List<List<Long>> tails = List.of();
  private int meeting = -1;
  private int head;
  private int tail = -1;

  /// @param forward the edges that lead away from `source`
  /// @param backward the edges that lead to `target`
  MeetingFinder(
      PathSpec.Trail spec,
      long source,
      long target,
      Neighbours forward,
      Neighbours backward,
      QueryRun run) {
    this.spec = spec;
    this.from = new Side(source, forward);
    this.to = new Side(target, backward);
    this.run = run;
  }

  private record Step(long node, long edge) {}

  /// The search from one end: what it has reached and over which last edges.
  private final class Side {
    final long start;
    final Neighbours neighbours;
    final Map<Long, Integer> depths = new HashMap<>();
    final Map<Long, List<Step>> arrivals = new HashMap<>();
    List<Long> frontier;
    int depth;

    Side(long start, Neighbours neighbours) {
      this.start = start;
      this.neighbours = neighbours;
      depths.put(start, 0);
      frontier = List.of(start);
    }

    void grow() {
      List<Long> reached = new ArrayList<>();
      depth++;
      for (long node : frontier) {
        run.check();
        Neighbours.Star star = neighbours.of(node);
        for (int i = 0; i < star.size(); i++) {
          long next = star.nodes()[i];
          Integer known = depths.putIfAbsent(next, depth);
          if (known == null) {
            reached.add(next);
          }
          if (known == null || known == depth && spec.selector() != Selector.ANY_SHORTEST) {
            arrivals
                .computeIfAbsent(next, _ -> new ArrayList<>(1))
                .add(new Step(node, star.edges()[i]));
          }
        }
      }
      frontier = reached;
    }

    /// The edges of each shortest way to a node, from this end to it.
    List<List<Long>> ways(long node) {
      List<List<Long>> ways = new ArrayList<>();
      collect(node, new ArrayList<>(), ways);
      return ways;
    }

    private void collect(long node, List<Long> last, List<List<Long>> ways) {
      if (node == start) {
        ways.add(List.copyOf(last.reversed()));
        return;
      }
      for (Step step : arrivals.getOrDefault(node, List.of())) {
        last.addLast(step.edge());
        collect(step.node(), last, ways);
        last.removeLast();
      }
    }
  }

  @Override
  public boolean advance() {
    if (meetings == null) {
      meetings = meet();
    }
    if (++tail < tails.size()) {
      return true;
    }
    tail = 0;
    if (++head < heads.size()) {
      return true;
    }
    head = 0;
    if (++meeting >= meetings.size()) {
      return false;
    }
    heads = from.ways(meetings.get(meeting));
    tails = to.ways(meetings.get(meeting));
    return true;
  }

  private List<Long> meet() {
    while (from.depth + to.depth < spec.max()) {
      Side smaller = from.frontier.size() <= to.frontier.size() ? from : to;
      Side other = smaller == from ? to : from;
      smaller.grow();
      if (smaller.frontier.isEmpty()) {
        return List.of();
      }
      List<Long> met = smaller.frontier.stream().filter(other.depths::containsKey).toList();
      if (!met.isEmpty()) {
        return spec.selector() == Selector.ANY_SHORTEST ? met.subList(0, 1) : met;
      }
    }
    return List.of();
  }

  @Override
  public long source() {
    return from.start;
  }

  @Override
  public long target() {
    return to.start;
  }

  @Override
  public Value edges() {
    List<Value> list = new ArrayList<>();
    heads.get(head).forEach(edge -> list.add(run.dictionary().decode(edge)));
    List<Long> back = new ArrayList<>(tails.get(tail));
    Collections.reverse(back);
    back.forEach(edge -> list.add(run.dictionary().decode(edge)));
    return new Value.ListValue(list);
  }
}
