package io.sabot.exec.batch;

import org.jspecify.annotations.Nullable;

/// Some rows, column by column, with an optional selection.
///
/// `rows` is the number of physical rows of every vector. With a selection, only the rows
/// `selection[0 .. count-1]` (ascending) belong to the batch. Valid until the stream that delivered
/// it is asked for the next one.
public final class Batch {
  public static final int ROWS_MAX = 4096;

  private final Vector[] vectors;
  private int rows;
  private int count;
  private int @Nullable [] selection;

  public Batch(Vector[] vectors) {
    this.vectors = vectors;
  }

  public Vector vector(int column) {
    return vectors[column];
  }

  /// All vectors; the array is the batch's own.
  public Vector[] vectors() {
    return vectors;
  }

  public int columnCount() {
    return vectors.length;
  }

  public void setVector(int column, Vector vector) {
    vectors[column] = vector;
  }

  public int rows() {
    return rows;
  }

  /// How many rows are selected.
  public int count() {
    return count;
  }

  /// The selected rows; null when all are.
  public int @Nullable [] selection() {
    return selection;
  }

  /// The physical row of the `i`-th selected row.
  public int row(int i) {
    return selection == null ? i : selection[i];
  }

  public void all(int newRows) {
    rows = newRows;
    count = newRows;
    selection = null;
  }

  public void select(int newRows, int @Nullable [] newSelection, int newCount) {
    rows = newRows;
    selection = newSelection;
    count = newCount;
  }
}
