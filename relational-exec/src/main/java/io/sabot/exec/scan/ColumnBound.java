package io.sabot.exec.scan;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.ComparisonFunctions;
import io.sabot.plan.function.ComparisonFunctions.Op;
import io.sabot.plan.function.LogicFunctions;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;

/// A condition `column op constant`, with which rows can be left out before they are read.
///
/// @param value not null
/// @param type the constant's
public record ColumnBound(Column column, Op op, Value value, Type type) {
  /// Those that all rows of a predicate meet. The comparisons are SQL's: other languages' differ in
  /// what they do with a value of another type.
  public static List<ColumnBound> of(Expr predicate) {
    List<ColumnBound> bounds = new ArrayList<>();
    for (Expr conjunct : LogicFunctions.conjuncts(predicate)) {
      if (conjunct instanceof Expr.Call(var function, var args, _) && args.size() == 2) {
        Op op = ComparisonFunctions.opOf(function);
        if (op != null && function.name().indexOf('.') < 0) {
          add(bounds, op, args.get(0), args.get(1));
          add(bounds, op.flipped(), args.get(1), args.get(0));
        }
      }
    }
    return bounds;
  }

  private static void add(List<ColumnBound> bounds, Op op, Expr left, Expr right) {
    if (left instanceof Expr.Col(Column column)
        && right instanceof Expr.Lit(Value value, Type type)
        && !value.isNull()) {
      bounds.add(new ColumnBound(column, op, value, type));
    }
  }
}
