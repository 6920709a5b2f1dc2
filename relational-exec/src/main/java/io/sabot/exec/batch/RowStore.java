package io.sabot.exec.batch;

import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.type.Physical;
import java.util.Arrays;
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

  /// Vectors of as many rows, which belong to the store from now on.
  public RowStore(Vector[] columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  public int rows() {
    return rows;
  }

  public List<Physical> kinds() {
    return Arrays.stream(columns).map(Vector::kind).toList();
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

  /// How much of that memory is in use, roughly.
  public long usedBytes() {
    long bytes = 0;
    for (Vector column : columns) {
      bytes += 8L * rows + column.bytesUsed();
    }
    return bytes;
  }

  /// How much memory the rows hold.
  public long capacityBytes() {
    long bytes = 0;
    for (Vector column : columns) {
      bytes += column.capacityBytes();
    }
    return bytes;
  }

  /// How much memory would be allocated to append the selected rows of these vectors.
  public long growthBytes(Vector[] vectors, int @Nullable [] selection, int count) {
    long bytes = 0;
    for (int i = 0; i < columns.length; i++) {
      boolean text = columns[i].kind() == Physical.STRING;
      long strings = text ? vectors[i].stringBytes(selection, count) : 0;
      bytes += columns[i].growthBytes(rows + count, strings);
    }
    return bytes;
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
