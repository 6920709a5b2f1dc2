package io.sabot.graph;

import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.QueryRun;
import io.sabot.graph.SectionSearch.Machine;
import io.sabot.graph.SectionSearch.Part;
import io.sabot.graph.SectionSearch.Step;
import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Grows paths in sections, edge by edge. Paths share their beginnings.
final class SectionPaths {
  private final Machine machine;
  private final PathSpec.Mode mode;
  private final Map<Column, Vector> arguments;
  private final int row;
  private final QueryRun run;
  private int[] places = new int[64];

  /// A path so far: one edge and, before it, the path up to there.
  ///
  /// @param edge 0 at the start
  /// @param section in which the edge was followed
  record Prefix(@Nullable Prefix before, long edge, long node, int section, int length) {}

  /// A path and where in the machine it stands: before the step `step` of repetition `iteration`.
  record State(Prefix path, int section, int iteration, int step) {}

  /// Where a path can go on, and how often it is a whole path already.
  record Reached(List<State> states, boolean accepts) {}

  SectionPaths(
      Machine machine, PathSpec.Mode mode, Map<Column, Vector> arguments, int row, QueryRun run) {
    this.machine = machine;
    this.mode = mode;
    this.arguments = arguments;
    this.row = row;
    this.run = run;
  }

  Machine machine() {
    return machine;
  }

  Reached start(long node) {
    List<State> states = new ArrayList<>();
    Prefix path = new Prefix(null, 0, node, 0, 0);
    return new Reached(states, boundary(path, 0, 0, states));
  }

  /// Goes from the end of repetition `iteration` of a section to all places from which an edge can
  /// be followed; returns whether the end of the machine is among them.
  private boolean boundary(Prefix path, int section, int iteration, List<State> into) {
    Part part = machine.parts().get(section);
    boolean accepts = false;
    if (iteration >= part.section().min()) {
      accepts = section + 1 == machine.parts().size() || boundary(path, section + 1, 0, into);
    }
    if (iteration < part.section().max() && startPasses(part, path)) {
      if (!part.steps().isEmpty()) {
        into.add(new State(path, section, iteration, 0));
      } else if (iteration == 0) {
        accepts |= boundary(path, section, 1, into);
      }
    }
    return accepts;
  }

  private boolean startPasses(Part part, Prefix path) {
    return part.startTest() == null
        || part.startTest().keep(new int[] {0}, 1, new Found(part, path, 0, null)) == 1;
  }

  /// The paths that are one edge longer.
  ///
  /// @param free whether the mode of the path is not looked at yet
  List<State> follow(State state, boolean free) {
    Part part = machine.parts().get(state.section());
    Step step = part.steps().get(state.step());
    Prefix path = state.path();
    if (!free && mode == PathSpec.Mode.SIMPLE && isClosed(path)) {
      return List.of();
    }
    Neighbours.Star star = step.neighbours().of(path.node());
    int count = allowed(star, path, free);
    if (step.test() != null && count > 0) {
      count = step.test().keep(places, count, new Found(part, path, state.step() + 1, star));
    }
    List<State> next = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long edge = star.edges()[places[i]];
      long node = star.nodes()[places[i]];
      Prefix longer = new Prefix(path, edge, node, state.section(), path.length() + 1);
      next.add(new State(longer, state.section(), state.iteration(), state.step() + 1));
    }
    return next;
  }

  /// Where a path that was just made longer can go on.
  Reached reached(State state) {
    List<State> states = new ArrayList<>();
    boolean complete = state.step() == machine.parts().get(state.section()).steps().size();
    if (!complete) {
      states.add(state);
      return new Reached(states, false);
    }
    boolean accepts = boundary(state.path(), state.section(), state.iteration() + 1, states);
    return new Reached(states, accepts);
  }

  private int allowed(Neighbours.Star star, Prefix path, boolean free) {
    if (places.length < star.size()) {
      places = new int[star.size() * 2];
    }
    int count = 0;
    for (int i = 0; i < star.size(); i++) {
      if (free || isAllowed(path, star.edges()[i], star.nodes()[i])) {
        places[count++] = i;
      }
    }
    return count;
  }

  private boolean isAllowed(Prefix path, long edge, long node) {
    return switch (mode) {
      case WALK -> true;
      case TRAIL -> !hasEdge(path, edge);
      case ACYCLIC -> !hasNode(path, node, false);
      case SIMPLE -> !hasNode(path, node, true) && !hasEdge(path, edge);
    };
  }

  private static boolean hasEdge(Prefix path, long edge) {
    for (Prefix p = path; p != null; p = p.before()) {
      if (p.edge() == edge) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasNode(Prefix path, long node, boolean exceptFirst) {
    for (Prefix p = path; p != null; p = p.before()) {
      boolean counts = !exceptFirst || p.before() != null;
      if (counts && p.node() == node) {
        return true;
      }
    }
    return false;
  }

  private static boolean isClosed(Prefix path) {
    Prefix first = path;
    while (first.before() != null) {
      first = first.before();
    }
    return path.length() > 0 && first.node() == path.node();
  }

  /// Whether a path that was grown freely is one of the mode.
  boolean isOfMode(Prefix path) {
    for (Prefix p = path; p.before() != null; p = p.before()) {
      Prefix before = p.before();
      boolean closes = mode == PathSpec.Mode.SIMPLE && p != path && isClosed(p);
      if (closes || !isAllowed(before, p.edge(), p.node())) {
        return false;
      }
    }
    return true;
  }

  /// The columns of a repetition: those of the edges before are found by going back.
  private final class Found implements StarTest.Source {
    private final Part part;
    private final Prefix path;
    private final int step;
    private final Neighbours.@Nullable Star star;

    /// @param step how many steps of the repetition are made with the edges of the star; 0 when
    ///   only the node at the end of the path is looked at
    Found(Part part, Prefix path, int step, Neighbours.@Nullable Star star) {
      this.part = part;
      this.path = path;
      this.step = step;
      this.star = star;
    }

    @Override
    public long at(Column column, int place) {
      Prefix p = path;
      if (star != null) {
        var last = part.section().steps().get(step - 1);
        if (column.equals(last.edge())) {
          return star.edges()[place];
        }
        if (column.equals(last.node())) {
          return star.nodes()[place];
        }
      }
      for (int i = step - 2; i >= 0; i--) {
        var earlier = part.section().steps().get(i);
        if (column.equals(earlier.edge())) {
          return p.edge();
        }
        if (column.equals(earlier.node())) {
          return p.node();
        }
        p = java.util.Objects.requireNonNull(p.before());
      }
      return p.node();
    }

    @Override
    public Map<Column, Vector> arguments() {
      return arguments;
    }

    @Override
    public int row() {
      return row;
    }
  }

  static long first(Prefix path) {
    Prefix p = path;
    while (p.before() != null) {
      p = p.before();
    }
    return p.node();
  }

  /// The edges of a path, one list for each section.
  Value edges(Prefix path) {
    List<List<Value>> sections = new ArrayList<>();
    machine.parts().forEach(_ -> sections.add(new ArrayList<>()));
    for (Prefix p = path; p.before() != null; p = p.before()) {
      sections.get(p.section()).add(run.dictionary().decode(p.edge()));
    }
    if (machine.reversed()) {
      Collections.reverse(sections);
    } else {
      sections.forEach(Collections::reverse);
    }
    return new Value.ListValue(
        sections.stream().map(edges -> (Value) new Value.ListValue(edges)).toList());
  }
}
