package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Kinds;
import io.sabot.plan.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Row counts given by constant expressions.
final class Counts {
  private Counts() {}

  static long of(@Nullable Expr expr, long otherwise, String clause, BuildContext context) {
    if (expr == null) {
      return otherwise;
    }
    Value value = constant(expr, context);
    if (value.isNull()) {
      return otherwise;
    }
    if (value instanceof Value.Int(long count)) {
      if (count < 0) {
        throw new QueryException(
            ErrorCode.SEMANTIC_ERROR,
            null,
            clause + " needs a count of at least 0, found " + count,
            "",
            "NegativeIntegerArgument",
            null);
      }
      return count;
    }
    throw new QueryException(
        ErrorCode.SEMANTIC_ERROR,
        null,
        clause + " needs an integer, found " + Kinds.name(value),
        "",
        "InvalidArgumentType",
        null);
  }

  /// The value of an expression without columns of its own.
  static Value constant(Expr expr, BuildContext context) {
    Batch unit = new Batch(new Vector[0]);
    unit.all(1);
    var compiler =
        new io.sabot.exec.expr.ExprCompiler(
            context.run(), new io.sabot.exec.expr.Layout(List.of(), context.outer()));
    return Cells.get(compiler.compile(expr).eval(unit), 0, expr.type(), context.run().dictionary());
  }
}
