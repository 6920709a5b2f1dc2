package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.QueryRun;
import io.sabot.exec.spill.SpillFile;
import io.sabot.exec.spill.SpillReader;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.type.Physical;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Merges sorted files to one order, by a heap of cursors. A file is deleted when it has been read.
final class RunMerge implements BatchStream {
  private final List<SortKey> keys;
  private final int width;
  private final QueryRun run;
  private final Cursor[] cursors;

  /// Numbers of the cursors that have a row, as a heap: the least at 0.
  private final int[] heap;

  private int alive;
  private long toSkip;
  private long toDeliver;
  private final Batch out;
  private final int[] fromCursor;
  private final int[] fromRow;

  /// @param kinds of the columns in the files: those of the rows, then those of the keys
  /// @param width how many of them are of the rows
  /// @param rowsMax how many it hands on at once
  RunMerge(
      List<SortKey> keys,
      List<Physical> kinds,
      int width,
      List<SpillFile> files,
      long skip,
      long end,
      int rowsMax,
      QueryRun run) {
    this.keys = keys;
    this.width = width;
    this.run = run;
    this.toSkip = skip;
    this.toDeliver = Math.max(0, end - skip);
    this.cursors = new Cursor[files.size()];
    this.heap = new int[files.size()];
    for (int i = 0; i < cursors.length; i++) {
      cursors[i] = new Cursor(files.get(i), new SpillReader(kinds, run.memory()));
      if (cursors[i].nextBlock()) {
        heap[alive++] = i;
      }
    }
    for (int at = alive / 2 - 1; at >= 0; at--) {
      sink(at);
    }
    Vector[] vectors = new Vector[kinds.size()];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = new Vector(kinds.get(c), run.memory());
    }
    this.out = new Batch(vectors);
    this.fromCursor = new int[rowsMax];
    this.fromRow = new int[rowsMax];
  }

  /// A place in one file.
  private final class Cursor {
    private final SpillFile file;
    private final SpillReader reader;
    private Vector[] vectors = new Vector[0];
    private RowOrder order = new RowOrder(List.of(), new Vector[0], 0, run);
    private int row;
    private int rows;

    Cursor(SpillFile file, SpillReader reader) {
      this.file = file;
      this.reader = reader;
      reader.open(file);
    }

    /// Goes to the first row of the next block; false at the end, when the file is gone.
    boolean nextBlock() {
      run.check();
      Batch block = reader.next();
      if (block == null) {
        reader.release();
        file.delete();
        return false;
      }
      vectors = block.vectors();
      rows = block.rows();
      row = 0;
      Vector[] keyVectors = Arrays.copyOfRange(vectors, width, vectors.length);
      order = new RowOrder(keys, keyVectors, rows, run);
      return true;
    }
  }

  private boolean isBefore(int a, int b) {
    int order = cursors[a].order.compare(cursors[a].row, cursors[b].order, cursors[b].row);
    return order < 0 || order == 0 && a < b;
  }

  private void sink(int from) {
    int cursor = heap[from];
    int at = from;
    while (2 * at + 1 < alive) {
      int child = 2 * at + 1;
      if (child + 1 < alive && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], cursor)) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = cursor;
  }

  @Override
  public @Nullable Batch next() {
    int max = (int) Math.min(toDeliver, fromRow.length);
    for (Vector vector : out.vectors()) {
      vector.reset(Math.max(1, max));
    }
    int copied = 0;
    int rows = 0;
    while (rows < max && alive > 0) {
      Cursor least = cursors[heap[0]];
      if (toSkip > 0) {
        toSkip--;
      } else {
        fromCursor[rows] = heap[0];
        fromRow[rows++] = least.row;
      }
      if (++least.row == least.rows) {
        // The rows of this block must be out of it before the next one comes.
        copy(copied, rows);
        copied = rows;
        if (!least.nextBlock()) {
          heap[0] = heap[--alive];
        }
      }
      sink(0);
    }
    copy(copied, rows);
    toDeliver -= rows;
    if (rows == 0) {
      finish();
      return null;
    }
    out.all(rows);
    return out;
  }

  private void copy(int from, int to) {
    for (int c = 0; c < out.columnCount(); c++) {
      Vector target = out.vector(c);
      for (int row = from; row < to; row++) {
        target.copyRow(cursors[fromCursor[row]].vectors[c], fromRow[row], row);
      }
    }
  }

  private void finish() {
    alive = 0;
    for (Cursor cursor : cursors) {
      cursor.reader.release();
      cursor.file.delete();
    }
    for (Vector vector : out.vectors()) {
      vector.release();
    }
  }
}
