package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.hash.Hashing;
import io.sabot.exec.run.QueryRun;
import io.sabot.exec.spill.SpillFile;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/// A hash join whose build side does not fit in memory. Both sides go to disk, divided by the hash
/// of the keys, so that each file has its matches in one file of the other side; then pairs of
/// files are joined, by as many workers as there are.
///
/// A MARK join is not divided: a null key makes the comparison with every row of the other side
/// unknown. Its one pair of files is joined a block of stored rows after the other.
final class SpilledJoin {
  private final HashJoinOperator join;
  private final QueryRun run;
  private final ProbeKind kind;
  private final SpillFile[] buildFiles;
  private final SpillFile[] probeFiles;
  private final Partitions build;
  private final ConcurrentLinkedDeque<Pair> pairs = new ConcurrentLinkedDeque<>();
  private @Nullable HashFilter filter;
  private Partitions[] probe = new Partitions[0];
  private int workers = 1;

  /// Files whose rows match each other's only.
  ///
  /// @param level at which they were made
  /// @param divides whether dividing the build side again promises to help
  record Pair(SpillFile build, SpillFile probe, int level, boolean divides) {
    void delete() {
      build.delete();
      probe.delete();
    }
  }

  SpilledJoin(HashJoinOperator join, QueryRun run) {
    this.join = join;
    this.run = run;
    this.kind = join.kind();
    this.buildFiles = files();
    this.probeFiles = files();
    this.build = new Partitions(join.buildKinds(), buildFiles, 0, 1, run);
    this.filter = kind.dropsProbe() ? new HashFilter(run.memory()) : null;
  }

  private SpillFile[] files() {
    return kind == ProbeKind.MARK
        ? new SpillFile[] {join.spillFile()}
        : Partitions.files(join::spillFile);
  }

  // ---- dividing

  /// Writes the rows stored so far, and gives their memory back.
  void takeOver(BuildSide side) {
    side.index().clear();
    HashJoinOperator.Keys keys = join.buildKeys();
    StoredRows rows = join.storedRows(side);
    Batch batch;
    while ((batch = rows.next()) != null) {
      run.check();
      addBuild(keys.of(batch), batch);
    }
    rows.release();
    side.clear();
  }

  void addBuild(Vector[] keys, Batch batch) {
    long[] hashes = new long[batch.count()];
    Hashing.hash(keys, batch, hashes);
    HashFilter known = filter;
    if (known != null) {
      for (long hash : hashes) {
        known.add(hash);
      }
    }
    build.add(batch.vectors(), batch.selection(), batch.count(), hashes);
  }

  /// The build side is complete; this many workers divide the other one.
  void startProbe(int count) {
    build.finish();
    probe = new Partitions[count];
    for (int w = 0; w < count; w++) {
      probe[w] = new Partitions(join.probeKinds(), probeFiles, 0, count, run);
    }
  }

  void addProbe(int worker, Vector[] keys, Batch batch) {
    int count = batch.count();
    long[] hashes = new long[count];
    Hashing.hash(keys, batch, hashes);
    HashFilter known = filter;
    if (known == null) {
      probe[worker].add(batch.vectors(), batch.selection(), count, hashes);
      return;
    }
    int[] kept = new int[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = batch.row(i);
      if (known.mayHave(hashes[i]) && !JoinIndex.hasNull(keys, row)) {
        hashes[n] = hashes[i];
        kept[n++] = row;
      }
    }
    probe[worker].add(batch.vectors(), kept, n, hashes);
  }

  void completeProbe() {
    for (Partitions written : probe) {
      written.finish();
    }
    if (filter != null) {
      filter.release();
      filter = null;
    }
    boolean divides = buildFiles.length > 1;
    for (int p = 0; p < buildFiles.length; p++) {
      add(new Pair(buildFiles[p], probeFiles[p], 0, divides));
    }
    workers = Math.clamp(pairs.size(), 1, run.workers().parallelism());
  }

  /// Files one of which is empty often need no join.
  private void add(Pair pair) {
    boolean nothing =
        pair.build.rows() == 0 && kind.dropsProbe()
            || pair.probe.rows() == 0 && !join.deliversStored();
    if (nothing) {
      pair.delete();
    } else {
      pairs.push(pair);
    }
  }

  // ---- joining

  int streams() {
    return workers;
  }

  BatchStream open(HashJoinOperator.Probe stream) {
    return new SpilledJoinStream(this, join, stream, workers, run);
  }

  /// The next pair to join; null when all are taken.
  @Nullable Pair take() {
    return pairs.poll();
  }

  /// Replaces a pair by pairs of smaller files.
  void divided(Pair pair, SpillFile[] builds, SpillFile[] probes) {
    long skewed = pair.build.rows() / 8 * 7;
    for (int p = 0; p < builds.length; p++) {
      boolean divides = builds[p].rows() <= skewed;
      add(new Pair(builds[p], probes[p], pair.level + 1, divides));
    }
    pair.delete();
  }

  /// Whether an outcome of a probe row is told only when all stored rows were seen.
  boolean needsAllStored() {
    return kind == ProbeKind.SEMI || !kind.dropsProbe();
  }
}
