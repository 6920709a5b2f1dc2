package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.QueryRun;
import io.sabot.exec.spill.BlockCodec;
import io.sabot.exec.spill.SpillFile;
import io.sabot.plan.type.Physical;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Writes rows to one of some files by bits of the hash of their keys: the highest four at level 0,
/// the next four at level 1, and so on. So rows with equal keys meet in one file, and a file that
/// is still too large can be divided again.
///
/// Several workers may fill the same files, each with partitions of its own. Rows of one worker
/// stay in order.
final class Partitions {
  /// The last level that has bits of its own.
  static final int LEVEL_MAX = 15;

  private static final int BITS = 4;
  private static final int FILES = 1 << BITS;

  /// So much is buffered in any case, or blocks would be tiny.
  private static final long BUFFER_BYTES_MIN = 32 << 10;

  private static final int BUFFER_PART = 8;

  private final SpillFile[] files;
  private final RowStore[] buffers;
  private final int shift;
  private final long bufferBytes;
  private final BlockCodec codec = new BlockCodec();
  private final int[][] rowsOf;
  private final int[] counts;

  /// @param files from {@link #files}; of one file all rows go there
  /// @param workers how many fill the files at once
  Partitions(List<Physical> kinds, SpillFile[] files, int level, int workers, QueryRun run) {
    this.files = files;
    this.shift = 64 - BITS * (level + 1);
    this.buffers = new RowStore[files.length];
    for (int p = 0; p < buffers.length; p++) {
      buffers[p] = new RowStore(kinds, run.memory());
    }
    this.rowsOf = new int[files.length][0];
    this.counts = new int[files.length];
    this.bufferBytes =
        Math.max(BUFFER_BYTES_MIN, run.memory().shareBytes() / BUFFER_PART / workers);
  }

  static SpillFile[] files(Supplier<SpillFile> maker) {
    SpillFile[] files = new SpillFile[FILES];
    for (int p = 0; p < files.length; p++) {
      files[p] = maker.get();
    }
    return files;
  }

  /// Adds the selected rows; `hashes[i]` is that of the `i`-th.
  ///
  /// @param selection null for rows 0 to `count - 1`
  void add(Vector[] vectors, int @Nullable [] selection, int count, long[] hashes) {
    if (files.length == 1) {
      buffers[0].append(vectors, selection, count);
    } else {
      divide(selection, count, hashes);
      for (int p = 0; p < files.length; p++) {
        if (counts[p] > 0) {
          buffers[p].append(vectors, rowsOf[p], counts[p]);
        }
      }
    }
    long used = 0;
    for (int p = 0; p < files.length; p++) {
      if (buffers[p].rows() >= Batch.ROWS_MAX) {
        flush(p);
      }
      used += buffers[p].usedBytes();
    }
    if (used > bufferBytes) {
      flushAll();
    }
  }

  private void divide(int @Nullable [] selection, int count, long[] hashes) {
    for (int p = 0; p < files.length; p++) {
      counts[p] = 0;
      if (rowsOf[p].length < count) {
        rowsOf[p] = new int[count];
      }
    }
    for (int i = 0; i < count; i++) {
      int p = (int) (hashes[i] >>> shift) & (FILES - 1);
      rowsOf[p][counts[p]++] = selection == null ? i : selection[i];
    }
  }

  private void flush(int p) {
    RowStore buffer = buffers[p];
    for (int from = 0; from < buffer.rows(); from += Batch.ROWS_MAX) {
      int count = Math.min(Batch.ROWS_MAX, buffer.rows() - from);
      files[p].append(codec, buffer.columns(), from, count);
    }
    buffer.clear();
  }

  private void flushAll() {
    long capacity = 0;
    for (int p = 0; p < files.length; p++) {
      flush(p);
      capacity += buffers[p].capacityBytes();
    }
    if (capacity > 2 * bufferBytes) {
      release();
    }
  }

  /// Writes what is buffered and gives the buffers back.
  void finish() {
    for (int p = 0; p < files.length; p++) {
      flush(p);
    }
    release();
  }

  private void release() {
    for (RowStore buffer : buffers) {
      buffer.release();
    }
  }
}
