package io.sabot.parser.cypher.lower;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.AggregateCall;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.GraphElement;
import io.sabot.plan.logical.GraphWrite;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import io.sabot.plan.logical.SortKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The columns that a plan reads but does not deliver: those of the query around it.
final class FreeColumns {
  private FreeColumns() {}

  static Set<Column> of(LogicalNode plan) {
    Set<Column> free = new LinkedHashSet<>();
    collect(plan, Set.of(), free);
    return free;
  }

  private static void collect(LogicalNode node, Set<Column> around, Set<Column> free) {
    Set<Column> visible = new LinkedHashSet<>(around);
    for (LogicalNode input : node.inputs()) {
      // The right side of Apply, Merge and Foreach also sees the left one.
      collect(input, isCorrelating(node) ? visible : around, free);
      visible.addAll(PlanColumns.of(input));
      if (node instanceof LogicalNode.Foreach foreach) {
        visible.add(foreach.element());
      }
    }
    for (Expr expr : expressions(node)) {
      for (Column column : expr.columns()) {
        if (!visible.contains(column)) {
          free.add(column);
        }
      }
    }
  }

  private static boolean isCorrelating(LogicalNode node) {
    return node instanceof LogicalNode.Apply
        || node instanceof LogicalNode.Merge
        || node instanceof LogicalNode.Foreach;
  }

  /// The expressions of the nodes that Cypher lowers to.
  static List<Expr> expressions(LogicalNode node) {
    List<Expr> exprs = new ArrayList<>();
    switch (node) {
      case LogicalNode.Values n -> n.rows().forEach(exprs::addAll);
      case LogicalNode.PathScan n -> exprs.addAll(n.edgeProperties().values());
      case LogicalNode.Filter n -> exprs.add(n.predicate());
      case LogicalNode.Project n -> assigned(n.assignments(), exprs);
      case LogicalNode.Extend n -> assigned(n.assignments(), exprs);
      case LogicalNode.Aggregate n -> {
        n.keys().forEach(key -> exprs.add(key.ref()));
        n.calls().forEach(call -> aggregated(call, exprs));
      }
      case LogicalNode.Sort n -> sorted(n.keys(), exprs);
      case LogicalNode.Limit n -> {
        add(exprs, n.skip());
        add(exprs, n.fetch());
      }
      case LogicalNode.Unnest n -> exprs.add(n.list());
      case LogicalNode.ProcedureCall n -> exprs.addAll(n.args());
      case LogicalNode.Join n -> exprs.add(n.condition());
      case LogicalNode.Apply n -> exprs.add(n.condition());
      case LogicalNode.CreateElements n -> elements(n.elements(), exprs);
      case LogicalNode.UpdateElements n -> n.writes().forEach(write -> written(write, exprs));
      case LogicalNode.DeleteElements n -> exprs.addAll(n.targets());
      case LogicalNode.Merge n -> {
        elements(n.create(), exprs);
        n.onCreate().forEach(write -> written(write, exprs));
        n.onMatch().forEach(write -> written(write, exprs));
      }
      case LogicalNode.Foreach n -> exprs.add(n.list());
      case LogicalNode.Output n -> n.columns().forEach(c -> exprs.add(c.column().ref()));
      default -> {
        // Leaves, and nodes of other languages.
      }
    }
    return exprs;
  }

  private static void assigned(List<Assignment> assignments, List<Expr> exprs) {
    assignments.forEach(assignment -> exprs.add(assignment.expr()));
  }

  private static void aggregated(AggregateCall call, List<Expr> exprs) {
    exprs.addAll(call.args());
    add(exprs, call.filter());
    sorted(call.orderBy(), exprs);
  }

  private static void sorted(List<SortKey> keys, List<Expr> exprs) {
    keys.forEach(key -> exprs.add(key.expr()));
  }

  private static void add(List<Expr> exprs, @Nullable Expr expr) {
    if (expr != null) {
      exprs.add(expr);
    }
  }

  /// An element may refer to those created before it by the same node.
  private static void elements(List<GraphElement> elements, List<Expr> exprs) {
    Set<Column> created = new LinkedHashSet<>();
    for (GraphElement element : elements) {
      List<Expr> own = new ArrayList<>(List.of(element.properties()));
      if (element instanceof GraphElement.NewEdge edge) {
        own.add(edge.source());
        own.add(edge.target());
      }
      own.removeIf(expr -> created.containsAll(expr.columns()));
      exprs.addAll(own);
      created.add(element.out());
    }
  }

  private static void written(GraphWrite write, List<Expr> exprs) {
    switch (write) {
      case GraphWrite.SetProperty set -> exprs.addAll(List.of(set.target(), set.value()));
      case GraphWrite.SetProperties set -> exprs.addAll(List.of(set.target(), set.value()));
      case GraphWrite.SetLabels set -> exprs.add(set.target());
    }
  }
}
