package io.sabot.plan.expr;

import io.sabot.plan.function.Function;
import io.sabot.plan.type.Type;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/// What may be done with an expression, read off the flags of its functions.
public final class ExprFacts {
  private ExprFacts() {}

  /// Whether evaluating `expr` can raise an error: then it must not run for rows that would not
  /// have reached it.
  public static boolean mayThrow(Expr expr) {
    return any(expr, ExprFacts::throwsItself);
  }

  private static boolean throwsItself(Expr expr) {
    return switch (expr) {
      case Expr.Call(var function, _, _) -> function.faults() == Function.Faults.THROW;
      case Expr.Cast(_, _, var mode, _) -> mode == Expr.CastMode.SQL;
      case Expr.Property(var owner, _, _) ->
          owner.type() == Type.ANY || owner.type() instanceof Type.ListOf;
      case Expr.ListComprehension _, Expr.Quantified _, Expr.Reduce _ -> true;
      case Expr.Col _, Expr.Lit _, Expr.Param _, Expr.Case _, Expr.LabelTest _ -> false;
    };
  }

  /// Whether two evaluations of `expr` over the same row may differ.
  public static boolean isVolatile(Expr expr) {
    return any(
        expr,
        e ->
            e instanceof Expr.Call(var function, _, _)
                && function.volatility() == Function.Volatility.VOLATILE);
  }

  /// Whether `expr` reads the graph: labels, types or properties behind an entity.
  public static boolean readsGraph(Expr expr) {
    return any(
        expr,
        e ->
            e instanceof Expr.Property(var owner, _, _) && owner.type() != Type.MAP
                || e instanceof Expr.LabelTest
                || e instanceof Expr.Call(var function, _, _)
                    && function.volatility() != Function.Volatility.IMMUTABLE);
  }

  /// Whether `expr` may be moved to where it runs for more rows, or fewer, or more than once.
  public static boolean isMovable(Expr expr) {
    return !mayThrow(expr) && !isVolatile(expr);
  }

  public static boolean any(Expr expr, Predicate<Expr> test) {
    if (test.test(expr)) {
      return true;
    }
    AtomicBoolean found = new AtomicBoolean();
    expr.forEachChild(child -> {
      if (!found.get() && any(child, test)) {
        found.set(true);
      }
    });
    return found.get();
  }

  /// Puts expressions in the place of columns.
  public static Expr substitute(Expr expr, Map<Column, Expr> replacements) {
    if (replacements.isEmpty()) {
      return expr;
    }
    return expr.transform(e ->
        e instanceof Expr.Col(var column) && replacements.containsKey(column)
            ? replacements.get(column)
            : e);
  }

  /// The number of nodes of an expression.
  public static int size(Expr expr) {
    int[] size = {1};
    expr.forEachChild(child -> size[0] += size(child));
    return size[0];
  }
}
