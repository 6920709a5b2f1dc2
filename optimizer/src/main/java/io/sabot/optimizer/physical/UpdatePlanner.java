package io.sabot.optimizer.physical;

import static io.sabot.optimizer.physical.PhysicalPlanner.concat;
import static io.sabot.optimizer.physical.PhysicalPlanner.keep;
import static io.sabot.optimizer.physical.PhysicalPlanner.union;

import io.sabot.plan.expr.Column;
import io.sabot.plan.logical.GraphElement;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.PlanExprs;
import io.sabot.plan.physical.PhysicalNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Operators for updates. They keep their input rows.
final class UpdatePlanner {
  private final PhysicalPlanner planner;

  UpdatePlanner(PhysicalPlanner planner) {
    this.planner = planner;
  }

  PhysicalNode update(LogicalNode node, Set<Column> needed, Set<Column> outer) {
    return switch (node) {
      case LogicalNode.CreateElements n -> {
        PhysicalNode input = input(n.input(), n, needed, outer);
        yield new PhysicalNode.CreateElements(
            input,
            n.elements(),
            concat(keep(input.columns(), needed), keep(outs(n.elements()), needed)));
      }
      case LogicalNode.UpdateElements n -> {
        PhysicalNode input = input(n.input(), n, needed, outer);
        yield new PhysicalNode.UpdateElements(input, n.writes(), keep(input.columns(), needed));
      }
      case LogicalNode.DeleteElements n -> {
        PhysicalNode input = input(n.input(), n, needed, outer);
        yield new PhysicalNode.DeleteElements(
            input, n.targets(), n.detach(), keep(input.columns(), needed));
      }
      case LogicalNode.Merge n -> merge(n, needed, outer);
      case LogicalNode.Foreach n -> foreach(n, needed, outer);
      case LogicalNode.QuadModify n ->
          new PhysicalNode.QuadModify(
              input(n.input(), n, Set.of(), outer), n.deletes(), n.inserts(), List.of());
      case LogicalNode.TableModify n -> {
        Column count = n.count();
        PhysicalNode input = input(n.input(), n, count == null ? needed : Set.of(), outer);
        yield new PhysicalNode.TableModify(
            n.verb(),
            n.tableId(),
            n.tableName(),
            input,
            n.rowAddress(),
            n.action(),
            n.values(),
            count,
            count == null ? keep(input.columns(), needed) : List.of(count));
      }
      default -> throw new IllegalArgumentException("not an update: " + node);
    };
  }

  private PhysicalNode input(
      LogicalNode input, LogicalNode update, Set<Column> needed, Set<Column> outer) {
    return planner.plan(input, union(needed, PlanExprs.reads(update)), outer);
  }

  private static List<Column> outs(List<GraphElement> elements) {
    return elements.stream().map(GraphElement::out).toList();
  }

  private PhysicalNode merge(LogicalNode.Merge n, Set<Column> needed, Set<Column> outer) {
    Set<Column> reads = PlanExprs.reads(n);
    Set<Column> ofInput = new LinkedHashSet<>(PlanColumns.of(n.input()));
    List<Column> correlated = keep(PlanExprs.free(n.match()), ofInput);
    PhysicalNode input = planner.plan(n.input(), union(union(needed, reads), correlated), outer);
    Set<Column> ofMatch = union(union(needed, reads), outs(n.create()));
    ofMatch.removeAll(ofInput);
    PhysicalNode match = planner.plan(n.match(), ofMatch, union(outer, input.columns()));
    Set<Column> own = union(outs(n.create()), match.columns());
    return new PhysicalNode.Merge(
        input,
        match,
        correlated,
        n.create(),
        n.onCreate(),
        n.onMatch(),
        concat(keep(input.columns(), needed), keep(own, needed)));
  }

  private PhysicalNode foreach(LogicalNode.Foreach n, Set<Column> needed, Set<Column> outer) {
    Set<Column> ofInput = new LinkedHashSet<>(PlanColumns.of(n.input()));
    Set<Column> free = PlanExprs.free(n.body());
    List<Column> correlated = keep(free, union(ofInput, Set.of(n.element())));
    Set<Column> below = union(union(needed, n.list().columns()), correlated);
    PhysicalNode input = planner.plan(n.input(), below, outer);
    PhysicalNode body = planner.plan(n.body(), Set.of(), union(outer, correlated));
    return new PhysicalNode.Foreach(
        input, n.list(), n.element(), body, correlated, keep(input.columns(), needed));
  }
}
