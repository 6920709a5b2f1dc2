package io.sabot.optimizer.rule;

import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Function;
import io.sabot.plan.function.LogicFunctions;
import java.util.List;
import java.util.Set;

/// Whether a condition can be true for a row in which certain columns are null.
final class NullRejection {
  private NullRejection() {}

  /// Whether some conjunct is never true when all of `columns` are null.
  static boolean rejects(Expr condition, Set<Column> columns) {
    return LogicFunctions.conjuncts(condition).stream().anyMatch(c -> isNotTrue(c, columns));
  }

  /// Whether `expr` is null for every row in which `columns` are all null.
  static boolean isNullFor(Expr expr, Set<Column> columns) {
    return isNull(expr, columns);
  }

  private static boolean isNotTrue(Expr expr, Set<Column> columns) {
    if (isNull(expr, columns) || expr.equals(Expr.FALSE)) {
      return true;
    }
    if (!(expr instanceof Expr.Call(var function, var args, _))) {
      return false;
    }
    return switch (function.name()) {
      case "and" -> args.stream().anyMatch(a -> isNotTrue(a, columns));
      case "or" -> args.stream().allMatch(a -> isNotTrue(a, columns));
      case "is_true" -> isNotTrue(args.getFirst(), columns);
      case "is_not_null" -> isNull(args.getFirst(), columns);
      default -> false;
    };
  }

  private static boolean isNull(Expr expr, Set<Column> columns) {
    return switch (expr) {
      case Expr.Col(var column) -> columns.contains(column);
      case Expr.Lit(var value, _) -> value.isNull();
      case Expr.Cast(var input, _, _, _) -> isNull(input, columns);
      case Expr.Property(var owner, _, _) -> isNull(owner, columns);
      case Expr.LabelTest(var entity, _) -> isNull(entity, columns);
      case Expr.Call(var function, var args, _) -> isNull(function, args, columns);
      case Expr.Param _, Expr.Case _, Expr.ListComprehension _, Expr.Quantified _, Expr.Reduce _ ->
          false;
    };
  }

  private static boolean isNull(Function function, List<Expr> args, Set<Column> columns) {
    if (function.nulls() == Function.Nulls.STRICT) {
      return args.stream().anyMatch(a -> isNull(a, columns));
    }
    boolean all =
        function.equals(LogicFunctions.COALESCE)
            || function.equals(LogicFunctions.AND)
            || function.equals(LogicFunctions.OR);
    return all && !args.isEmpty() && args.stream().allMatch(a -> isNull(a, columns));
  }
}
