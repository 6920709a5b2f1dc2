package io.sabot.plan.logical;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Checks that a plan is well formed. A complaint is a bug of whoever made the plan.
///
/// Every column that a node reads is delivered by an input or by an enclosing left side; a column
/// comes into being once; references agree with it in type; conditions are boolean.
public final class PlanValidator {
  private final List<String> complaints = new ArrayList<>();
  private final Map<Column, Column> definitions = new HashMap<>();

  private PlanValidator() {}

  /// What is wrong with `plan`; empty when nothing is.
  public static List<String> complaints(LogicalNode plan) {
    PlanValidator validator = new PlanValidator();
    validator.define(plan);
    validator.check(plan, Set.of());
    return validator.complaints;
  }

  /// @throws IllegalStateException with all complaints and the phase that made the plan
  public static void check(LogicalNode plan, String phase) {
    List<String> complaints = complaints(plan);
    if (!complaints.isEmpty()) {
      throw new IllegalStateException(
          "malformed plan after " + phase + ":\n  " + String.join("\n  ", complaints));
    }
  }

  private void define(LogicalNode node) {
    for (Column column : PlanExprs.defines(node)) {
      Column earlier = definitions.putIfAbsent(column, column);
      boolean again =
          node instanceof LogicalNode.Merge
              || node instanceof LogicalNode.Recursive
              || node instanceof LogicalNode.SetOp;
      if (earlier != null && !again) {
        complain(node, column + " comes into being twice");
      }
    }
    node.inputs().forEach(this::define);
  }

  private void check(LogicalNode node, Set<Column> outer) {
    Set<Column> visible = new HashSet<>(outer);
    Set<Column> left = new HashSet<>(outer);
    List<LogicalNode> inputs = node.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      LogicalNode input = inputs.get(i);
      check(input, i > 0 && isCorrelated(node) ? left : outer);
      List<Column> delivered = PlanColumns.of(input);
      visible.addAll(delivered);
      if (i == 0) {
        left.addAll(delivered);
        if (node instanceof LogicalNode.Foreach(_, _, var element, _)) {
          left.add(element);
        }
      }
    }
    for (Column column : PlanExprs.reads(node)) {
      if (!visible.contains(column)) {
        complain(node, "reads " + column + ", which no input delivers");
      }
    }
    PlanExprs.of(node).forEach(expr -> types(node, expr));
    conditions(node);
  }

  private static boolean isCorrelated(LogicalNode node) {
    return node instanceof LogicalNode.Apply
        || node instanceof LogicalNode.Merge
        || node instanceof LogicalNode.Foreach;
  }

  private void types(LogicalNode node, Expr expr) {
    if (expr instanceof Expr.Col(var column)) {
      Column definition = definitions.get(column);
      if (definition != null && !definition.type().equals(column.type())) {
        complain(node, column + " is " + definition.type() + " and read as " + column.type());
      }
    }
    expr.forEachChild(child -> types(node, child));
  }

  private void conditions(LogicalNode node) {
    switch (node) {
      case LogicalNode.Filter n -> condition(node, n.predicate());
      case LogicalNode.Join n -> {
        condition(node, n.condition());
        mark(node, n.kind(), n.mark() != null);
      }
      case LogicalNode.Apply n -> {
        condition(node, n.condition());
        mark(node, n.kind(), n.mark() != null);
        if (n.kind() == JoinKind.RIGHT || n.kind() == JoinKind.FULL) {
          complain(node, "a correlated join cannot be " + n.kind());
        }
      }
      case LogicalNode.CompatJoin n -> condition(node, n.condition());
      case LogicalNode.PathScan n when n.spec() instanceof PathSpec.Sections sections ->
          sections.sections().forEach(section -> section(node, sections, section));
      case LogicalNode.SetOp n -> {
        int width = n.columns().size();
        if (n.leftColumns().size() != width || n.rightColumns().size() != width) {
          complain(node, "sides of different width");
        }
      }
      default -> {}
    }
  }

  private void condition(LogicalNode node, Expr condition) {
    if (condition.type() != Type.BOOL) {
      complain(node, "a condition of type " + condition.type());
    }
  }

  private void section(LogicalNode node, PathSpec.Sections path, PathSpec.Section section) {
    Set<Column> visible = section.columns();
    visible.addAll(path.arguments().values());
    for (Expr condition : section.conditions()) {
      condition(node, condition);
      if (!visible.containsAll(condition.columns())) {
        complain(node, "a condition reads what is not in its section");
      }
    }
    if (section.min() > section.max() || section.steps().isEmpty() && section.max() != 1) {
      complain(node, "bounds " + section.min() + " and " + section.max());
    }
  }

  private void mark(LogicalNode node, JoinKind kind, boolean hasMark) {
    if (hasMark != (kind == JoinKind.MARK)) {
      complain(node, hasMark ? "a mark that nothing sets" : "no column for the mark");
    }
  }

  private void complain(LogicalNode node, String what) {
    complaints.add(node.getClass().getSimpleName() + ": " + what);
  }
}
