package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.plan.expr.Column;
import io.sabot.plan.expr.Expr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Skips rows and stops after some. An exhaustive one drains its input all the same.
final class LimitOperator extends Operator {
  private final Operator input;
  private final @Nullable Expr skip;
  private final @Nullable Expr fetch;
  private final boolean exhaustive;

  LimitOperator(
      Operator input,
      @Nullable Expr skip,
      @Nullable Expr fetch,
      boolean exhaustive,
      List<Column> columns,
      BuildContext context) {
    super(columns, context);
    this.input = input;
    this.skip = skip;
    this.fetch = fetch;
    this.exhaustive = exhaustive;
  }

  @Override
  public void prepare() {
    input.prepare();
  }

  @Override
  public int streams() {
    return 1;
  }

  @Override
  public void release() {
    input.release();
  }

  @Override
  public BatchStream open() {
    long rowsToSkip = Counts.of(skip, 0, "SKIP", context());
    long rowsToEmit = Counts.of(fetch, Long.MAX_VALUE, "LIMIT", context());
    BatchStream stream = input.open();
    return Columns.pick(new Limited(stream, rowsToSkip, rowsToEmit), input.columns(), columns());
  }

  private final class Limited implements BatchStream {
    private final BatchStream stream;
    private long rowsToSkip;
    private long rowsToEmit;
    private final int[] selection = new int[Batch.ROWS_MAX];

    Limited(BatchStream stream, long rowsToSkip, long rowsToEmit) {
      this.stream = stream;
      this.rowsToSkip = rowsToSkip;
      this.rowsToEmit = rowsToEmit;
    }

    @Override
    public @Nullable Batch next() {
      while (rowsToEmit > 0) {
        Batch batch = stream.next();
        if (batch == null) {
          return null;
        }
        int skipped = (int) Math.min(rowsToSkip, batch.count());
        int kept = (int) Math.min(rowsToEmit, batch.count() - skipped);
        rowsToSkip -= skipped;
        rowsToEmit -= kept;
        if (kept > 0) {
          return slice(batch, skipped, kept);
        }
      }
      while (exhaustive && stream.next() != null) {
        run().check();
      }
      return null;
    }

    private Batch slice(Batch batch, int from, int count) {
      if (count == batch.count()) {
        return batch;
      }
      int[] rows = count <= selection.length ? selection : new int[count];
      for (int i = 0; i < count; i++) {
        rows[i] = batch.row(from + i);
      }
      batch.select(batch.rows(), rows, count);
      return batch;
    }
  }
}
