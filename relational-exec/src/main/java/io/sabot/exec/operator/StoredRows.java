package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.plan.expr.Column;
import io.sabot.plan.type.Physical;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Streams the rows of a row store, in storage order or in that of an index list.
final class StoredRows implements BatchStream {
  private final RowStore rows;
  private final int @Nullable [] order;
  private final int end;
  private final AtomicInteger next;
  private final Batch batch;
  private final int rowsMax;
  private final int[] indexes = new int[Batch.ROWS_MAX];

  /// @param next shared between the streams that split the rows
  StoredRows(
      RowStore rows,
      int @Nullable [] order,
      int end,
      AtomicInteger next,
      List<Column> columns,
      BuildContext context) {
    this.rows = rows;
    this.order = order;
    this.end = end;
    this.next = next;
    this.rowsMax = context.run().batchRows();
    Vector[] vectors = new Vector[columns.size()];
    for (int c = 0; c < vectors.length; c++) {
      Physical kind = columns.get(c).type().physical();
      vectors[c] = new Vector(kind, context.run().memory());
    }
    this.batch = new Batch(vectors);
  }

  @Override
  public @Nullable Batch next() {
    int from = next.getAndAdd(rowsMax);
    if (from >= end) {
      return null;
    }
    int count = Math.min(rowsMax, end - from);
    for (int i = 0; i < count; i++) {
      indexes[i] = order == null ? from + i : order[from + i];
    }
    for (int c = 0; c < batch.columnCount(); c++) {
      batch.vector(c).gather(rows.column(c), indexes, count);
    }
    batch.all(count);
    return batch;
  }

  /// Gives the vectors of its batch back.
  void release() {
    for (Vector vector : batch.vectors()) {
      vector.release();
    }
  }
}
