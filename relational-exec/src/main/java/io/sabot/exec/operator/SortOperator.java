package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.expr.ExprCompiler;
import io.sabot.exec.expr.VectorExpr;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.type.Physical;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Sorts all rows, stably; with a limit, keeps only the first rows of the order while it takes in
/// the rest.
final class SortOperator extends Operator {
  private static final int PRUNE_FACTOR = 4;

  private final Operator input;
  private final List<SortKey> keys;
  private final @Nullable Expr skip;
  private final @Nullable Expr fetch;
  private final AtomicInteger next = new AtomicInteger();
  private RowStore rows;
  private RowStore keyRows;
  private @Nullable SortBound bound;
  private int[] order = new int[0];
  private int end;

  SortOperator(
      Operator input,
      List<SortKey> keys,
      @Nullable Expr skip,
      @Nullable Expr fetch,
      List<Column> columns,
      BuildContext context) {
    super(columns, context);
    this.input = input;
    this.keys = keys;
    this.skip = skip;
    this.fetch = fetch;
    this.rows = newRows();
    this.keyRows = newKeyRows();
  }

  private RowStore newRows() {
    return new RowStore(kinds(input.columns()), run().memory());
  }

  private RowStore newKeyRows() {
    List<Physical> kinds = new ArrayList<>();
    keys.forEach(key -> kinds.add(key.expr().type().physical()));
    return new RowStore(kinds, run().memory());
  }

  @Override
  public void prepare() {
    long skipped = Counts.of(skip, 0, "SKIP", context());
    long kept = Counts.of(fetch, Long.MAX_VALUE, "LIMIT", context());
    long wanted = kept > Integer.MAX_VALUE - skipped ? Integer.MAX_VALUE : skipped + kept;
    input.prepare();
    ExprCompiler compiler = compiler(input.columns());
    VectorExpr[] exprs = new VectorExpr[keys.size()];
    for (int k = 0; k < exprs.length; k++) {
      exprs[k] = compiler.compile(keys.get(k).expr());
    }
    drain(
        input,
        1,
        (worker, batch) -> {
          Vector[] values = new Vector[exprs.length];
          for (int k = 0; k < exprs.length; k++) {
            values[k] = exprs[k].eval(batch);
          }
          if (bound != null && !bound.select(values, batch)) {
            return;
          }
          keyRows.append(values, batch.selection(), batch.count());
          rows.append(batch);
          if (rows.rows() > PRUNE_FACTOR * (wanted + Batch.ROWS_MAX)) {
            prune((int) wanted);
          }
        });
    order = sorted();
    end = (int) Math.min(order.length, wanted);
    next.set((int) Math.min(end, skipped));
  }

  private int[] sorted() {
    RowOrder comparison = new RowOrder(keys, keyRows, run());
    int[] indexes = new int[rows.rows()];
    for (int i = 0; i < indexes.length; i++) {
      indexes[i] = i;
    }
    IndexSort.sort(indexes, comparison::compare);
    return indexes;
  }

  private void prune(int wanted) {
    int[] best = sorted();
    RowStore fewer = newRows();
    RowStore fewerKeys = newKeyRows();
    fewer.append(rows.columns(), best, wanted);
    fewerKeys.append(keyRows.columns(), best, wanted);
    rows.release();
    keyRows.release();
    rows = fewer;
    keyRows = fewerKeys;
    bound = wanted == 0 ? null : new SortBound(keys, fewerKeys, wanted - 1, run());
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public BatchStream open() {
    StoredRows stored = new StoredRows(rows, order, end, next, input.columns(), context());
    return Columns.pick(stored, input.columns(), columns());
  }
}
