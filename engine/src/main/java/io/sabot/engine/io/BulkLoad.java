package io.sabot.engine.io;

import io.sabot.engine.Sabot;
import io.sabot.plan.catalog.Catalog;
import io.sabot.plan.catalog.TableDef;
import io.sabot.store.Transaction;
import io.sabot.store.segment.ColumnData;
import java.nio.file.Path;

/// Loads tables and files in one transaction: all of it becomes visible with {@link #commit},
/// nothing when it is closed before. Confined to one thread.
public final class BulkLoad implements AutoCloseable {
  private final Transaction transaction;

  private BulkLoad(Transaction transaction) {
    this.transaction = transaction;
  }

  public static BulkLoad begin(Sabot database) {
    return new BulkLoad(database.store().begin());
  }

  /// Names as they are in this transaction.
  public Catalog catalog() {
    return transaction.view().catalog();
  }

  /// Appends the rows of some buffers, one a column in the order of the table, and clears them.
  public void append(TableDef table, ColumnBuffer[] buffers) {
    ColumnData[] columns = new ColumnData[buffers.length];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = buffers[c].data();
    }
    transaction.table(table.id()).append(columns, buffers[0].rows());
    for (ColumnBuffer buffer : buffers) {
      buffer.clear();
    }
  }

  /// Reads a file and returns the number of its rows.
  public long read(FileImport reader, Path file) {
    return reader.read(file, transaction);
  }

  public void commit() {
    transaction.commit();
  }

  @Override
  public void close() {
    transaction.close();
  }
}
