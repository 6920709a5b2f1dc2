package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.run.QueryRun;
import io.sabot.exec.spill.BlockCodec;
import io.sabot.exec.spill.SpillFile;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.type.Physical;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Rows that were sorted a part at a time, on disk, and their merge. Each row is its columns and
/// then the values of its sort keys.
///
/// Runs are given in the order of the input, and of equal rows those of an earlier run come first:
/// so the merge is stable.
final class SortedRuns {
  private static final int FAN_IN_MAX = 64;
  private static final int BLOCK_ROWS_MIN = 16;

  /// A block takes at most this part of what the operator may have, so that many runs can be read
  /// at once.
  private static final int BLOCKS = 32;

  private final List<SortKey> keys;
  private final List<Physical> kinds;
  private final int width;
  private final Supplier<SpillFile> files;
  private final QueryRun run;
  private final BlockCodec codec = new BlockCodec();
  private List<SpillFile> runs = new ArrayList<>();

  /// @param rowKinds of the columns
  /// @param keyKinds of the keys
  SortedRuns(
      List<SortKey> keys,
      List<Physical> rowKinds,
      List<Physical> keyKinds,
      Supplier<SpillFile> files,
      QueryRun run) {
    this.keys = keys;
    this.width = rowKinds.size();
    this.files = files;
    this.run = run;
    List<Physical> all = new ArrayList<>(rowKinds);
    all.addAll(keyKinds);
    this.kinds = List.copyOf(all);
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  /// Writes the first `count` rows of an order as one run.
  void add(RowStore rows, RowStore keyRows, int[] order, int count) {
    Vector[] sources = new Vector[kinds.size()];
    Vector[] block = new Vector[sources.length];
    long bytes = rows.capacityBytes() + keyRows.capacityBytes();
    for (int c = 0; c < sources.length; c++) {
      sources[c] = c < width ? rows.column(c) : keyRows.column(c - width);
      block[c] = new Vector(kinds.get(c), run.memory());
    }
    int blockRows = blockRows(bytes / Math.max(1, rows.rows()));
    int[] indexes = new int[blockRows];
    SpillFile file = files.get();
    for (int from = 0; from < count; from += blockRows) {
      run.check();
      int n = Math.min(blockRows, count - from);
      System.arraycopy(order, from, indexes, 0, n);
      for (int c = 0; c < block.length; c++) {
        block[c].gather(sources[c], indexes, n);
      }
      file.append(codec, block, 0, n);
    }
    for (Vector vector : block) {
      vector.release();
    }
    runs.add(file);
  }

  /// Takes over rows that were written in order, with their keys.
  void add(SpillFile sorted) {
    runs.add(sorted);
  }

  private int blockRows(long rowBytes) {
    long rows = run.memory().shareBytes() / BLOCKS / Math.max(1, rowBytes);
    return Math.clamp(rows, BLOCK_ROWS_MIN, Batch.ROWS_MAX);
  }

  /// All rows in order, from row `skip` to before row `end`. The batches also have the keys.
  RunMerge merge(long skip, long end) {
    while (runs.size() > fanIn()) {
      runs = mergedOnce();
    }
    return new RunMerge(keys, kinds, width, runs, skip, end, run.batchRows(), run);
  }

  private int fanIn() {
    long largest = 1;
    for (SpillFile file : runs) {
      largest = Math.max(largest, file.blockBytesMax());
    }
    return Math.clamp(run.memory().shareBytes() / (2 * largest), 2, FAN_IN_MAX);
  }

  /// Each so many neighbours merged to one.
  private List<SpillFile> mergedOnce() {
    int fanIn = fanIn();
    List<SpillFile> fewer = new ArrayList<>();
    for (int from = 0; from < runs.size(); from += fanIn) {
      List<SpillFile> some = runs.subList(from, Math.min(runs.size(), from + fanIn));
      SpillFile first = some.getFirst();
      int blockRows = blockRows(first.memoryBytes() / Math.max(1, first.rows()));
      RunMerge merge = new RunMerge(keys, kinds, width, some, 0, Long.MAX_VALUE, blockRows, run);
      SpillFile file = files.get();
      Batch batch;
      while ((batch = merge.next()) != null) {
        run.check();
        file.append(codec, batch.vectors(), 0, batch.count());
      }
      fewer.add(file);
    }
    return fewer;
  }
}
