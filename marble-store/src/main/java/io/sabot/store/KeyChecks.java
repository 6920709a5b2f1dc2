package io.sabot.store;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import io.sabot.store.segment.ColumnChunk;
import io.sabot.store.segment.Segment;
import io.sabot.store.tuple.Probe;
import io.sabot.store.tuple.TupleCursor;
import io.sabot.store.tuple.TupleRun;
import io.sabot.store.tuple.TupleSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Checks that keys are unique: at the end of a statement within the transaction's own view, and at
/// commit against what others have committed meanwhile.
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

  void checkStatement() {
    for (TableTarget target : transaction.targets()) {
      for (int k = 0; k < target.keys().size(); k++) {
        SpaceChanges changes = transaction.spaceIfChanged(Spaces.key(target.definition().id(), k));
        if (changes != null) {
          checkStatement(target, k, changes);
        }
      }
    }
  }

  private void checkStatement(TableTarget target, int keyNumber, SpaceChanges changes) {
    KeyCodec codec = target.keys().get(keyNumber);
    Checked before = checked.get(changes.space());
    if (before == null) {
      TupleSet empty = TupleSet.empty(codec.arity());
      TupleSet base = transaction.base().set(changes.space(), codec.arity());
      before = new Checked(0, changes.replaces() ? empty : base);
    }
    if (before.upTo == changes.log().count()) {
      return;
    }
    TupleRun run = changes.log().run(before.upTo);
    // What the last check had not seen may be undone since; look at what is left of it.
    StateTableReader rows = reader(target);
    checkAmongNew(target, codec, run, rows);
    new Against(codec, before.set, transaction.source())
        .check(
            run,
            (tuple, other) -> {
              if (isSame(codec, rows, tuple, other)) {
                throw duplicate(target, codec, rows, tuple[codec.length()]);
              }
            });
    TupleSet after = before.set.with(before.set.effective(run, transaction.source(), true));
    checked.put(changes.space(), new Checked(changes.log().count(), after));
  }

  private StateTableReader reader(TableTarget target) {
    TableChanges changes = transaction.tableIfChanged(target.definition().id());
    if (changes == null) {
      throw new IllegalStateException("no changes of table " + target.definition().name());
    }
    return transaction.reader(changes);
  }

  private static void checkAmongNew(
      TableTarget target, KeyCodec codec, TupleRun run, StateTableReader rows) {
    int length = codec.length();
    int previous = -1;
    for (int i = 0; i < run.count(); i++) {
      if (run.isRemoved(i)) {
        continue;
      }
      // With hashed keys several may share the prefix: compare with each of them.
      for (int j = previous; j >= 0 && samePrefix(run, i, j, length); j--) {
        boolean same =
            !run.isRemoved(j)
                && (codec.isOrdered()
                    || isSame(codec, rows, tuple(run, i), run.component(j, length)));
        if (same) {
          throw duplicate(target, codec, rows, run.component(i, length));
        }
      }
      previous = i;
    }
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

  private static boolean isSame(
      KeyCodec codec, StateTableReader rows, long[] tuple, long otherAddress) {
    if (codec.isOrdered()) {
      return true;
    }
    long address = tuple[codec.length()];
    return codec.sameKey(
        TableTarget.chunks(rows, codec, address),
        Segment.row(address),
        TableTarget.chunks(rows, codec, otherAddress),
        Segment.row(otherAddress));
  }

  /// Finds rows of a set with the key of an added tuple, except those that the same run removes.
  private record Against(KeyCodec codec, TupleSet set, Blobs source) {
    /// Receives an added tuple and the address of another row with its key components.
    interface Clash {
      void found(long[] tuple, long otherAddress);
    }

    void check(TupleRun run, Clash clash) {
      if (set.size() == 0) {
        return;
      }
      Probe probe = new Probe(set, source);
      for (int i = 0; i < run.count(); i++) {
        if (!run.isRemoved(i)) {
          long[] tuple = tuple(run, i);
          if (probe.first(tuple, codec.length()) != null) {
            candidates(run, tuple, clash);
          }
        }
      }
    }

    private void candidates(TupleRun run, long[] tuple, Clash clash) {
      int length = codec.length();
      TupleCursor cursor = set.reader(source).scan(Arrays.copyOf(tuple, length));
      long[][] columns = new long[codec.arity()][];
      columns[length] = new long[CANDIDATES];
      long[] other = tuple.clone();
      for (int count; (count = cursor.next(columns, CANDIDATES)) > 0; ) {
        for (int i = 0; i < count; i++) {
          other[length] = columns[length][i];
          if (other[length] != tuple[length] && run.sign(other) >= 0) {
            clash.found(tuple, other[length]);
          }
        }
      }
    }
  }

  /// Fails with a conflict when somebody else committed a row with the key of one of ours.
  void checkCommit(Root head) {
    for (TableTarget target : transaction.targets()) {
      for (int k = 0; k < target.keys().size(); k++) {
        long space = Spaces.key(target.definition().id(), k);
        SpaceChanges changes = transaction.spaceIfChanged(space);
        KeyCodec codec = target.keys().get(k);
        if (changes != null && head.space(space) != transaction.base().space(space)) {
          new Against(codec, head.set(space, codec.arity()), head.blobs())
              .check(
                  changes.log().run(0),
                  (tuple, other) -> {
                    throw Errors.conflict(
                        "a row with the same key of table '" + target.definition().name() + "'");
                  });
        }
      }
    }
  }

  private static QueryException duplicate(
      TableTarget target, KeyCodec codec, StateTableReader rows, long address) {
    String table = target.definition().name();
    boolean primary = codec.columnIds().equals(target.definition().primaryKey());
    StringBuilder names = new StringBuilder();
    for (int id : codec.columnIds()) {
      names.append(names.isEmpty() ? "" : ", ").append(target.definition().column(id).name());
    }
    return new QueryException(
        ErrorCode.UNIQUE_VIOLATION,
        null,
        "table '"
            + table
            + "' has a row with "
            + (primary ? "primary key" : "unique key")
            + " ("
            + names
            + ") = ("
            + keyText(target, codec, rows, address)
            + ") already",
        "");
  }

  static String keyText(TableTarget target, KeyCodec codec, StateTableReader rows, long address) {
    ColumnChunk[] chunks = TableTarget.chunks(rows, codec, address);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < chunks.length; i++) {
      var type = target.definition().column(codec.columnIds().get(i)).type();
      text.append(i == 0 ? "" : ", ");
      text.append(ColumnText.of(type, chunks[i], Segment.row(address)));
    }
    return text.toString();
  }
}
