package io.sabot.exec.expr;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.error.Errors;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.function.Kinds;
import io.sabot.plan.type.Type;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;

/// `reduce(acc = init, x IN list | body)`: step `k` evaluates the body for the `k`-th elements of
/// all rows together.
final class ReduceExpr implements VectorExpr {
  private final VectorExpr list;
  private final Type listType;
  private final VectorExpr init;
  private final VectorExpr body;
  private final Column accumulator;
  private final Column element;
  private final int width;
  private final QueryRun run;
  private final Vector elements;
  private final Vector out;

  ReduceExpr(Expr.Reduce expr, ExprCompiler compiler, QueryRun run) {
    this.list = compiler.compile(expr.list());
    this.listType = expr.list().type();
    this.init = compiler.compileAs(expr.init(), expr.type());
    this.accumulator = expr.accumulator();
    this.element = expr.element();
    this.run = run;
    List<Column> columns = new ArrayList<>(compiler.layout().columns());
    this.width = columns.size();
    columns.add(accumulator);
    columns.add(element);
    ExprCompiler inner = new ExprCompiler(run, new Layout(columns, compiler.layout().outer()));
    this.body = inner.compileAs(expr.body(), expr.type());
    this.elements = new Vector(element.type().physical(), run.memory());
    this.out = new Vector(expr.type().physical(), run.memory());
  }

  @Override
  public Vector eval(Batch batch) {
    int rows = batch.rows();
    List<List<Value>> lists = new ArrayList<>();
    Vector listVector = list.eval(batch);
    Vector start = init.eval(batch);
    out.reset(rows);
    int longest = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      Value value = Cells.get(listVector, row, listType, run.dictionary());
      Value first = Cells.get(start, row, accumulator.type(), run.dictionary());
      if (value instanceof Value.ListValue(var items)) {
        lists.add(items);
        longest = Math.max(longest, items.size());
      } else if (value.isNull()) {
        lists.add(List.of());
        first = Value.NULL;
      } else {
        throw Errors.typeMismatch(Kinds.name(value), "a list", "reduce()");
      }
      Cells.set(out, row, first, accumulator.type(), run.dictionary(), rows);
    }
    for (int step = 0; step < longest; step++) {
      step(batch, lists, step);
    }
    return out;
  }

  private void step(Batch batch, List<List<Value>> lists, int step) {
    int rows = batch.rows();
    int[] selection = new int[batch.count()];
    int count = 0;
    elements.reset(rows);
    for (int i = 0; i < batch.count(); i++) {
      if (step < lists.get(i).size()) {
        int row = batch.row(i);
        selection[count++] = row;
        Cells.set(elements, row, lists.get(i).get(step), element.type(), run.dictionary(), rows);
      }
    }
    Vector[] vectors = new Vector[width + 2];
    for (int c = 0; c < width; c++) {
      vectors[c] = batch.vector(c);
    }
    vectors[width] = out;
    vectors[width + 1] = elements;
    Batch inner = new Batch(vectors);
    inner.select(rows, selection, count);
    Vector next = body.eval(inner);
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      Value value = Cells.get(next, row, accumulator.type(), run.dictionary());
      Cells.set(out, row, value, accumulator.type(), run.dictionary(), rows);
    }
  }
}
