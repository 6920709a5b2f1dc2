package io.sabot.parser.cypher.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.GraphElement;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanExprs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What must hold for every plan.
public final class PlanChecks {
  private PlanChecks() {}

  /// Every column that is read is delivered, and no two nodes make the same column.
  public static void check(LogicalNode plan) {
    assertThat(FreeColumns.of(plan)).as("columns read but not delivered").isEmpty();
    List<Column> made = new ArrayList<>();
    collect(plan, made);
    Set<Column> seen = new HashSet<>();
    assertThat(made).as("columns made twice").allMatch(seen::add);
  }

  private static void collect(LogicalNode node, List<Column> made) {
    switch (node) {
      case LogicalNode.NodeScan n -> made.add(n.node());
      case LogicalNode.EdgeScan n -> made.addAll(List.of(n.edge(), n.source(), n.target()));
      case LogicalNode.PathScan n -> {
        made.addAll(List.of(n.source(), n.target()));
        if (n.edges() != null) {
          made.add(n.edges());
        }
      }
      case LogicalNode.Project n ->
          n.assignments().stream()
              .filter(a -> !a.isPassThrough())
              .forEach(a -> made.add(a.column()));
      case LogicalNode.Extend n -> n.assignments().forEach(a -> made.add(a.column()));
      case LogicalNode.Aggregate n -> n.calls().forEach(c -> made.add(c.out()));
      case LogicalNode.Unnest n -> made.add(n.element());
      case LogicalNode.CreateElements n ->
          n.elements().stream().map(GraphElement::out).forEach(made::add);
      case LogicalNode.ProcedureCall n -> n.yields().forEach(y -> made.add(y.column()));
      case LogicalNode.SetOp n -> made.addAll(n.columns());
      case LogicalNode.Apply n when n.mark() != null -> made.add(n.mark());
      default -> {
        // Makes no column.
      }
    }
    PlanExprs.of(node).forEach(expr -> collect(expr, made));
    node.inputs().forEach(input -> collect(input, made));
  }

  private static void collect(Expr expr, List<Column> made) {
    switch (expr) {
      case Expr.ListComprehension e -> made.add(e.element());
      case Expr.Quantified e -> made.add(e.element());
      case Expr.Reduce e -> made.addAll(List.of(e.accumulator(), e.element()));
      default -> {
        // Binds nothing.
      }
    }
    expr.forEachChild(child -> collect(child, made));
  }
}
