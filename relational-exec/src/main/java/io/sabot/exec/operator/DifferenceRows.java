package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.hash.Hashing;
import io.sabot.exec.hash.KeyForm;
import io.sabot.exec.hash.KeyTable;
import io.sabot.exec.run.QueryRun;
import io.sabot.exec.spill.SpillFile;
import io.sabot.exec.spill.SpillReader;
import io.sabot.plan.type.Physical;
import io.sabot.plan.value.EqMode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// INTERSECT and EXCEPT: counts the right rows by key, then lets left rows through by those counts.
///
/// When the keys do not fit in memory, the table takes no more: rows of either side with a key that
/// is not in it go to disk, divided by hash, and pairs of files are worked off at the end in the
/// same way.
final class DifferenceRows implements BatchStream {
  private final List<Physical> kinds;
  private final boolean intersect;
  private final boolean all;
  private final Supplier<SpillFile> maker;
  private final QueryRun run;
  private final KeyTable table;
  private final List<KeyForm> forms;
  private final Deque<Pair> pairs = new ArrayDeque<>();
  private final SpillReader leftFile;
  private final SpillReader rightFile;
  private BatchStream left;
  private BatchStream right;
  private @Nullable Pair current;
  private int level = -1;
  private boolean counted;
  private long[] counts = new long[16];
  private int[] numbers = new int[Batch.ROWS_MAX];
  private int[] kept = new int[Batch.ROWS_MAX];
  private @Nullable Elsewhere elsewhere;

  /// Rows of both sides whose keys meet nowhere else.
  private record Pair(SpillFile left, SpillFile right, int level) {}

  /// Where rows go whose key is not in the table.
  private record Elsewhere(
      SpillFile[] leftFiles, Partitions left, SpillFile[] rightFiles, Partitions right) {}

  /// @param all whether equal rows count one by one
  DifferenceRows(
      BatchStream left,
      BatchStream right,
      List<Physical> kinds,
      EqMode mode,
      boolean intersect,
      boolean all,
      Supplier<SpillFile> maker,
      QueryRun run) {
    this.left = left;
    this.right = right;
    this.kinds = kinds;
    this.intersect = intersect;
    this.all = all;
    this.maker = maker;
    this.run = run;
    this.table = new KeyTable(kinds, run.memory());
    this.forms = DistinctOperator.forms(kinds, mode, run);
    this.leftFile = new SpillReader(kinds, run.memory());
    this.rightFile = new SpillReader(kinds, run.memory());
  }

  @Override
  public @Nullable Batch next() {
    do {
      countRight();
      Batch batch;
      while ((batch = left.next()) != null) {
        run.check();
        int count = keep(batch);
        if (count > 0) {
          batch.select(batch.rows(), kept, count);
          return batch;
        }
      }
    } while (nextPair());
    return null;
  }

  private void countRight() {
    Batch batch;
    while (!counted && (batch = right.next()) != null) {
      run.check();
      Vector[] keys = number(batch, true);
      int unknown = 0;
      for (int i = 0; i < batch.count(); i++) {
        if (numbers[i] >= 0) {
          counts[numbers[i]]++;
        } else {
          kept[unknown++] = batch.row(i);
        }
      }
      if (unknown > 0 && elsewhere != null) {
        send(batch, keys, unknown, elsewhere.right());
      }
    }
    counted = true;
  }

  /// Finds the keys of a batch, and adds those that are new where they are wanted and there is
  /// room.
  private Vector[] number(Batch batch, boolean wanted) {
    int count = batch.count();
    if (numbers.length < count) {
      numbers = new int[count];
      kept = new int[count];
    }
    Vector[] keys = DistinctOperator.keys(batch, forms);
    if (wanted && elsewhere == null && !fits(keys, batch)) {
      elsewhere = newElsewhere();
    }
    if (wanted && elsewhere == null) {
      table.findOrAdd(keys, batch, numbers);
      if (counts.length < table.size()) {
        counts = Arrays.copyOf(counts, Math.max(table.size(), counts.length * 2));
      }
    } else {
      table.find(keys, batch, numbers);
    }
    return keys;
  }

  private boolean fits(Vector[] keys, Batch batch) {
    if (table.size() == 0 || level >= Partitions.LEVEL_MAX) {
      return true;
    }
    long held = table.capacityBytes() + 8L * counts.length;
    long more = table.growthBytes(keys, batch.selection(), batch.count());
    more += table.size() + batch.count() > counts.length ? 16L * counts.length : 0;
    return run.memory().mayGrow(held, more, 1);
  }

  private Elsewhere newElsewhere() {
    SpillFile[] lefts = Partitions.files(maker);
    SpillFile[] rights = Partitions.files(maker);
    return new Elsewhere(
        lefts,
        new Partitions(kinds, lefts, level + 1, 2, run),
        rights,
        new Partitions(kinds, rights, level + 1, 2, run));
  }

  private void send(Batch batch, Vector[] keys, int count, Partitions to) {
    int[] rows = Arrays.copyOf(kept, count);
    long[] hashes = new long[count];
    batch.select(batch.rows(), rows, count);
    Hashing.hash(keys, batch, hashes);
    to.add(batch.vectors(), rows, count, hashes);
  }

  /// Writes the left rows that pass to `kept`, and those whose fate is decided later to disk.
  private int keep(Batch batch) {
    boolean remembers = !intersect && !all;
    Vector[] keys = number(batch, remembers);
    Elsewhere later = elsewhere;
    if (later != null) {
      sendUnknown(batch, keys, later);
    }
    int n = 0;
    for (int i = 0; i < batch.count(); i++) {
      int key = numbers[i];
      boolean passes = key < 0 ? later == null && !intersect : passes(key);
      if (passes) {
        kept[n++] = batch.row(i);
      }
    }
    return n;
  }

  private void sendUnknown(Batch batch, Vector[] keys, Elsewhere later) {
    int rows = batch.rows();
    int @Nullable [] selection = batch.selection();
    int count = batch.count();
    int unknown = 0;
    for (int i = 0; i < count; i++) {
      if (numbers[i] < 0) {
        kept[unknown++] = batch.row(i);
      }
    }
    if (unknown > 0) {
      send(batch, keys, unknown, later.left());
      batch.select(rows, selection, count);
    }
  }

  private boolean passes(int key) {
    boolean inRight = counts[key] > 0;
    boolean passes = inRight == intersect;
    if (all) {
      counts[key] -= inRight ? 1 : 0;
    } else if (passes) {
      // Once seen, a row is out: an EXCEPT row as if it were on the right, an INTERSECT row as if
      // it
      // were not.
      counts[key] = intersect ? 0 : 1;
    }
    return passes;
  }

  /// Goes on with rows on disk; false when there are none.
  private boolean nextPair() {
    if (elsewhere != null) {
      push(elsewhere);
      elsewhere = null;
    }
    if (current != null) {
      current.left().delete();
      current.right().delete();
    }
    table.release();
    counts = new long[16];
    current = pairs.poll();
    if (current == null) {
      leftFile.release();
      rightFile.release();
      return false;
    }
    level = current.level();
    leftFile.open(current.left());
    rightFile.open(current.right());
    left = leftFile::next;
    right = rightFile::next;
    counted = false;
    return true;
  }

  private void push(Elsewhere written) {
    written.left().finish();
    written.right().finish();
    for (int p = 0; p < written.leftFiles().length; p++) {
      SpillFile lefts = written.leftFiles()[p];
      SpillFile rights = written.rightFiles()[p];
      if (lefts.rows() > 0) {
        pairs.push(new Pair(lefts, rights, level + 1));
      } else {
        rights.delete();
      }
    }
  }
}
