package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.Assignment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Computes columns; passes others through without touching them.
final class ProjectOperator extends Operator {
  private final Operator input;
  private final List<Assignment> assignments;

  ProjectOperator(
      Operator input, List<Assignment> assignments, List<Column> columns, BuildContext context) {
    super(columns, context);
    this.input = input;
    this.assignments = assignments;
  }

  @Override
  protected void narrow(Column column, KeyFilter filter) {
    Column source = column;
    for (Assignment assignment : assignments) {
      if (assignment.column().equals(column)) {
        if (!(assignment.expr() instanceof Expr.Col(Column renamed))) {
          return;
        }
        source = renamed;
      }
    }
    if (source.type().equals(column.type())) {
      narrow(input, source, filter);
    }
  }

  @Override
  public void prepare() {
    input.prepare();
  }

  @Override
  public int streams() {
    return input.streams();
  }

  @Override
  public void release() {
    input.release();
  }

  @Override
  public BatchStream open() {
    BatchStream stream = input.open();
    ExprCompiler compiler = compiler(input.columns());
    Map<Column, Assignment> computed = new HashMap<>();
    assignments.forEach(a -> computed.put(a.column(), a));
    VectorExpr[] exprs = new VectorExpr[columns().size()];
    for (int c = 0; c < exprs.length; c++) {
      Column column = columns().get(c);
      Assignment assignment = computed.get(column);
      exprs[c] =
          compiler.compileAs(assignment == null ? column.ref() : assignment.expr(), column.type());
    }
    Batch out = new Batch(new Vector[exprs.length]);
    return () -> {
      Batch batch = stream.next();
      if (batch == null) {
        return null;
      }
      for (int c = 0; c < exprs.length; c++) {
        out.setVector(c, exprs[c].eval(batch));
      }
      out.select(batch.rows(), batch.selection(), batch.count());
      return out;
    };
  }
}
