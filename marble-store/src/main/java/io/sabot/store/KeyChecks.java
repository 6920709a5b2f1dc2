package io.sabot.store;

import io.sabot.plan.error.Errors;
import io.sabot.store.tuple.Probe;
import io.sabot.store.tuple.TupleCursor;
import io.sabot.store.tuple.TupleRun;
import io.sabot.store.tuple.TupleSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/// Checks that keys are unique: at the end of a statement within the transaction's own view, and at
/// commit against what others have committed meanwhile. Keys and unique indexes alike.
final class KeyChecks {
  private static final int CANDIDATES = 64;

  private final StoreTransaction transaction;
  private final Map<Long, Checked> checked = new HashMap<>();

  /// How far the changes of a key have been checked, and the set up to there.
  private record Checked(int upTo, TupleSet set) {}

  KeyChecks(StoreTransaction transaction) {
    this.transaction = transaction;
  }

  /// After a return to a savepoint everything is checked anew.
  void forget() {
    checked.clear();
  }

  /// What a change of the catalog built anew is checked from its start.
  void forget(long space) {
    checked.remove(space);
  }

  private List<UniqueSet> sets(LongPredicate isWanted) {
    List<UniqueSet> found = new ArrayList<>();
    for (TableTarget target : transaction.targets()) {
      TableChanges changes = transaction.tableIfChanged(target.definition().id());
      List<RowSet> sets =
          target.sets().stream().filter(s -> s.unique() && isWanted.test(s.space())).toList();
      if (changes != null && !sets.isEmpty()) {
        StateTableReader rows = transaction.reader(changes);
        sets.forEach(set -> found.add(new UniqueSet.OfRows(target, set, rows)));
      }
    }
    GraphIndexes indexes = transaction.graphIndexes();
    for (GraphIndexes.ElementSet set : indexes.sets()) {
      if (set.index().unique() && isWanted.test(set.space())) {
        found.add(new UniqueSet.OfElements(indexes, set));
      }
    }
    return found;
  }

  void checkStatement() {
    for (UniqueSet set : sets(this::isUnchecked)) {
      SpaceChanges changes = transaction.spaceIfChanged(set.space());
      if (changes != null) {
        checkStatement(set, changes);
      }
    }
  }

  private boolean isUnchecked(long space) {
    SpaceChanges changes = transaction.spaceIfChanged(space);
    Checked before = checked.get(space);
    return changes != null && (before == null || before.upTo != changes.log().count());
  }

  private void checkStatement(UniqueSet unique, SpaceChanges changes) {
    Checked before = checked.get(changes.space());
    if (before == null) {
      TupleSet empty = TupleSet.empty(unique.arity());
      TupleSet base = transaction.base().set(changes.space(), unique.arity());
      before = new Checked(0, changes.replaces() ? empty : base);
    }
    if (before.upTo == changes.log().count()) {
      return;
    }
    TupleRun run = changes.log().run(before.upTo);
    // What the last check had not seen may be undone since; look at what is left of it.
    checkAmongNew(unique, run);
    new Against(unique, before.set, transaction.source())
        .check(
            run,
            (last, other) -> {
              if (unique.isExact() || unique.isSame(last, other)) {
                throw unique.duplicate(last);
              }
            });
    TupleSet after =
        before.set.with(
            before.set.effective(run, transaction.source(), Spaces.addsAreNew(changes.space())));
    checked.put(changes.space(), new Checked(changes.log().count(), after));
  }

  private static void checkAmongNew(UniqueSet unique, TupleRun run) {
    int length = unique.length();
    int previous = -1;
    for (int i = 0; i < run.count(); i++) {
      if (run.isRemoved(i)) {
        continue;
      }
      if (previous >= 0 && samePrefix(run, i, previous, length) && hasNull(unique, run, i)) {
        continue;
      }
      // Where components are not the key several may share them: compare with each.
      for (int j = previous; j >= 0 && samePrefix(run, i, j, length); j--) {
        boolean same =
            !run.isRemoved(j)
                && (unique.isExact()
                    || unique.isSame(run.component(i, length), run.component(j, length)));
        if (same) {
          throw unique.duplicate(run.component(i, length));
        }
      }
      previous = i;
    }
  }

  /// A null makes a key equal to none, not even to itself.
  private static boolean hasNull(UniqueSet unique, TupleRun run, int row) {
    long last = run.component(row, unique.length());
    return !unique.isExact() && !unique.isSame(last, last);
  }

  private static boolean samePrefix(TupleRun run, int i, int j, int length) {
    for (int c = 0; c < length; c++) {
      if (run.component(i, c) != run.component(j, c)) {
        return false;
      }
    }
    return true;
  }

  private static long[] tuple(TupleRun run, int row) {
    long[] tuple = new long[run.arity()];
    for (int c = 0; c < tuple.length; c++) {
      tuple[c] = run.component(row, c);
    }
    return tuple;
  }

  /// Finds entries of a set with the components of an added one, except those that the same run
  /// removes.
  private record Against(UniqueSet unique, TupleSet set, Blobs source) {
    /// Receives the last components of an added entry and of another with its components.
    interface Clash {
      void found(long last, long other);
    }

    void check(TupleRun run, Clash clash) {
      if (set.size() == 0) {
        return;
      }
      Probe probe = new Probe(set, source);
      for (int i = 0; i < run.count(); i++) {
        if (!run.isRemoved(i)) {
          long[] tuple = tuple(run, i);
          if (probe.first(tuple, unique.length()) != null && !hasNull(unique, run, i)) {
            candidates(run, tuple, clash);
          }
        }
      }
    }

    private void candidates(TupleRun run, long[] tuple, Clash clash) {
      int length = unique.length();
      TupleCursor cursor = set.reader(source).scan(Arrays.copyOf(tuple, length));
      long[][] columns = new long[unique.arity()][];
      columns[length] = new long[CANDIDATES];
      long[] other = tuple.clone();
      for (int count; (count = cursor.next(columns, CANDIDATES)) > 0; ) {
        for (int i = 0; i < count; i++) {
          other[length] = columns[length][i];
          if (other[length] != tuple[length] && run.sign(other) >= 0) {
            clash.found(tuple[length], other[length]);
          }
        }
      }
    }
  }

  /// Fails with a conflict when somebody else committed a row with the key of one of ours.
  void checkCommit(Root head) {
    for (UniqueSet unique : sets(space -> transaction.spaceIfChanged(space) != null)) {
      SpaceChanges changes = transaction.spaceIfChanged(unique.space());
      boolean isNews = head.space(unique.space()) != transaction.base().space(unique.space());
      if (changes != null && isNews && !changes.replaces()) {
        new Against(unique, head.set(unique.space(), unique.arity()), head.blobs())
            .check(
                changes.log().run(0),
                (last, other) -> {
                  throw Errors.conflict(unique.what());
                });
      }
    }
  }
}
