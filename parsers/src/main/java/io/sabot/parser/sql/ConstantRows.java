package io.sabot.parser.sql;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.expr.ExprFacts;
import io.sabot.plan.logical.Assignment;
import io.sabot.plan.logical.LogicalNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Relations that are nothing but rows of constant expressions.
final class ConstantRows {
  private ConstantRows() {}

  /// The rows of a relation, in the order of its fields; null when it reads something, or computes
  /// a value that may differ each time and would be computed more than once.
  static @Nullable List<List<Expr>> of(Relation relation) {
    List<Map<Column, Expr>> rows = rows(relation.plan());
    if (rows == null) {
      return null;
    }
    List<List<Expr>> cells = new ArrayList<>(rows.size());
    for (Map<Column, Expr> row : rows) {
      List<Expr> inOrder = new ArrayList<>();
      for (Column field : relation.fields()) {
        Expr cell = row.get(field);
        if (cell == null || !cell.columns().isEmpty() || isRepeated(relation, field, cell)) {
          return null;
        }
        inOrder.add(cell);
      }
      cells.add(inOrder);
    }
    return cells;
  }

  private static boolean isRepeated(Relation relation, Column field, Expr cell) {
    return ExprFacts.isVolatile(cell)
        && relation.fields().stream().filter(field::equals).count() > 1;
  }

  private static @Nullable List<Map<Column, Expr>> rows(LogicalNode plan) {
    return switch (plan) {
      case LogicalNode.Values(var columns, var rows) -> {
        List<Map<Column, Expr>> all = new ArrayList<>(rows.size());
        for (List<Expr> row : rows) {
          Map<Column, Expr> cells = new HashMap<>();
          for (int c = 0; c < columns.size(); c++) {
            cells.put(columns.get(c), row.get(c));
          }
          all.add(cells);
        }
        yield all;
      }
      case LogicalNode.Project(var input, var assignments) -> {
        List<Map<Column, Expr>> below = rows(input);
        yield below == null ? null : project(below, assignments);
      }
      default -> null;
    };
  }

  private static @Nullable List<Map<Column, Expr>> project(
      List<Map<Column, Expr>> below, List<Assignment> assignments) {
    List<Map<Column, Expr>> all = new ArrayList<>(below.size());
    for (Map<Column, Expr> row : below) {
      if (usesTwice(assignments, row)) {
        return null;
      }
      Map<Column, Expr> cells = new HashMap<>();
      for (Assignment assignment : assignments) {
        cells.put(
            assignment.column(),
            assignment
                .expr()
                .transform(
                    e -> e instanceof Expr.Col(Column column) ? row.getOrDefault(column, e) : e));
      }
      all.add(cells);
    }
    return all;
  }

  /// Whether a value that may differ each time would be computed more than once.
  private static boolean usesTwice(List<Assignment> assignments, Map<Column, Expr> row) {
    Set<Column> once = new HashSet<>();
    return assignments.stream()
        .anyMatch(assignment ->
            ExprFacts.any(
                assignment.expr(),
                e ->
                    e instanceof Expr.Col(Column column)
                        && row.get(column) instanceof Expr value
                        && ExprFacts.isVolatile(value)
                        && !once.add(column)));
  }
}
