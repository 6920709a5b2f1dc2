package io.sabot.graph;

import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.MappedEdges;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.LabelExpr;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.logical.Direction;
import io.sabot.plan.logical.PathSpec;
import io.sabot.plan.logical.PathSpec.PathStep;
import io.sabot.plan.logical.PathSpec.Section;
import io.sabot.plan.logical.PathSpec.Sections;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The state machine of a path in sections, made once for each worker, in both directions: where
/// the edges of each step come from, and which conditions can be tested after which step.
final class SectionSearch {
  private final Sections spec;
  private final QueryRun run;
  private final Mapped mapped;
  private final Tests tests;
  private @Nullable Machine forwards;
  private @Nullable Machine backwards;

  /// The edges that tables give for some types; null when there are none.
  @FunctionalInterface
  interface Mapped {
    @Nullable MappedEdges of(LabelExpr types);
  }

  /// Compiles a condition over columns.
  @FunctionalInterface
  interface Tests {
    StarTest of(List<Column> columns, Expr condition);
  }

  /// @param test what can be tested once the step is made; null for nothing
  record Step(PathStep step, Neighbours neighbours, @Nullable StarTest test) {}

  /// @param startTest what can be tested of the first node alone
  /// @param spans whether a condition reads more than the edge of its step and the nodes beside it
  record Part(Section section, List<Step> steps, @Nullable StarTest startTest, boolean spans) {}

  record Machine(List<Part> parts, boolean reversed) {}

  SectionSearch(Sections spec, QueryRun run, Mapped mapped, Tests tests) {
    this.spec = spec;
    this.run = run;
    this.mapped = mapped;
    this.tests = tests;
  }

  /// @param source 0 when unbound
  /// @param target 0 when unbound
  /// @param arguments by name, each with the values of the batch
  PathFinder open(long source, long target, Map<String, Vector> arguments, int row) {
    Machine machine = machine(source == 0 && target != 0);
    Map<Column, Vector> values = new HashMap<>();
    spec.arguments()
        .forEach((name, column) -> {
          Vector vector = arguments.get(name);
          if (vector != null) {
            values.put(column, vector);
          }
        });
    long start = machine.reversed() ? target : source;
    long end = machine.reversed() ? 0 : target;
    long[] starts = start == 0 ? allNodes() : existing(start);
    SectionPaths paths = new SectionPaths(machine, spec.mode(), values, row, run);
    return spec.selector() == PathSpec.Selector.ALL
        ? new SectionFinder(paths, starts, end, run)
        : new SectionChooser(paths, spec, starts, end, run);
  }

  private long[] allNodes() {
    for (Section section : spec.sections()) {
      for (PathStep step : section.steps()) {
        MappedEdges edges = mapped.of(step.types());
        if (edges != null && edges.isNamed()) {
          return edges.allNodes();
        }
      }
    }
    return new Neighbours(LabelExpr.ANY, true, true, Map.of(), mapped.of(LabelExpr.ANY), run)
        .allNodes();
  }

  private long[] existing(long node) {
    boolean exists = new Neighbours(LabelExpr.ANY, true, true, Map.of(), null, run).exists(node);
    return exists ? new long[] {node} : new long[0];
  }

  private Machine machine(boolean reversed) {
    Machine known = reversed ? backwards : forwards;
    if (known != null) {
      return known;
    }
    List<Part> parts = new ArrayList<>();
    for (Section section : reversed ? spec.sections().reversed() : spec.sections()) {
      parts.add(part(reversed ? reversed(section) : section));
    }
    Machine machine = new Machine(parts, reversed);
    if (reversed) {
      backwards = machine;
    } else {
      forwards = machine;
    }
    return machine;
  }

  /// The same section read from its last node to its first.
  private static Section reversed(Section section) {
    List<Column> nodes = new ArrayList<>(List.of(section.start()));
    section.steps().forEach(step -> nodes.add(step.node()));
    List<PathStep> steps = new ArrayList<>();
    for (int i = section.steps().size() - 1; i >= 0; i--) {
      PathStep step = section.steps().get(i);
      steps.add(
          new PathStep(step.edge(), nodes.get(i), step.types(), step.direction(), !step.turned()));
    }
    return new Section(nodes.getLast(), steps, section.min(), section.max(), section.conditions());
  }

  private Part part(Section section) {
    Set<Column> arguments = new HashSet<>(spec.arguments().values());
    Set<Column> bound = new HashSet<>(arguments);
    List<Expr> waiting = new ArrayList<>(section.conditions());
    bound.add(section.start());
    StarTest startTest = test(taken(waiting, bound));
    List<Step> steps = new ArrayList<>();
    boolean spans = false;
    Column before = section.start();
    for (PathStep step : section.steps()) {
      bound.add(step.edge());
      bound.add(step.node());
      List<Expr> now = taken(waiting, bound);
      Set<Column> local = new HashSet<>(arguments);
      Collections.addAll(local, before, step.edge(), step.node());
      spans |= now.stream().anyMatch(e -> !local.containsAll(e.columns()));
      steps.add(new Step(step, neighbours(step), test(now)));
      before = step.node();
    }
    return new Part(section, steps, startTest, spans);
  }

  /// Takes out the conditions whose columns are all bound.
  private static List<Expr> taken(List<Expr> waiting, Set<Column> bound) {
    List<Expr> ready = waiting.stream().filter(e -> bound.containsAll(e.columns())).toList();
    waiting.removeAll(ready);
    return ready;
  }

  private @Nullable StarTest test(List<Expr> conditions) {
    if (conditions.isEmpty()) {
      return null;
    }
    Set<Column> columns = new LinkedHashSet<>();
    conditions.forEach(e -> columns.addAll(e.columns()));
    return tests.of(List.copyOf(columns), LogicFunctions.and(conditions));
  }

  private Neighbours neighbours(PathStep step) {
    boolean both = step.direction() == Direction.BOTH;
    return new Neighbours(
        step.types(),
        both || !step.turned(),
        both || step.turned(),
        Map.of(),
        mapped.of(step.types()),
        run);
  }
}
