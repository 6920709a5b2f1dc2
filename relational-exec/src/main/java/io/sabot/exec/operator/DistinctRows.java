package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.hash.Hashing;
import io.sabot.exec.hash.KeyForm;
import io.sabot.exec.hash.KeyTable;
import io.sabot.exec.run.QueryRun;
import io.sabot.exec.spill.BlockCodec;
import io.sabot.exec.spill.SpillFile;
import io.sabot.exec.spill.SpillReader;
import io.sabot.plan.expr.Expr;
import io.sabot.plan.logical.SortKey;
import io.sabot.plan.type.Physical;
import io.sabot.plan.value.EqMode;
import io.sabot.plan.value.OrderMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The distinct rows of a stream, in its order.
///
/// While the rows seen fit in memory they pass at once. Then the table takes no more: rows that are
/// not in it go to disk, divided by hash and with their number in the stream. At the end each file
/// is freed of duplicates, which leaves its rows in order, and the files are merged by number.
final class DistinctRows implements BatchStream {
  private final BatchStream input;
  private final List<Physical> kinds;
  private final List<Physical> numberedKinds;
  private final Supplier<SpillFile> maker;
  private final QueryRun run;
  private final KeyTable table;
  private final List<KeyForm> forms;
  private final Vector rowNumbers;
  private final BlockCodec codec = new BlockCodec();
  private final Deque<Part> parts = new ArrayDeque<>();
  private int asked = -1;
  private long rowsOnDisk;
  private SpillFile @Nullable [] files;
  private @Nullable Partitions others;
  private @Nullable BatchStream rest;

  /// A file and the level at which it was made.
  private record Part(SpillFile file, int level) {}

  DistinctRows(
      BatchStream input,
      List<Physical> kinds,
      EqMode mode,
      Supplier<SpillFile> maker,
      QueryRun run) {
    this.input = input;
    this.kinds = kinds;
    this.maker = maker;
    this.run = run;
    this.table = new KeyTable(kinds, run.memory());
    this.forms = DistinctOperator.forms(kinds, mode, run);
    this.rowNumbers = new Vector(Physical.LONG, run.memory());
    List<Physical> numbered = new ArrayList<>(kinds);
    numbered.add(Physical.LONG);
    this.numberedKinds = List.copyOf(numbered);
  }

  @Override
  public @Nullable Batch next() {
    if (rest != null) {
      return rest.next();
    }
    Batch batch;
    while ((batch = input.next()) != null) {
      run.check();
      if (others == null && !fits(batch)) {
        files = Partitions.files(maker);
        others = new Partitions(numberedKinds, files, 0, 1, run);
      }
      if (others != null) {
        sendOn(batch, numbered(batch), others);
      } else if (DistinctOperator.keepNew(batch, table, forms) > 0) {
        return batch;
      }
    }
    rest = others == null || files == null ? () -> null : onDisk(others, files);
    return rest.next();
  }

  private boolean fits(Batch batch) {
    if (table.size() == asked || table.size() == 0) {
      asked = table.size();
      return true;
    }
    asked = table.size();
    Vector[] keys = Arrays.copyOf(batch.vectors(), kinds.size());
    long more = table.growthBytes(keys, batch.selection(), batch.count());
    return run.memory().mayGrow(table.capacityBytes(), more, 1);
  }

  /// The rows with their number in the order of the stream.
  private Vector[] numbered(Batch batch) {
    rowNumbers.reset(batch.rows());
    for (int i = 0; i < batch.count(); i++) {
      rowNumbers.setLong(batch.row(i), rowsOnDisk++);
    }
    Vector[] vectors = Arrays.copyOf(batch.vectors(), kinds.size() + 1);
    vectors[kinds.size()] = rowNumbers;
    return vectors;
  }

  /// Writes the rows that are not in the table.
  private void sendOn(Batch batch, Vector[] vectors, Partitions to) {
    Vector[] keys = DistinctOperator.keys(batch, forms);
    int[] numbers = new int[batch.count()];
    table.find(keys, batch, numbers);
    int[] unknown = new int[batch.count()];
    int n = 0;
    for (int i = 0; i < batch.count(); i++) {
      if (numbers[i] < 0) {
        unknown[n++] = batch.row(i);
      }
    }
    if (n > 0) {
      batch.select(batch.rows(), unknown, n);
      long[] hashes = new long[n];
      Hashing.hash(keys, batch, hashes);
      to.add(vectors, unknown, n, hashes);
    }
  }

  private BatchStream onDisk(Partitions written, SpillFile[] made) {
    written.finish();
    push(made, 0);
    SortKey byNumber = new SortKey(Expr.TRUE, false, false, OrderMode.SQL);
    SortedRuns runs = new SortedRuns(List.of(byNumber), kinds, List.of(Physical.LONG), maker, run);
    SpillReader reader = new SpillReader(numberedKinds, run.memory());
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      table.release();
      runs.add(distinct(part, reader));
      part.file.delete();
    }
    table.release();
    reader.release();
    RunMerge merge = runs.merge(0, Long.MAX_VALUE);
    Batch out = new Batch(new Vector[kinds.size()]);
    return () -> {
      Batch batch = merge.next();
      if (batch == null) {
        return null;
      }
      for (int c = 0; c < kinds.size(); c++) {
        out.setVector(c, batch.vector(c));
      }
      out.all(batch.count());
      return out;
    };
  }

  private void push(SpillFile[] made, int level) {
    for (SpillFile file : made) {
      if (file.rows() > 0) {
        parts.push(new Part(file, level));
      }
    }
  }

  /// The distinct rows of a file, as far as they fit; the others are in new files.
  private SpillFile distinct(Part part, SpillReader reader) {
    SpillFile kept = maker.get();
    RowStore block = new RowStore(numberedKinds, run.memory());
    SpillFile[] smaller = null;
    Partitions to = null;
    asked = -1;
    reader.open(part.file);
    Batch batch;
    while ((batch = reader.next()) != null) {
      run.check();
      if (to == null && part.level < Partitions.LEVEL_MAX && !fits(batch)) {
        smaller = Partitions.files(maker);
        to = new Partitions(numberedKinds, smaller, part.level + 1, 1, run);
      }
      if (to != null) {
        sendOn(batch, batch.vectors(), to);
      } else if (DistinctOperator.keepNew(batch, table, forms) > 0) {
        block.append(batch);
        kept.append(codec, block.columns(), 0, block.rows());
        block.clear();
      }
    }
    block.release();
    if (to != null && smaller != null) {
      to.finish();
      push(smaller, part.level + 1);
    }
    return kept;
  }
}
