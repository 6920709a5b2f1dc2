package io.sabot.graph;

import io.sabot.exec.run.QueryRun;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.logical.PathSpec.Selector;
import io.sabot.plan.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Shortest paths by breadth-first search from each start: one, or all, for each end point. A
/// shortest path never repeats an edge, so trails need no further check. Lengths below `min` other
/// than 0 and 1 are refused by the front-end.
final class ShortestFinder implements PathFinder {
  private final PathSpec.Trail spec;
  private final long[] starts;
  private final long end;
  private final boolean reversed;
  private final Neighbours neighbours;
  private final QueryRun run;
  private int start = -1;
  private Iterator<Found> found = Collections.emptyIterator();
  private Found current = new Found(0, 0, List.of());

  private record Found(long from, long to, List<Long> edges) {}

  private record Step(long node, long edge) {}

  ShortestFinder(
      PathSpec.Trail spec,
      long[] starts,
      long end,
      boolean reversed,
      Neighbours neighbours,
      QueryRun run) {
    this.spec = spec;
    this.starts = starts;
    this.end = end;
    this.reversed = reversed;
    this.neighbours = neighbours;
    this.run = run;
  }

  @Override
  public boolean advance() {
    while (!found.hasNext()) {
      if (++start >= starts.length) {
        return false;
      }
      found = search(starts[start]).iterator();
    }
    current = found.next();
    return true;
  }

  private List<Found> search(long from) {
    Map<Long, Integer> depths = new LinkedHashMap<>();
    Map<Long, List<Step>> parents = new HashMap<>();
    depths.put(from, 0);
    ArrayDeque<Long> queue = new ArrayDeque<>(List.of(from));
    int limit = spec.max();
    while (!queue.isEmpty()) {
      run.check();
      long node = queue.poll();
      int depth = depths.getOrDefault(node, 0);
      if (depth >= limit) {
        continue;
      }
      Neighbours.Star star = neighbours.of(node);
      for (int i = 0; i < star.size(); i++) {
        long next = star.nodes()[i];
        Integer known = depths.get(next);
        if (known == null) {
          depths.put(next, depth + 1);
          queue.add(next);
          parents.put(next, new ArrayList<>(List.of(new Step(node, star.edges()[i]))));
          if (next == end) {
            limit = depth + 1;
          }
        } else if (known == depth + 1) {
          parents
              .computeIfAbsent(next, n -> new ArrayList<>())
              .add(new Step(node, star.edges()[i]));
        }
      }
    }
    List<Found> results = new ArrayList<>();
    depths.forEach((node, depth) -> {
      if (depth >= spec.min() && (end == 0 || end == node)) {
        collect(from, node, node, new ArrayList<>(), parents, results);
      }
    });
    return results;
  }

  private void collect(
      long from,
      long to,
      long at,
      List<Long> suffix,
      Map<Long, List<Step>> parents,
      List<Found> results) {
    if (at == from) {
      List<Long> edges = new ArrayList<>(suffix);
      Collections.reverse(edges);
      results.add(new Found(from, to, edges));
      return;
    }
    for (Step step : parents.getOrDefault(at, List.of())) {
      suffix.add(step.edge());
      collect(from, to, step.node(), suffix, parents, results);
      suffix.removeLast();
      if (spec.selector() == Selector.ANY_SHORTEST) {
        return;
      }
    }
  }

  @Override
  public long source() {
    return reversed ? current.to() : current.from();
  }

  @Override
  public long target() {
    return reversed ? current.from() : current.to();
  }

  @Override
  public Value edges() {
    List<Value> list = new ArrayList<>();
    current.edges().forEach(edge -> list.add(run.dictionary().decode(edge)));
    if (reversed) {
      Collections.reverse(list);
    }
    return new Value.ListValue(list);
  }
}
