package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.ExprCompiler;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.value.Value;
import java.util.List;

/// Rows of constant expressions.
final class ValuesOperator extends Operator {
  private final List<List<Expr>> rows;

  ValuesOperator(List<Column> columns, List<List<Expr>> rows, BuildContext context) {
    super(columns, context);
    this.rows = rows;
  }

  @Override
  public void prepare() {}

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    return new BatchStream() {
      private int next;

      @Override
      public @org.jspecify.annotations.Nullable Batch next() {
        if (next >= rows.size()) {
          return null;
        }
        int count = Math.min(run().batchRows(), rows.size() - next);
        Batch batch = fill(next, count);
        next += count;
        return batch;
      }
    };
  }

  private Batch fill(int from, int count) {
    ExprCompiler compiler = compiler(List.of());
    Batch unit = new Batch(new Vector[0]);
    unit.all(1);
    Vector[] vectors = new Vector[columns().size()];
    for (int c = 0; c < vectors.length; c++) {
      Column column = columns().get(c);
      vectors[c] = new Vector(column.type().physical(), run().memory());
      vectors[c].reset(count);
      for (int row = 0; row < count; row++) {
        Expr expr = rows.get(from + row).get(c);
        Value value =
            expr instanceof Expr.Lit(Value literal, _)
                ? literal
                : Cells.get(compiler.compile(expr).eval(unit), 0, expr.type(), run().dictionary());
        Cells.set(vectors[c], row, value, column.type(), run().dictionary(), count);
      }
    }
    Batch batch = new Batch(vectors);
    batch.all(count);
    return batch;
  }
}
