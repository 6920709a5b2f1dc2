package io.sabot.graph;

import io.sabot.exec.run.QueryRun;
import io.sabot.graph.SectionPaths.Prefix;
import io.sabot.graph.SectionPaths.Reached;
import io.sabot.graph.SectionPaths.State;
import io.sabot.graph.SectionSearch.Part;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.logical.PathSpec.Selector;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The shortest paths in sections between each pair of nodes, breadth first from each start.
///
/// The first search ignores the mode: a place of the machine at a node is not left more often than
/// paths are wanted, so that it ends on any graph. If all that it chose for a node are paths of the
/// mode, they are the answer, for there are no shorter ones. For other nodes a second search grows
/// paths of the mode only, against the memory limit.
final class SectionChooser implements PathFinder {
  private static final int BYTES_A_PATH = 120;
  private static final int RESERVE = 1 << 12;

  private final SectionPaths paths;
  private final PathSpec.Sections spec;
  private final long[] starts;
  private final long end;
  private final QueryRun run;
  private int start = -1;
  private int made;
  private Iterator<Prefix> found = List.<Prefix>of().iterator();
  private Prefix current = new Prefix(null, 0, 0, 0, 0);

  /// How many paths, and of how many lengths, came to one place.
  private static final class Arrivals {
    private long paths;
    private long lengths;
    private int last = -1;
  }

  /// A place of the machine at a node. Repetitions are told apart as far as the bounds need it, and
  /// so are the elements of an unfinished repetition, if conditions will ask for them.
  private record Place(long node, int section, int iteration, int step, List<Long> elements) {}

  SectionChooser(
      SectionPaths paths, PathSpec.Sections spec, long[] starts, long end, QueryRun run) {
    this.paths = paths;
    this.spec = spec;
    this.starts = starts;
    this.end = end;
    this.run = run;
  }

  @Override
  public boolean advance() {
    while (!found.hasNext()) {
      if (++start >= starts.length) {
        return false;
      }
      found = choose(starts[start]).iterator();
    }
    current = found.next();
    return true;
  }

  private List<Prefix> choose(long from) {
    List<Prefix> chosen = new Search(true, end).run(from);
    if (spec.mode() == PathSpec.Mode.WALK || chosen.stream().allMatch(paths::isOfMode)) {
      return chosen;
    }
    Set<Long> wrong = new LinkedHashSet<>();
    chosen.stream().filter(path -> !paths.isOfMode(path)).forEach(path -> wrong.add(path.node()));
    List<Prefix> right = new ArrayList<>();
    chosen.stream().filter(path -> !wrong.contains(path.node())).forEach(right::add);
    for (long target : wrong) {
      right.addAll(new Search(false, target).run(from));
    }
    return right;
  }

  /// One search from one node.
  private final class Search {
    private final boolean free;
    private final long target;
    private final Map<Place, Arrivals> places = new HashMap<>();
    private final Map<Long, Arrivals> ends = new HashMap<>();
    private final List<Prefix> chosen = new ArrayList<>();
    private List<State> level = new ArrayList<>();

    /// @param free whether paths need not be of the mode
    /// @param target the node where paths must end; 0 for any
    Search(boolean free, long target) {
      this.free = free;
      this.target = target;
    }

    List<Prefix> run(long from) {
      Reached first = paths.start(from);
      arrive(first, new Prefix(null, 0, from, 0, 0));
      while (!level.isEmpty() && !isDone()) {
        List<State> before = level;
        level = new ArrayList<>();
        for (State state : before) {
          run.check();
          for (State longer : paths.follow(state, free)) {
            count();
            arrive(paths.reached(longer), longer.path());
          }
        }
      }
      return chosen;
    }

    private void arrive(Reached reached, Prefix path) {
      if (reached.accepts() && (target == 0 || path.node() == target)) {
        Arrivals arrivals = ends.computeIfAbsent(path.node(), _ -> new Arrivals());
        if (admits(arrivals, path.length())) {
          chosen.add(path);
        }
      }
      for (State state : reached.states()) {
        if (!free || admits(arrivals(state), state.path().length())) {
          level.add(state);
        }
      }
    }

    private Arrivals arrivals(State state) {
      Part part = paths.machine().parts().get(state.section());
      int min = part.section().min();
      boolean open = part.section().max() == PathSpec.UNBOUNDED;
      int iteration = open ? Math.min(min, state.iteration()) : state.iteration();
      List<Long> elements = new ArrayList<>();
      if (part.spans()) {
        Prefix p = state.path();
        for (int i = 0; i < state.step(); i++) {
          elements.add(p.edge());
          p = java.util.Objects.requireNonNull(p.before());
          elements.add(p.node());
        }
      }
      Place place =
          new Place(state.path().node(), state.section(), iteration, state.step(), elements);
      return places.computeIfAbsent(place, _ -> new Arrivals());
    }

    /// Lengths never get smaller, so the first to come are the shortest.
    private boolean admits(Arrivals arrivals, int length) {
      boolean groups = spec.selector() == Selector.ALL_SHORTEST;
      boolean fresh = length != arrivals.last;
      if (groups ? fresh && arrivals.lengths >= spec.count() : arrivals.paths >= spec.count()) {
        return false;
      }
      arrivals.paths++;
      arrivals.lengths += fresh ? 1 : 0;
      arrivals.last = length;
      return true;
    }

    /// Whether the one end that counts has all its paths. Those of a last length may still come.
    private boolean isDone() {
      @Nullable Arrivals arrivals = target == 0 ? null : ends.get(target);
      return arrivals != null
          && (spec.selector() == Selector.ALL_SHORTEST
              ? arrivals.lengths >= spec.count()
              : arrivals.paths >= spec.count());
    }

    private void count() {
      if (made++ % RESERVE == 0) {
        run.memory().reserveHeap((long) RESERVE * BYTES_A_PATH);
      }
    }
  }

  @Override
  public long source() {
    return paths.machine().reversed() ? current.node() : SectionPaths.first(current);
  }

  @Override
  public long target() {
    return paths.machine().reversed() ? SectionPaths.first(current) : current.node();
  }

  @Override
  public Value edges() {
    return paths.edges(current);
  }
}
