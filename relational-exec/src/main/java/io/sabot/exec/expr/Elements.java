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
import java.util.Set;

/// The elements of the lists of a batch as a batch of their own, beside the columns of the row each
/// comes from: so that the body of a comprehension is evaluated once for all elements of all rows.
final class Elements {
  private final VectorExpr list;
  private final Type listType;
  private final Column element;
  private final QueryRun run;
  private final List<Integer> carried = new ArrayList<>();
  private final Layout layout;
  private final Batch inner;
  private int[] parents = new int[64];

  /// `starts[i]` is the first element of the `i`-th selected row; -1 marks a null list.
  private int[] starts = new int[Batch.ROWS_MAX + 1];

  private boolean[] nulls = new boolean[Batch.ROWS_MAX];

  Elements(Expr list, Column element, List<Expr> bodies, ExprCompiler outer) {
    this.list = outer.compile(list);
    this.listType = list.type();
    this.element = element;
    this.run = outer.run();
    Set<Column> used = new java.util.LinkedHashSet<>();
    bodies.forEach(body -> body.collectColumns(used));
    List<Column> columns = new ArrayList<>();
    for (Column column : used) {
      int position = outer.layout().position(column);
      if (position >= 0 && !column.equals(element)) {
        carried.add(position);
        columns.add(outer.layout().at(position));
      }
    }
    columns.add(element);
    layout = new Layout(columns, outer.layout().outer());
    Vector[] vectors = new Vector[columns.size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = new Vector(columns.get(i).type().physical(), run.memory());
    }
    inner = new Batch(vectors);
  }

  ExprCompiler compiler() {
    return new ExprCompiler(run, layout);
  }

  /// Fills the inner batch from the selected rows of `batch`.
  Batch expand(Batch batch) {
    Vector lists = list.eval(batch);
    if (starts.length <= batch.count()) {
      starts = new int[batch.count() + 1];
      nulls = new boolean[batch.count()];
    }
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      starts[i] = values.size();
      Value value = Cells.get(lists, row, listType, run.dictionary());
      nulls[i] = value.isNull();
      if (value instanceof Value.ListValue(var items)) {
        append(items, row, values);
      } else if (!value.isNull()) {
        throw Errors.typeMismatch(Kinds.name(value), "a list", "a list expression");
      }
    }
    starts[batch.count()] = values.size();
    fill(batch, values);
    return inner;
  }

  private void append(List<Value> items, int row, List<Value> values) {
    while (parents.length < values.size() + items.size()) {
      parents = java.util.Arrays.copyOf(parents, parents.length * 2);
    }
    for (Value item : items) {
      parents[values.size()] = row;
      values.add(item);
    }
  }

  private void fill(Batch batch, List<Value> values) {
    int rows = values.size();
    for (int c = 0; c < carried.size(); c++) {
      inner.vector(c).gather(batch.vector(carried.get(c)), parents, rows);
    }
    Vector elements = inner.vector(inner.columnCount() - 1);
    elements.reset(rows);
    for (int i = 0; i < rows; i++) {
      Cells.set(elements, i, values.get(i), element.type(), run.dictionary(), rows);
    }
    inner.all(rows);
  }

  boolean isNull(int i) {
    return nulls[i];
  }

  int start(int i) {
    return starts[i];
  }
}
