package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Cells;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.exec.run.QueryRun;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.logical.WindowCall;
import io.sabot.plan.type.Physical;
import io.sabot.plan.value.OrderMode;
import io.sabot.plan.value.Value;
import java.util.ArrayList;
import java.util.List;

/// One window call over stored rows: sorts them by its partition and order keys and gives one value
/// a row.
final class WindowFunction {
  /// A row number twice, the places of its peers and its group, its place among those that count,
  /// and a result.
  private static final long BYTES_A_ROW = 8 + 16 + 8 + 32;

  private static final long BYTES_A_VALUE = 32;

  private final WindowCall call;
  private final QueryRun run;
  private final List<SortKey> keys = new ArrayList<>();
  private final List<VectorExpr> keyExprs = new ArrayList<>();
  private final List<VectorExpr> args = new ArrayList<>();

  WindowFunction(WindowCall call, ExprCompiler compiler, QueryRun run) {
    this.call = call;
    this.run = run;
    for (Expr expr : call.partitionBy()) {
      keys.add(new SortKey(expr, false, false, OrderMode.SQL));
    }
    keys.addAll(call.orderBy());
    keys.forEach(key -> keyExprs.add(compiler.compile(key.expr())));
    call.args().forEach(arg -> args.add(compiler.compile(arg)));
  }

  /// What a row takes while it is computed, beside what is stored of it.
  long bytesARow() {
    return BYTES_A_ROW + 8L * keys.size() + valueBytes();
  }

  private long valueBytes() {
    return BYTES_A_VALUE * (args.size() + (WindowFrame.isDistance(call.frame()) ? 1 : 0));
  }

  /// The values, by row.
  Vector compute(RowStore taken) {
    int count = taken.rows();
    long reserved = count * (BYTES_A_ROW + valueBytes());
    run.memory().reserveHeap(reserved);
    RowStore keyRows = evaluate(taken);
    RowOrder order = new RowOrder(keys, keyRows, run);
    int width = call.partitionBy().size();
    Vector[] partitionKeys = new Vector[width];
    for (int k = 0; k < width; k++) {
      partitionKeys[k] = keyRows.column(k);
    }
    RowOrder partitions = new RowOrder(keys.subList(0, width), partitionKeys, count, run);
    int[] sorted = new int[count];
    for (int i = 0; i < count; i++) {
      sorted[i] = i;
    }
    IndexSort.sort(sorted, order::compare);
    Value[] results = new Value[count];
    Value[][] arguments = arguments(taken);
    WindowFrame.OrderKey orderKey = orderKey(keyRows);
    int from = 0;
    while (from < count) {
      run.check();
      int to = from + 1;
      while (to < count && partitions.compare(sorted[from], sorted[to]) == 0) {
        to++;
      }
      WindowFrame frame =
          new WindowFrame(call.frame(), sorted, from, to, order, orderKey, run.evalContext());
      new WindowPartition(call, sorted, from, to, frame, arguments, run).compute(results);
      from = to;
    }
    Vector out = new Vector(call.out().type().physical(), run.memory());
    out.reset(Math.max(1, count));
    for (int i = 0; i < count; i++) {
      Cells.set(out, i, results[i], call.out().type(), run.dictionary(), count);
    }
    keyRows.release();
    run.memory().reserveHeap(-reserved);
    return out;
  }

  private WindowFrame.OrderKey orderKey(RowStore keyRows) {
    if (!WindowFrame.isDistance(call.frame())) {
      return new WindowFrame.OrderKey(new Value[0], false);
    }
    SortKey key = call.orderBy().getFirst();
    Vector vector = keyRows.column(call.partitionBy().size());
    Value[] values = new Value[keyRows.rows()];
    for (int row = 0; row < values.length; row++) {
      values[row] = Cells.get(vector, row, key.expr().type(), run.dictionary());
    }
    return new WindowFrame.OrderKey(values, key.descending());
  }

  private RowStore evaluate(RowStore taken) {
    List<Physical> kinds = new ArrayList<>();
    Vector[] values = new Vector[keys.size()];
    Batch all = all(taken);
    for (int k = 0; k < values.length; k++) {
      kinds.add(keys.get(k).expr().type().physical());
      values[k] = keyExprs.get(k).eval(all);
    }
    RowStore result = new RowStore(kinds, run.memory());
    result.append(values, null, taken.rows());
    return result;
  }

  private Value[][] arguments(RowStore taken) {
    Batch all = all(taken);
    Value[][] arguments = new Value[args.size()][taken.rows()];
    for (int a = 0; a < arguments.length; a++) {
      Vector vector = args.get(a).eval(all);
      for (int row = 0; row < taken.rows(); row++) {
        arguments[a][row] = Cells.get(vector, row, call.args().get(a).type(), run.dictionary());
      }
    }
    return arguments;
  }

  private static Batch all(RowStore taken) {
    Batch all = new Batch(taken.columns());
    all.all(taken.rows());
    return all;
  }
}
