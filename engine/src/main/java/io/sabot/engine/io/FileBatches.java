package io.sabot.engine.io;

import io.sabot.exec.run.Outside;
import io.sabot.plan.catalog.ColumnDef;
import io.sabot.store.segment.ColumnData;
import java.util.List;

/// The rows of a file in batches.
final class FileBatches implements Outside.FileRows {
  private final TableFile file;
  private final ColumnBuffer[] buffers;
  private final int rowsMax;
  private boolean isClosed;

  FileBatches(TableFile file, List<ColumnDef> columns, int rowsMax) {
    this.file = file;
    this.rowsMax = rowsMax;
    this.buffers = new ColumnBuffer[columns.size()];
    for (int c = 0; c < buffers.length; c++) {
      buffers[c] = new ColumnBuffer(columns.get(c).type(), rowsMax);
    }
  }

  @Override
  public int next() {
    for (ColumnBuffer buffer : buffers) {
      buffer.clear();
    }
    return file.read(buffers, rowsMax);
  }

  @Override
  public ColumnData column(int read) {
    return buffers[read].data();
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      file.close();
    }
  }
}
