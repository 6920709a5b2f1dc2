package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.run.QueryRun;
import io.sabot.exec.spill.BlockCodec;
import io.sabot.exec.spill.SpillFile;
import io.sabot.exec.spill.SpillReader;
import io.sabot.plan.expr.Column;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Rows that are taken in whole and read later, any number of times, in the order in which they
/// came: in memory, and when that is full on disk, with the last ones in memory.
final class SpooledRows {
  private final List<Column> columns;
  private final Supplier<SpillFile> maker;
  private final BuildContext context;
  private final QueryRun run;
  private final RowStore last;
  private final BlockCodec codec = new BlockCodec();
  private @Nullable SpillFile file;
  private long count;

  SpooledRows(List<Column> columns, Supplier<SpillFile> maker, BuildContext context) {
    this.columns = columns;
    this.maker = maker;
    this.context = context;
    this.run = context.run();
    this.last = new RowStore(Operator.kinds(columns), run.memory());
  }

  void add(Batch batch) {
    long more = last.growthBytes(batch.vectors(), batch.selection(), batch.count());
    if (last.rows() > 0 && !run.memory().mayGrow(last.capacityBytes(), more, 1)) {
      spill();
    }
    last.append(batch);
    count += batch.count();
  }

  long count() {
    return count;
  }

  boolean isOnDisk() {
    return file != null;
  }

  /// All rows, when none is on disk.
  RowStore inMemory() {
    return last;
  }

  private void spill() {
    SpillFile to = file == null ? maker.get() : file;
    file = to;
    for (int from = 0; from < last.rows(); from += Batch.ROWS_MAX) {
      run.check();
      int count = Math.min(Batch.ROWS_MAX, last.rows() - from);
      to.append(codec, last.columns(), from, count);
    }
    last.release();
  }

  /// All rows from the first on.
  ///
  /// @param next shared between streams that split the rows; of rows on disk there is one stream
  BatchStream open(AtomicInteger next) {
    StoredRows stored = new StoredRows(last, null, last.rows(), next, columns, context);
    SpillFile before = file;
    return before == null ? stored : new FileFirst(before, stored);
  }

  void release() {
    last.release();
    if (file != null) {
      file.delete();
      file = null;
    }
  }

  /// The rows of a file, cut to the size of batches, and then those in memory.
  private final class FileFirst implements BatchStream {
    private final SpillReader reader = new SpillReader(Operator.kinds(columns), run.memory());
    private final StoredRows stored;
    private final int[] rows = new int[run.batchRows()];
    private @Nullable Batch block;
    private int at;

    FileFirst(SpillFile file, StoredRows stored) {
      this.stored = stored;
      reader.open(file);
    }

    @Override
    public @Nullable Batch next() {
      Batch current = block;
      if (current == null || at >= current.rows()) {
        run.check();
        current = reader.next();
        block = current;
        at = 0;
      }
      if (current == null) {
        reader.release();
        return stored.next();
      }
      int count = Math.min(rows.length, current.rows() - at);
      for (int i = 0; i < count; i++) {
        rows[i] = at++;
      }
      current.select(current.rows(), rows, count);
      return current;
    }
  }
}
