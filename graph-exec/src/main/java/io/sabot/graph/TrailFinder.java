package io.sabot.graph;

import io.sabot.exec.run.MappedEdges;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.logical.Direction;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.logical.PathSpec.Selector;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Enumerates trails (no edge twice) depth first from one end, with a stack as deep as the path.
/// When only the target is bound it walks backwards and turns the path round.
final class TrailFinder implements PathFinder {
  private final long[] starts;
  private final long end;
  private final int min;
  private final int max;
  private final boolean reversed;
  private final Neighbours neighbours;
  private final QueryRun run;

  private final List<Neighbours.Star> stars = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();
  private final List<Long> edges = new ArrayList<>();
  private final List<Long> nodes = new ArrayList<>();
  private int start = -1;
  private long steps;

  private TrailFinder(
      long[] starts,
      long end,
      int min,
      int max,
      boolean reversed,
      Neighbours neighbours,
      QueryRun run) {
    this.starts = starts;
    this.end = end;
    this.min = min;
    this.max = max;
    this.reversed = reversed;
    this.neighbours = neighbours;
    this.run = run;
  }

  /// @param source 0 when unbound
  /// @param target 0 when unbound
  /// @param mapped the edges of the spec's types that tables give
  static PathFinder open(
      PathSpec.Trail spec,
      long source,
      long target,
      Map<String, Value> required,
      @Nullable MappedEdges mapped,
      QueryRun run) {
    boolean backwards = source == 0 && target != 0;
    boolean both = spec.direction() == Direction.BOTH;
    Neighbours neighbours =
        new Neighbours(spec.types(), !backwards || both, backwards || both, required, mapped, run);
    long[] starts =
        backwards
            ? existing(target, neighbours)
            : source != 0 ? existing(source, neighbours) : neighbours.allNodes();
    long end = backwards ? 0 : target;
    if (spec.selector() != Selector.ALL && starts.length == 1 && end != 0 && starts[0] != end) {
      Neighbours towards = new Neighbours(spec.types(), both, true, required, mapped, run);
      return new MeetingFinder(spec, starts[0], end, neighbours, towards, run);
    }
    if (spec.selector() != Selector.ALL) {
      return new ShortestFinder(spec, starts, end, backwards, neighbours, run);
    }
    return new TrailFinder(starts, end, spec.min(), spec.max(), backwards, neighbours, run);
  }

  private static long[] existing(long node, Neighbours neighbours) {
    return neighbours.exists(node) ? new long[] {node} : new long[0];
  }

  @Override
  public boolean advance() {
    while (true) {
      if (nodes.isEmpty()) {
        if (++start >= starts.length) {
          return false;
        }
        nodes.add(starts[start]);
        open(starts[start]);
        if (accepts()) {
          return true;
        }
      }
      if (!step()) {
        continue;
      }
      if (accepts()) {
        return true;
      }
    }
  }

  /// Moves to the next trail prefix; false after going back to the start or past it.
  private boolean step() {
    if ((++steps & 0xFFF) == 0) {
      run.check();
    }
    int depth = stars.size() - 1;
    Neighbours.Star star = stars.get(depth);
    int place = places.get(depth);
    if (edges.size() < max) {
      while (place < star.size()) {
        long edge = star.edges()[place];
        long node = star.nodes()[place];
        place++;
        if (!edges.contains(edge)) {
          places.set(depth, place);
          edges.add(edge);
          nodes.add(node);
          open(node);
          return true;
        }
      }
    }
    stars.removeLast();
    places.removeLast();
    nodes.removeLast();
    if (!edges.isEmpty()) {
      edges.removeLast();
    }
    return false;
  }

  private void open(long node) {
    boolean deeper = edges.size() < max;
    stars.add(deeper ? neighbours.of(node) : new Neighbours.Star(new long[0], new long[0], 0));
    places.add(0);
  }

  private boolean accepts() {
    return edges.size() >= min && (end == 0 || nodes.getLast() == end);
  }

  @Override
  public long source() {
    return reversed ? nodes.getLast() : nodes.getFirst();
  }

  @Override
  public long target() {
    return reversed ? nodes.getFirst() : nodes.getLast();
  }

  @Override
  public Value edges() {
    List<Value> list = new ArrayList<>(edges.size());
    edges.forEach(edge -> list.add(run.dictionary().decode(edge)));
    if (reversed) {
      Collections.reverse(list);
    }
    return new Value.ListValue(list);
  }
}
