package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.CompatKind;
import io.sabot.plan.logical.JoinKind;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.logical.PlanColumns;
import java.util.HashSet;
import java.util.Set;

/// Which columns of a plan are never null.
///
/// More than the flags of the columns say: a filter that a null cannot pass makes its columns
/// certain, and so does an inner join.
final class Boundness {
  private Boundness() {}

  static Set<Column> certain(LogicalNode node) {
    Set<Column> certain = new HashSet<>();
    for (Column column : PlanColumns.of(node)) {
      if (!column.nullable()) {
        certain.add(column);
      }
    }
    refine(node, certain);
    return certain;
  }

  private static void refine(LogicalNode node, Set<Column> certain) {
    switch (node) {
      case LogicalNode.Filter(var input, var predicate) -> {
        refine(input, certain);
        rejected(predicate, node, certain);
      }
      case LogicalNode.Join join -> {
        if (join.kind() != JoinKind.RIGHT && join.kind() != JoinKind.FULL) {
          refine(join.left(), certain);
        }
        if (join.kind() == JoinKind.INNER) {
          refine(join.right(), certain);
          rejected(join.condition(), node, certain);
        }
      }
      case LogicalNode.Apply apply -> refine(apply.left(), certain);
      case LogicalNode.CompatJoin join -> {
        Set<Column> left = certain(join.left());
        Set<Column> right = certain(join.right());
        join.shared().stream()
            .filter(s ->
                left.contains(s.left())
                    || join.kind() == CompatKind.INNER && right.contains(s.right()))
            .forEach(s -> certain.add(s.out()));
        keep(left, node, certain);
        if (join.kind() == CompatKind.INNER) {
          keep(right, node, certain);
        }
      }
      case LogicalNode.Project(var input, var assignments) -> {
        Set<Column> below = certain(input);
        assignments.stream()
            .filter(a -> a.expr() instanceof Expr.Col(var source) && below.contains(source))
            .forEach(a -> certain.add(a.column()));
      }
      case LogicalNode.Extend(var input, var assignments) -> {
        Set<Column> below = certain(input);
        certain.addAll(below);
        assignments.stream()
            .filter(a -> a.expr() instanceof Expr.Col(var source) && below.contains(source))
            .forEach(a -> certain.add(a.column()));
      }
      case LogicalNode.SetOp set when set.kind() == LogicalNode.SetKind.UNION -> {
        Set<Column> left = certain(set.left());
        Set<Column> right = certain(set.right());
        for (int i = 0; i < set.columns().size(); i++) {
          Column l = set.leftColumns().get(i);
          Column r = set.rightColumns().get(i);
          if (l != null && r != null && left.contains(l) && right.contains(r)) {
            certain.add(set.columns().get(i));
          }
        }
      }
      case LogicalNode.Distinct n -> refine(n.input(), certain);
      case LogicalNode.Sort n -> refine(n.input(), certain);
      case LogicalNode.Limit n -> refine(n.input(), certain);
      case LogicalNode.Eager n -> refine(n.input(), certain);
      case LogicalNode.Unnest n -> refine(n.input(), certain);
      default -> {}
    }
  }

  private static void keep(Set<Column> known, LogicalNode node, Set<Column> certain) {
    PlanColumns.of(node).stream().filter(known::contains).forEach(certain::add);
  }

  private static void rejected(Expr predicate, LogicalNode node, Set<Column> certain) {
    for (Column column : predicate.columns()) {
      if (!certain.contains(column) && NullRejection.rejects(predicate, Set.of(column))) {
        certain.add(column);
      }
    }
  }
}
