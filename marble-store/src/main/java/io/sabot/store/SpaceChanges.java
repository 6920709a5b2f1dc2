package io.sabot.store;

import io.sabot.store.tuple.BlockSource;
import io.sabot.store.tuple.TupleLog;
import io.sabot.store.tuple.TupleRun;
import io.sabot.store.tuple.TupleSet;
import org.jspecify.annotations.Nullable;

/// A transaction's changes to one tuple set, and the set with them laid over.
final class SpaceChanges {
  private final long space;
  private final int arity;
  private final TupleLog log;
  private final boolean replaces;
  private final boolean addsAreNew;
  private final TupleSet start;
  private TupleSet current;
  private int merged;

  /// @param replaces whether the set is built anew, whatever was there
  SpaceChanges(long space, int arity, @Nullable TupleSet base, boolean replaces) {
    this.space = space;
    this.arity = arity;
    this.log = new TupleLog(arity);
    this.replaces = replaces;
    this.addsAreNew = Spaces.addsAreNew(space);
    this.start = base == null || replaces ? TupleSet.empty(arity) : base;
    this.current = start;
  }

  long space() {
    return space;
  }

  int arity() {
    return arity;
  }

  boolean replaces() {
    return replaces;
  }

  TupleLog log() {
    return log;
  }

  /// Forgets all changes after the first `count`.
  void rollbackTo(int count) {
    log.truncate(count);
    if (merged > count) {
      merged = 0;
      current = start;
    }
  }

  /// The set as the transaction sees it now.
  TupleSet current(BlockSource source) {
    if (merged < log.count()) {
      TupleRun run = current.effective(log.run(merged), source, addsAreNew);
      current = current.with(run);
      merged = log.count();
    }
    return current;
  }
}
