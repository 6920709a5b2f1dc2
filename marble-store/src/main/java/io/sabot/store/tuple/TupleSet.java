package io.sabot.store.tuple;

import java.util.Arrays;

/// One version of a sorted tuple set: immutable blocks plus runs of later changes, older first.
///
/// Every run but those of an open transaction mentions only changes that took effect (an added
/// tuple was absent, a removed one present), so sizes add up without looking at the blocks.
public final class TupleSet {
  /// Runs are folded into the blocks when they hold more than this or a 32nd of the set.
  private static final int RUN_TUPLES_MIN = 16_384;

  private final int arity;
  private final BlockDirectory directory;
  private final TupleRun[] runs;
  private final long size;
  private final int runTuples;

  private TupleSet(int arity, BlockDirectory directory, TupleRun[] runs) {
    this.arity = arity;
    this.directory = directory;
    this.runs = runs;
    long net = 0;
    int tuples = 0;
    for (TupleRun run : runs) {
      net += run.net();
      tuples += run.count();
    }
    this.size = directory.tuples() + net;
    this.runTuples = tuples;
  }

  public static TupleSet empty(int arity) {
    return new TupleSet(arity, BlockDirectory.empty(arity), new TupleRun[0]);
  }

  public static TupleSet of(int arity, BlockDirectory directory) {
    return new TupleSet(arity, directory, new TupleRun[0]);
  }

  public int arity() {
    return arity;
  }

  public long size() {
    return size;
  }

  BlockDirectory directory() {
    return directory;
  }

  TupleRun[] runs() {
    return runs;
  }

  /// This set with later changes; small runs are merged so that there are only logarithmically
  /// many.
  public TupleSet with(TupleRun run) {
    return with(run, 0);
  }

  /// As {@link #with}, but the first `frozen` runs stay what they are: a fold in the background is
  /// reading them.
  public TupleSet with(TupleRun run, int frozen) {
    if (run.count() == 0) {
      return this;
    }
    TupleRun[] grown = Arrays.copyOf(runs, runs.length + 1);
    int last = runs.length;
    grown[last] = run;
    while (last > frozen && grown[last - 1].count() <= 2L * grown[last].count()) {
      grown[last - 1] = TupleRun.merge(grown[last - 1], grown[last]);
      last--;
    }
    return new TupleSet(arity, directory, Arrays.copyOf(grown, last + 1));
  }

  /// Whether the runs, with `more` tuples to come, should be folded into the blocks.
  public boolean wantsFold(int more) {
    return (long) runTuples + more > Math.max(RUN_TUPLES_MIN, directory.tuples() / 32);
  }

  public boolean hasRuns() {
    return runs.length > 0;
  }

  public TupleReader reader(BlockSource source) {
    return new SetReader(this, source);
  }

  /// The part of `run` that changes this set: adds what is absent, removes what is present.
  ///
  /// @param addsAreNew whether the caller knows that added tuples are absent
  public TupleRun effective(TupleRun run, BlockSource source, boolean addsAreNew) {
    if ((size == 0 || addsAreNew) && !anyRemoved(run)) {
      return run;
    }
    TupleRun.Builder builder = new TupleRun.Builder(arity, run.count());
    Probe probe = new Probe(this, source);
    long[] tuple = new long[arity];
    for (int i = 0; i < run.count(); i++) {
      boolean isRemoved = run.isRemoved(i);
      System.arraycopy(run.rows(), i * arity, tuple, 0, arity);
      boolean changes = isRemoved ? probe.contains(tuple) : addsAreNew || !probe.contains(tuple);
      if (changes) {
        builder.add(run.rows(), i, isRemoved);
      }
    }
    return builder.build();
  }

  private static boolean anyRemoved(TupleRun run) {
    return run.net() != run.count();
  }

  /// Changes that are not in the blocks.
  public long runTuples() {
    return runTuples;
  }

  public long blockBytes() {
    return directory.totalBytes();
  }

  /// How many runs there are.
  public int runCount() {
    return runs.length;
  }

  /// Whether this set is `older` with later runs only.
  public boolean continues(TupleSet older) {
    return directory == older.directory
        && runs.length >= older.runs.length
        && Arrays.equals(runs, 0, older.runs.length, older.runs, 0, older.runs.length);
  }

  /// The later runs of this set over `blocks`, into which those of `older` were folded.
  public TupleSet onto(TupleSet blocks, TupleSet older) {
    TupleRun[] later = Arrays.copyOfRange(runs, older.runs.length, runs.length);
    return new TupleSet(arity, blocks.directory, later);
  }

  /// Whether so many changes wait that the next commit has to fold them itself.
  public boolean mustFold(int more) {
    return (long) runTuples + more > 8L * Math.max(RUN_TUPLES_MIN, directory.tuples() / 32);
  }

  /// A set of blocks only: all runs and `extra` folded in. Blocks that no change touches stay.
  public TupleSet fold(TupleRun extra, BlockSource source, BlockSink sink) {
    long[] low = new long[arity];
    long[] high = new long[arity];
    Arrays.fill(low, Long.MIN_VALUE);
    Arrays.fill(high, Long.MAX_VALUE);
    TupleRun changes = TupleRun.slice(with(extra).runs, arity, low, high);
    return new TupleSet(
        arity, new Folder(arity, directory, changes, source, sink).fold(), new TupleRun[0]);
  }

  /// All block numbers, for dropping the set.
  public long[] blockIds() {
    long[] ids = new long[directory.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = directory.id(i);
    }
    return ids;
  }
}
