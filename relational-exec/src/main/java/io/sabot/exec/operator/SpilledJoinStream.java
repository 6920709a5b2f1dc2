package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.hash.Hashing;
import io.sabot.exec.run.QueryRun;
import io.sabot.exec.spill.SpillFile;
import io.sabot.exec.spill.SpillReader;
import io.sabot.plan.type.Physical;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One worker that joins pairs of files.
///
/// Stored rows that are too many are divided again by other bits of their hash. Where that cannot
/// help, because most of them have one key, they are taken a block at a time, and the probe rows
/// pass once for each block.
final class SpilledJoinStream implements BatchStream {
  /// What the index of a stored row takes beside its key.
  private static final long BYTES_A_ROW = 32;

  /// How often rows are divided again where they would fit, which is for tests.
  private static final int LEVEL_MAX_ALWAYS = 1;

  private final SpilledJoin spilled;
  private final HashJoinOperator join;
  private final HashJoinOperator.Probe stream;
  private final int workers;
  private final QueryRun run;
  private final BuildSide side;
  private final HashJoinOperator.Keys buildKeys;
  private final HashJoinOperator.Keys probeKeys;
  private final SpillReader builds;
  private final SpillReader probes;
  private SpilledJoin.@Nullable Pair pair;
  private @Nullable CarriedOutcomes outcomes;

  /// A batch of stored rows that did not fit in the last block.
  private @Nullable Batch left;

  SpilledJoinStream(
      SpilledJoin spilled,
      HashJoinOperator join,
      HashJoinOperator.Probe stream,
      int workers,
      QueryRun run) {
    this.spilled = spilled;
    this.join = join;
    this.stream = stream;
    this.workers = workers;
    this.run = run;
    this.side = join.newSide();
    this.buildKeys = join.buildKeys();
    this.probeKeys = join.probeKeys();
    this.builds = new SpillReader(join.buildKinds(), run.memory());
    this.probes = new SpillReader(join.probeKinds(), run.memory());
  }

  @Override
  public @Nullable Batch next() {
    while (true) {
      SpilledJoin.Pair current = pair;
      if (current == null) {
        current = spilled.take();
        if (current == null) {
          release();
          return null;
        }
        begin(current);
        continue;
      }
      Batch batch = stream.next();
      if (batch != null) {
        return batch;
      }
      if (left == null) {
        end(current);
      } else {
        pass(current);
      }
    }
  }

  private void begin(SpilledJoin.Pair next) {
    SpillFile stored = next.build();
    boolean always = run.memory().spill().always();
    int levelMax = always ? LEVEL_MAX_ALWAYS : Partitions.LEVEL_MAX;
    long bytes = 2 * stored.memoryBytes() + BYTES_A_ROW * stored.rows();
    boolean large = stored.rows() > 1 && !run.memory().mayGrow(0, bytes, workers);
    if (large && next.divides() && next.level() < levelMax) {
      divide(next);
      return;
    }
    pair = next;
    builds.open(stored);
    pass(next);
  }

  /// Takes in the next block of stored rows, and starts on all probe rows.
  private void pass(SpilledJoin.Pair current) {
    fill();
    CarriedOutcomes carried = outcomes;
    if (carried == null && left != null && spilled.needsAllStored()) {
      carried = new CarriedOutcomes(current.probe().rows(), run.memory());
      outcomes = carried;
    }
    if (carried != null) {
      carried.startPass(left == null);
    }
    probes.open(current.probe());
    stream.reopen(probes::next, side, carried);
  }

  private void fill() {
    side.clear();
    Batch batch = left;
    left = null;
    while (batch != null || (batch = builds.next()) != null) {
      run.check();
      Vector[] keys = buildKeys.of(batch);
      if (!side.fits(keys, batch, workers)) {
        left = batch;
        break;
      }
      side.add(keys, batch);
      batch = null;
    }
    side.complete();
  }

  private void end(SpilledJoin.Pair done) {
    pair = null;
    side.clear();
    if (outcomes != null) {
      outcomes.release();
      outcomes = null;
    }
    done.delete();
  }

  private void release() {
    side.clear();
    builds.release();
    probes.release();
  }

  private void divide(SpilledJoin.Pair large) {
    SpillFile[] storedFiles = Partitions.files(join::spillFile);
    SpillFile[] probeFiles = Partitions.files(join::spillFile);
    int level = large.level() + 1;
    divide(large.build(), builds, buildKeys, join.buildKinds(), storedFiles, level);
    divide(large.probe(), probes, probeKeys, join.probeKinds(), probeFiles, level);
    spilled.divided(large, storedFiles, probeFiles);
  }

  private void divide(
      SpillFile from,
      SpillReader reader,
      HashJoinOperator.Keys keys,
      List<Physical> kinds,
      SpillFile[] to,
      int level) {
    Partitions partitions = new Partitions(kinds, to, level, workers, run);
    reader.open(from);
    Batch batch;
    while ((batch = reader.next()) != null) {
      run.check();
      long[] hashes = new long[batch.count()];
      Hashing.hash(keys.of(batch), batch, hashes);
      partitions.add(batch.vectors(), batch.selection(), batch.count(), hashes);
    }
    partitions.finish();
  }
}
