package io.sabot.graph;

import io.sabot.exec.run.QueryRun;
import io.sabot.graph.SectionPaths.Prefix;
import io.sabot.graph.SectionPaths.Reached;
import io.sabot.graph.SectionPaths.State;
import io.sabot.plan.value.Value;
import java.util.ArrayDeque;

/// All paths in sections, depth first, with a stack of what is still to be followed.
final class SectionFinder implements PathFinder {
  private static final int BYTES_A_STATE = 96;
  private static final int RESERVE = 1 << 12;

  private final SectionPaths paths;
  private final long[] starts;
  private final long end;
  private final QueryRun run;
  private final ArrayDeque<Pending> stack = new ArrayDeque<>();
  private int start = -1;
  private int reserved;
  private long steps;
  private Prefix found = new Prefix(null, 0, 0, 0, 0);

  /// @param made whether the edge of the state was just followed, so that where it leads is open
  private record Pending(State state, boolean made) {}

  /// @param end the node where paths must end; 0 for any
  SectionFinder(SectionPaths paths, long[] starts, long end, QueryRun run) {
    this.paths = paths;
    this.starts = starts;
    this.end = end;
    this.run = run;
  }

  @Override
  public boolean advance() {
    while (true) {
      Pending top = stack.poll();
      if (top == null) {
        if (++start >= starts.length) {
          return false;
        }
        Reached reached = paths.start(starts[start]);
        reached.states().forEach(state -> push(state, false));
        if (reached.accepts() && accept(new Prefix(null, 0, starts[start], 0, 0))) {
          return true;
        }
        continue;
      }
      if ((++steps & 0x3FF) == 0) {
        run.check();
      }
      if (!top.made()) {
        paths.follow(top.state(), false).reversed().forEach(state -> push(state, true));
        continue;
      }
      Reached reached = paths.reached(top.state());
      reached.states().reversed().forEach(state -> push(state, false));
      if (reached.accepts() && accept(top.state().path())) {
        return true;
      }
    }
  }

  private void push(State state, boolean made) {
    stack.push(new Pending(state, made));
    if (stack.size() > reserved) {
      run.memory().reserveHeap((long) RESERVE * BYTES_A_STATE);
      reserved += RESERVE;
    }
  }

  private boolean accept(Prefix path) {
    if (end != 0 && path.node() != end) {
      return false;
    }
    found = path;
    return true;
  }

  @Override
  public long source() {
    return paths.machine().reversed() ? found.node() : SectionPaths.first(found);
  }

  @Override
  public long target() {
    return paths.machine().reversed() ? SectionPaths.first(found) : found.node();
  }

  @Override
  public Value edges() {
    return paths.edges(found);
  }
}
