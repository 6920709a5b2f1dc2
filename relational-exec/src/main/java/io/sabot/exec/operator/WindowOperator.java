package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.logical.WindowCall;
import io.sabot.plan.physical.PhysicalNode;
import io.sabot.plan.type.Physical;
import io.sabot.plan.value.OrderMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Window functions: all rows are taken in; each call sorts them by its partition and order keys
/// and writes one value a row.
final class WindowOperator extends Operator {
  private final PhysicalNode.Window node;
  private final Operator input;
  private final RowStore rows;
  private final AtomicInteger next = new AtomicInteger();

  WindowOperator(PhysicalNode.Window node, Operator input, BuildContext context) {
    super(node.columns(), context);
    this.node = node;
    this.input = input;
    List<Physical> kinds = new ArrayList<>(kinds(input.columns()));
    node.calls().forEach(call -> kinds.add(call.out().type().physical()));
    this.rows = new RowStore(kinds, run().memory());
  }

  @Override
  public void prepare() {
    input.prepare();
    RowStore taken = new RowStore(kinds(input.columns()), run().memory());
    drain(input, 1, (worker, batch) -> taken.append(batch));
    int count = taken.rows();
    Vector[] vectors = new Vector[rows.columnCount()];
    int width = taken.columnCount();
    System.arraycopy(taken.columns(), 0, vectors, 0, width);
    for (int c = 0; c < node.calls().size(); c++) {
      vectors[width + c] = compute(node.calls().get(c), taken, count);
    }
    rows.append(vectors, null, count);
    taken.release();
  }

  private Vector compute(WindowCall call, RowStore taken, int count) {
    List<SortKey> keys = new ArrayList<>();
    for (Expr expr : call.partitionBy()) {
      keys.add(new SortKey(expr, false, false, OrderMode.SQL));
    }
    keys.addAll(call.orderBy());
    RowOrder order = new RowOrder(keys, evaluate(keys, taken, count), run());
    RowOrder partitions =
        new RowOrder(
            keys.subList(0, call.partitionBy().size()),
            evaluate(keys.subList(0, call.partitionBy().size()), taken, count),
            run());
    int[] sorted = new int[count];
    for (int i = 0; i < count; i++) {
      sorted[i] = i;
    }
    IndexSort.sort(sorted, order::compare);
    Value[] results = new Value[count];
    Value[][] arguments = arguments(call, taken, count);
    int from = 0;
    while (from < count) {
      int to = from + 1;
      while (to < count && partitions.compare(sorted[from], sorted[to]) == 0) {
        to++;
      }
      WindowPartition partition = new WindowPartition(call, sorted, from, to, order, arguments);
      partition.compute(results);
      from = to;
    }
    Vector out = new Vector(call.out().type().physical(), run().memory());
    out.reset(Math.max(1, count));
    for (int i = 0; i < count; i++) {
      Cells.set(out, i, results[i], call.out().type(), run().dictionary(), count);
    }
    return out;
  }

  private RowStore evaluate(List<SortKey> keys, RowStore taken, int count) {
    List<Physical> kinds = new ArrayList<>();
    Vector[] values = new Vector[keys.size()];
    Batch all = new Batch(taken.columns());
    all.all(count);
    for (int k = 0; k < values.length; k++) {
      Expr expr = keys.get(k).expr();
      kinds.add(expr.type().physical());
      values[k] = compiler(input.columns()).compile(expr).eval(all);
    }
    RowStore result = new RowStore(kinds, run().memory());
    result.append(values, null, count);
    return result;
  }

  private Value[][] arguments(WindowCall call, RowStore taken, int count) {
    Batch all = new Batch(taken.columns());
    all.all(count);
    Value[][] arguments = new Value[call.args().size()][count];
    for (int a = 0; a < arguments.length; a++) {
      Expr expr = call.args().get(a);
      VectorExpr compiled = compiler(input.columns()).compile(expr);
      Vector vector = compiled.eval(all);
      for (int row = 0; row < count; row++) {
        arguments[a][row] = Cells.get(vector, row, expr.type(), run().dictionary());
      }
    }
    return arguments;
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    List<Column> produced = new ArrayList<>(input.columns());
    node.calls().forEach(call -> produced.add(call.out()));
    StoredRows stored = new StoredRows(rows, null, rows.rows(), next, produced, context());
    return Columns.pick(stored, produced, columns());
  }
}
