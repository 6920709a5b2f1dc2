package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.run.QueryRun;
import io.sabot.exec.spill.SpillFile;
import io.sabot.exec.spill.SpillReader;
import io.sabot.plan.type.Physical;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What of a hash aggregation is on disk, divided by key, to be aggregated a file at a time. A file
/// that does not fit either is divided again.
final class SpilledGroups {
  private final boolean saved;
  private final List<Physical> kinds;
  private final int workers;
  private final Supplier<SpillFile> maker;
  private final QueryRun run;
  private final SpillFile[] files;
  private final Deque<Part> parts = new ArrayDeque<>();
  private @Nullable SpillReader reader;

  /// A file and the level at which it was made.
  private record Part(SpillFile file, int level) {}

  /// @param saved whether groups are saved, or rows of them
  SpilledGroups(
      AggregateGroups groups, boolean saved, int workers, Supplier<SpillFile> maker, QueryRun run) {
    this.saved = saved;
    this.kinds = saved ? groups.savedKinds() : groups.rowKinds();
    this.workers = workers;
    this.maker = maker;
    this.run = run;
    this.files = Partitions.files(maker);
  }

  /// Where one worker writes.
  Partitions partitions() {
    return new Partitions(kinds, files, 0, workers, run);
  }

  /// Must be called when all workers have finished writing.
  void complete() {
    push(files, 0);
  }

  private void push(SpillFile[] made, int level) {
    for (int p = made.length - 1; p >= 0; p--) {
      if (made[p].rows() > 0) {
        parts.push(new Part(made[p], level));
      }
    }
  }

  /// Fills `groups`, which must be empty, with the next groups; false when there are none.
  boolean next(AggregateGroups groups) {
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      SpillReader rows = reader == null ? new SpillReader(kinds, run.memory()) : reader;
      reader = rows;
      rows.open(part.file);
      boolean whole = saved ? absorb(part, rows, groups) : add(part, rows, groups);
      part.file.delete();
      if (whole) {
        return true;
      }
    }
    if (reader != null) {
      reader.release();
    }
    return false;
  }

  /// Whether all groups of a file fitted; otherwise they are in new files.
  private boolean absorb(Part part, SpillReader rows, AggregateGroups groups) {
    SpillFile[] smaller = null;
    Partitions to = null;
    Batch batch;
    while ((batch = rows.next()) != null) {
      run.check();
      if (part.level < Partitions.LEVEL_MAX && !groups.fitsSaved(batch)) {
        if (to == null) {
          smaller = Partitions.files(maker);
          to = new Partitions(kinds, smaller, part.level + 1, 1, run);
        }
        groups.evict(to);
      }
      groups.absorb(batch);
    }
    if (to == null || smaller == null) {
      return true;
    }
    groups.evict(to);
    to.finish();
    push(smaller, part.level + 1);
    return false;
  }

  /// Some groups of a file always are whole; rows of the others may be in new files.
  private boolean add(Part part, SpillReader rows, AggregateGroups groups) {
    SpillFile[] smaller = null;
    Partitions to = null;
    Batch batch;
    while ((batch = rows.next()) != null) {
      run.check();
      if (to == null && part.level < Partitions.LEVEL_MAX && !groups.fits(batch)) {
        smaller = Partitions.files(maker);
        to = new Partitions(kinds, smaller, part.level + 1, 1, run);
        groups.freeze(to);
      }
      groups.addAgain(batch);
    }
    if (to != null && smaller != null) {
      to.finish();
      push(smaller, part.level + 1);
    }
    return true;
  }
}
