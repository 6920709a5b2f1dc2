package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;

/// The outer row of the enclosing `Apply`, `Merge` or `Foreach`, as one row; or all outer rows of
/// an `Apply` that runs its right side for many at once.
final class ArgumentOperator extends Operator {
  ArgumentOperator(List<Column> columns, BuildContext context) {
    super(columns, context);
  }

  @Override
  public void prepare() {}

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    OuterBatch many = context().argument();
    return many == null ? one() : all(many);
  }

  /// Columns that are not in the batch are those of enclosing left sides: constants.
  private BatchStream all(OuterBatch many) {
    VectorExpr[] exprs = new VectorExpr[columns().size()];
    for (int c = 0; c < exprs.length; c++) {
      exprs[c] = compiler(many.columns()).compile(columns().get(c).ref());
    }
    Batch out = new Batch(new Vector[exprs.length]);
    boolean[] isDone = {false};
    return () -> {
      if (isDone[0]) {
        return null;
      }
      isDone[0] = true;
      for (int c = 0; c < exprs.length; c++) {
        out.setVector(c, exprs[c].eval(many.batch()));
      }
      out.all(many.batch().rows());
      return out;
    };
  }

  private BatchStream one() {
    List<Expr> row = new ArrayList<>();
    for (Column column : columns()) {
      Value value = context().outer().get(column);
      if (value == null) {
        throw new IllegalStateException("no outer column " + column);
      }
      row.add(new Expr.Lit(value, column.type()));
    }
    return new ValuesOperator(columns(), List.of(row), context()).open();
  }
}
