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
/// the rest. What does not fit in memory is written as sorted runs, which are merged at the end.
final class SortOperator extends Operator {
  private static final int PRUNE_FACTOR = 4;

  /// What a row takes while it is sorted: its number twice, and each decoded key.
  private static final long BYTES_A_ROW = 8;

  private static final long BYTES_A_TERM = 56;

  private final Operator input;
  private final List<SortKey> keys;
  private final @Nullable Expr skip;
  private final @Nullable Expr fetch;
  private final AtomicInteger next = new AtomicInteger();
  private final SortedRuns runs;
  private final long rowBytes;
  private RowStore rows;
  private RowStore keyRows;
  private @Nullable SortBound bound;
  private int[] order = new int[0];
  private int end;
  private long skipped;
  private long wanted;

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
    this.runs =
        new SortedRuns(keys, kinds(input.columns()), keyKinds(), this::spillFile, context.run());
    long terms = keyKinds().stream().filter(kind -> kind == Physical.TERM).count();
    this.rowBytes = BYTES_A_ROW + terms * BYTES_A_TERM;
    context.countSpiller();
  }

  private RowStore newRows() {
    return new RowStore(kinds(input.columns()), run().memory());
  }

  private List<Physical> keyKinds() {
    List<Physical> kinds = new ArrayList<>();
    keys.forEach(key -> kinds.add(key.expr().type().physical()));
    return kinds;
  }

  private RowStore newKeyRows() {
    return new RowStore(keyKinds(), run().memory());
  }

  @Override
  public void prepare() {
    skipped = Counts.of(skip, 0, "SKIP", context());
    long kept = Counts.of(fetch, Long.MAX_VALUE, "LIMIT", context());
    wanted = kept > Long.MAX_VALUE - skipped ? Long.MAX_VALUE : skipped + kept;
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
          if (bound == null || bound.select(values, batch)) {
            take(values, batch);
          }
        });
    if (runs.isEmpty()) {
      order = sorted();
      end = (int) Math.min(order.length, wanted);
      next.set((int) Math.min(end, skipped));
    } else if (rows.rows() > 0) {
      spill();
    }
  }

  private void take(Vector[] values, Batch batch) {
    if (rows.rows() > 0 && !fits(values, batch)) {
      spill();
    }
    keyRows.append(values, batch.selection(), batch.count());
    rows.append(batch);
    if (wanted <= Integer.MAX_VALUE && rows.rows() > PRUNE_FACTOR * (wanted + Batch.ROWS_MAX)) {
      prune((int) wanted);
    }
  }

  private boolean fits(Vector[] values, Batch batch) {
    long more =
        rows.growthBytes(batch.vectors(), batch.selection(), batch.count())
            + keyRows.growthBytes(values, batch.selection(), batch.count());
    long sorting = (rows.rows() + (long) batch.count()) * rowBytes;
    long held = rows.capacityBytes() + keyRows.capacityBytes();
    return run().memory().mayGrow(held, more + sorting, 1);
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

  private void prune(int best) {
    int[] sorted = sorted();
    RowStore fewer = newRows();
    RowStore fewerKeys = newKeyRows();
    fewer.append(rows.columns(), sorted, best);
    fewerKeys.append(keyRows.columns(), sorted, best);
    rows.release();
    keyRows.release();
    rows = fewer;
    keyRows = fewerKeys;
    bound = best == 0 ? null : new SortBound(keys, fewerKeys, best - 1, run());
  }

  /// Writes what is there as a run. No row that comes after its last wanted one is needed later.
  private void spill() {
    int[] sorted = sorted();
    int count = (int) Math.min(sorted.length, wanted);
    if (count > 0) {
      runs.add(rows, keyRows, sorted, count);
    }
    if (count > 0 && count == wanted) {
      RowStore last = newKeyRows();
      last.append(keyRows.columns(), new int[] {sorted[count - 1]}, 1);
      bound = new SortBound(keys, last, 0, run());
    }
    rows.release();
    keyRows.release();
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public void release() {
    rows.release();
    keyRows.release();
    order = new int[0];
  }

  @Override
  public BatchStream open() {
    BatchStream sorted =
        runs.isEmpty()
            ? new StoredRows(rows, order, end, next, input.columns(), context())
            : runs.merge(skipped, wanted);
    if (runs.isEmpty()) {
      return Columns.pick(sorted, input.columns(), columns());
    }
    return Columns.positions(sorted, input.columns(), columns());
  }
}
