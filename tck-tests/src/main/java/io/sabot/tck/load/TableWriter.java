package io.sabot.tck.load;

import io.sabot.engine.io.ColumnBuffer;
import io.sabot.plan.catalog.TableDef;
import io.sabot.store.Transaction;
import io.sabot.store.segment.ColumnData;
import java.util.List;

/// Adds rows to a table in batches: a value to each {@link #column}, then {@link #endRow}, and at
/// last {@link #finish}. Confined to one thread.
public final class TableWriter {
  private static final int BATCH = 8192;

  private final Transaction transaction;
  private final TableDef table;
  private final List<ColumnBuffer> columns;
  private int filled;
  private long rows;

  public TableWriter(Transaction transaction, TableDef table) {
    this.transaction = transaction;
    this.table = table;
    this.columns = table.columns().stream().map(c -> new ColumnBuffer(c.type(), BATCH)).toList();
  }

  public ColumnBuffer column(int index) {
    return columns.get(index);
  }

  public void endRow() {
    rows++;
    if (++filled == BATCH) {
      flush();
    }
  }

  /// Hands over what is left. Returns how many rows there were.
  public long finish() {
    if (filled > 0) {
      flush();
    }
    return rows;
  }

  private void flush() {
    ColumnData[] batch = columns.stream().map(ColumnBuffer::data).toArray(ColumnData[]::new);
    transaction.table(table.id()).append(batch, filled);
    columns.forEach(ColumnBuffer::clear);
    filled = 0;
  }
}
