package io.sabot.optimizer.unfold;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.ColumnAllocator;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.Expr.CastMode;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import io.sabot.plan.value.EqMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The sources of one atom, each a plan with an expression for every column of the atom. Together
/// they replace it, by a union where there are several.
final class Branches {
  /// @param values what each column of the atom is over `plan`
  private record Branch(LogicalNode plan, Map<Column, Expr> values) {}

  private final List<Column> columns;
  private final ColumnAllocator allocator;
  private final List<Branch> branches = new ArrayList<>();

  /// @param columns the columns of the atom
  Branches(List<Column> columns, ColumnAllocator allocator) {
    this.columns = List.copyOf(columns);
    this.allocator = allocator;
  }

  void add(LogicalNode plan, Map<Column, Expr> values) {
    branches.add(new Branch(plan, values));
  }

  /// An atom that delivers columns which stand for those of this atom, in the same order.
  void add(LogicalNode atom, List<Column> own) {
    Map<Column, Expr> values = new HashMap<>();
    for (int i = 0; i < own.size(); i++) {
      values.put(columns.get(i), own.get(i).ref());
    }
    add(atom, values);
  }

  LogicalNode build() {
    if (branches.isEmpty()) {
      return LogicalNode.Values.empty(columns);
    }
    if (branches.size() == 1) {
      return project(branches.getFirst(), columns);
    }
    List<Column> left = columns.stream().map(allocator::like).toList();
    LogicalNode plan = project(branches.getFirst(), left);
    for (int i = 1; i < branches.size(); i++) {
      List<Column> own = columns.stream().map(allocator::like).toList();
      LogicalNode branch = project(branches.get(i), own);
      boolean last = i == branches.size() - 1;
      List<Column> out = last ? columns : columns.stream().map(allocator::like).toList();
      plan =
          new LogicalNode.SetOp(
              LogicalNode.SetKind.UNION,
              true,
              EqMode.TERM,
              plan,
              branch,
              out,
              new ArrayList<>(left),
              new ArrayList<>(own));
      left = out;
    }
    return plan;
  }

  private LogicalNode project(Branch branch, List<Column> out) {
    List<Assignment> assignments = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Expr value = branch.values().get(columns.get(i));
      assignments.add(new Assignment(out.get(i), inForm(value, out.get(i))));
    }
    return new LogicalNode.Project(branch.plan(), assignments);
  }

  private static Expr inForm(@org.jspecify.annotations.Nullable Expr value, Column column) {
    if (value == null) {
      return Expr.nullOf(column.type());
    }
    if (value.type().equals(column.type())) {
      return value;
    }
    return value instanceof Expr.Lit(var constant, _)
        ? new Expr.Lit(constant, column.type())
        : new Expr.Cast(value, column.type(), CastMode.FORM);
  }
}
