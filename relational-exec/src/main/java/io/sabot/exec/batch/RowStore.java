package io.sabot.exec.batch;

import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.type.Physical;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows kept beyond their batch: the build side of a join, the rows of a sort, the keys of groups.
/// Each column is one contiguous growing vector, so a row is an index.
public final class RowStore {
  private final Vector[] columns;
  private int rows;

  public RowStore(List<Physical> kinds, QueryMemory memory) {
    columns = new Vector[kinds.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new Vector(kinds.get(i), memory);
    }
  }

  public int rows() {
    return rows;
  }

  public Vector column(int index) {
    return columns[index];
  }

  /// All columns; the array is the store's own.
  public Vector[] columns() {
    return columns;
  }

  public int columnCount() {
    return columns.length;
  }

  /// Appends the selected rows of a batch with the same column kinds.
  public void append(Batch batch) {
    for (int i = 0; i < columns.length; i++) {
      columns[i].copyFrom(batch.vector(i), batch.selection(), batch.count(), rows);
    }
    rows += batch.count();
  }

  /// Appends given rows of given vectors.
  public void append(Vector[] vectors, int @Nullable [] selection, int count) {
    for (int i = 0; i < columns.length; i++) {
      columns[i].copyFrom(vectors[i], selection, count, rows);
    }
    rows += count;
  }

  /// Appends one row of given vectors.
  public void appendRow(Vector[] vectors, int row) {
    for (int i = 0; i < columns.length; i++) {
      columns[i].copyRow(vectors[i], row, rows);
    }
    rows++;
  }

  public void appendAll(RowStore other) {
    append(other.columns, null, other.rows);
  }

  public void clear() {
    rows = 0;
    for (Vector column : columns) {
      column.reset(0);
    }
  }

  public void release() {
    rows = 0;
    for (Vector column : columns) {
      column.release();
    }
  }
}
