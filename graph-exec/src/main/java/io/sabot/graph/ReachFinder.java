package io.sabot.graph;

import io.sabot.exec.run.QueryRun;
import io.sabot.plan.logical.GraphScope;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.logical.PathSpec.RegularPath;
import io.sabot.plan.value.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// SPARQL path reachability (§18.4 ALP): for each start term, every end term once. Over named
/// graphs each graph is searched by itself.
final class ReachFinder implements PathFinder {
  private final PathSpec.Reach spec;
  private final Value graph;
  private final PathSteps steps;
  private final boolean reversed;
  private final long end;
  private final long[] starts;
  private int start = -1;
  private long[] ends = new long[0];
  private int place = -1;

  private ReachFinder(
      PathSpec.Reach spec,
      Value graph,
      PathSteps steps,
      long[] starts,
      long end,
      boolean reversed) {
    this.spec = spec;
    this.graph = graph;
    this.steps = steps;
    this.starts = starts;
    this.end = end;
    this.reversed = reversed;
  }

  static PathFinder open(PathSpec.Reach spec, long boundSource, long boundTarget, QueryRun run) {
    boolean single =
        switch (spec.scope()) {
          case GraphScope.Default _, GraphScope.Merge _ -> true;
          case GraphScope.Named _, GraphScope.NamedOnly _ -> false;
        };
    if (single) {
      return open(spec, 0, boundSource, boundTarget, run);
    }
    List<PathFinder> finders = new ArrayList<>();
    for (long graph : GraphNamesOperator.names(spec.scope(), run)) {
      finders.add(open(spec, graph, boundSource, boundTarget, run));
    }
    return new PathFinders(finders);
  }

  private static PathFinder open(
      PathSpec.Reach spec, long graph, long boundSource, long boundTarget, QueryRun run) {
    PathSteps steps = new PathSteps(spec.scope(), graph, run);
    Value name = graph == 0 ? Value.NULL : run.dictionary().decode(graph);
    long source = fixed(spec.sourceConstant(), boundSource, run);
    long target = fixed(spec.targetConstant(), boundTarget, run);
    boolean clash =
        !spec.sourceConstant().isNull() && boundSource != 0 && source != boundSource
            || !spec.targetConstant().isNull() && boundTarget != 0 && target != boundTarget;
    if (clash) {
      return new ReachFinder(spec, name, steps, new long[0], 0, false);
    }
    boolean reversed = source == 0 && target != 0;
    long[] starts;
    if (reversed) {
      starts = startTerm(target, spec.targetConstant(), spec, steps);
    } else if (source != 0) {
      starts = startTerm(source, spec.sourceConstant(), spec, steps);
    } else {
      starts = steps.allTerms();
    }
    return new ReachFinder(spec, name, steps, starts, reversed ? 0 : target, reversed);
  }

  private static long fixed(Value constant, long bound, QueryRun run) {
    return constant.isNull() ? bound : run.dictionary().encode(constant);
  }

  /// A variable's term takes part in zero-length paths only when it is in the graph; a constant
  /// always does.
  private static long[] startTerm(long term, Value constant, PathSpec.Reach spec, PathSteps steps) {
    boolean mayBeEmpty = spec.min() == 0 || mayBeEmpty(spec.step());
    boolean counts = !constant.isNull() || !mayBeEmpty || steps.isInGraph(term);
    return counts ? new long[] {term} : new long[0];
  }

  /// Whether a path of no edges matches, as in `(p*)+`.
  private static boolean mayBeEmpty(RegularPath path) {
    return switch (path) {
      case RegularPath.Predicate _, RegularPath.NotIn _ -> false;
      case RegularPath.Inverse(var inner) -> mayBeEmpty(inner);
      case RegularPath.Sequence(var parts) -> parts.stream().allMatch(ReachFinder::mayBeEmpty);
      case RegularPath.Alternative(var parts) -> parts.stream().anyMatch(ReachFinder::mayBeEmpty);
      case RegularPath.Repeat(var inner, var min, _) -> min == 0 || mayBeEmpty(inner);
    };
  }

  @Override
  public boolean advance() {
    while (true) {
      if (++place < ends.length) {
        if (end == 0 || ends[place] == end) {
          return true;
        }
        continue;
      }
      if (++start >= starts.length) {
        return false;
      }
      ends = search(starts[start]);
      place = -1;
    }
  }

  private long[] search(long from) {
    RegularPath path = reversed ? new RegularPath.Inverse(spec.step()) : spec.step();
    if (!spec.unbounded()) {
      Set<Long> ends = new LinkedHashSet<>();
      if (spec.min() == 0) {
        ends.add(from);
      }
      ends.addAll(steps.from(from, path));
      return toArray(ends);
    }
    Set<Long> seen = new LinkedHashSet<>();
    ArrayDeque<Long> queue = new ArrayDeque<>();
    if (spec.min() == 0) {
      seen.add(from);
    }
    queue.add(from);
    while (!queue.isEmpty()) {
      for (long next : steps.from(queue.poll(), path)) {
        if (seen.add(next)) {
          queue.add(next);
        }
      }
    }
    return toArray(seen);
  }

  private static long[] toArray(Set<Long> terms) {
    long[] array = terms.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(array);
    return array;
  }

  @Override
  public long source() {
    return reversed ? ends[place] : starts[start];
  }

  @Override
  public long target() {
    return reversed ? starts[start] : ends[place];
  }

  @Override
  public Value edges() {
    return graph;
  }
}
