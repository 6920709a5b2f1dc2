package io.sabot.engine.io;

import io.sabot.plan.catalog.ColumnDef;
import io.sabot.plan.catalog.TableDef;
import io.sabot.plan.error.Errors;
import io.sabot.store.TableWriter;
import io.sabot.store.Transaction;
import io.sabot.store.segment.ColumnData;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// A table that an import fills, batch by batch. Confined to one thread.
final class TableSink {
  static final String SCHEMA = "main";
  private static final int BATCH_ROWS = 1 << 16;
  private static final int PROGRESS_EVERY = 8192;

  private final TableWriter writer;
  private final ColumnBuffer[] buffers;
  private final LongConsumer progress;
  private long count;

  /// @param progress is told the number of rows now and then
  TableSink(Transaction transaction, TableDef table, LongConsumer progress) {
    this.writer = transaction.table(table.id());
    this.progress = progress;
    this.buffers = new ColumnBuffer[table.columns().size()];
    for (int c = 0; c < buffers.length; c++) {
      if (table.columns().get(c).isGenerated()) {
        throw Errors.unsupported(
            null, "reading a file into table '" + table.name() + "' with generated columns");
      }
      buffers[c] = new ColumnBuffer(table.columns().get(c).type(), BATCH_ROWS);
    }
  }

  static Optional<TableDef> existing(Transaction transaction, String name) {
    return transaction.view().catalog().table(SCHEMA, name);
  }

  static TableDef create(Transaction transaction, String name, List<ColumnDef> columns) {
    TableDef table =
        new TableDef(
            transaction.catalog().nextId(), SCHEMA, name, columns, List.of(), List.of(), List.of());
    transaction.catalog().createTable(table);
    return table;
  }

  /// Takes all rows of a file that has chosen the columns of the table.
  void addAll(TableFile file) {
    int rows;
    while ((rows = file.read(buffers, Math.min(PROGRESS_EVERY, room()))) > 0) {
      added(rows);
    }
  }

  /// How many more rows the buffers hold.
  private int room() {
    return BATCH_ROWS - buffers[0].rows();
  }

  private void added(int rows) {
    long before = count;
    count += rows;
    if (before / PROGRESS_EVERY != count / PROGRESS_EVERY) {
      progress.accept(count);
    }
    if (buffers[0].isFull()) {
      flush();
    }
  }

  /// Hands what is left to the store.
  long finish() {
    flush();
    progress.accept(count);
    return count;
  }

  private void flush() {
    int rows = buffers[0].rows();
    if (rows == 0) {
      return;
    }
    ColumnData[] columns = new ColumnData[buffers.length];
    for (int c = 0; c < columns.length; c++) {
      columns[c] = buffers[c].data();
    }
    writer.append(columns, rows);
    for (ColumnBuffer buffer : buffers) {
      buffer.clear();
    }
  }
}
