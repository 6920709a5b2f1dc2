package io.sabot.store;

import io.sabot.plan.error.Errors;
import io.sabot.store.tuple.TupleRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a serializable transaction has read: tables, and ranges of tuple sets. Wider than the truth
/// where that is cheaper, never narrower. Safe for many threads.
///
/// A row that is reached through an index needs no entry of its own: whoever changes the row moves
/// it, and so changes the index entry that led to it.
final class ReadSet {
  /// More ranges of one set than this count as the whole set.
  private static final int RANGES_MAX = 50_000;

  private final Set<Integer> tables = new HashSet<>();
  private final Map<Long, Ranges> spaces = new HashMap<>();
  private boolean hasListedNodeTables;
  private boolean hasListedEdgeTables;

  /// Tuples from `low` to `high`, both included.
  private record Range(long[] low, long[] high) {}

  private static final class Ranges {
    final Set<Long> firsts = new HashSet<>();
    final List<Range> others = new ArrayList<>();
    boolean isWhole;

    int size() {
      return firsts.size() + others.size();
    }
  }

  synchronized void table(int tableId) {
    tables.add(tableId);
  }

  /// The list of label sets that have nodes.
  synchronized void nodeTables() {
    hasListedNodeTables = true;
  }

  /// The list of types that have edges.
  synchronized void edgeTables() {
    hasListedEdgeTables = true;
  }

  synchronized void whole(long space) {
    Ranges ranges = spaces.computeIfAbsent(space, s -> new Ranges());
    ranges.isWhole = true;
    ranges.firsts.clear();
    ranges.others.clear();
  }

  /// All tuples that start with the first `length` components of `prefix`.
  synchronized void prefix(long space, int arity, long[] prefix, int length) {
    if (length == 0) {
      whole(space);
      return;
    }
    Ranges ranges = open(space);
    if (ranges == null) {
      return;
    }
    if (length == 1) {
      ranges.firsts.add(prefix[0]);
    } else {
      ranges.others.add(
          new Range(
              bound(prefix, length, arity, Long.MIN_VALUE),
              bound(prefix, length, arity, Long.MAX_VALUE)));
    }
  }

  /// All tuples that start with `prefix` and whose next component is in `[from, to]`.
  synchronized void range(long space, int arity, long[] prefix, long from, long to) {
    Ranges ranges = open(space);
    if (ranges != null) {
      long[] low = bound(prefix, prefix.length, arity, Long.MIN_VALUE);
      long[] high = bound(prefix, prefix.length, arity, Long.MAX_VALUE);
      low[prefix.length] = from;
      high[prefix.length] = to;
      ranges.others.add(new Range(low, high));
    }
  }

  /// All tuples from `low` to `high`, both included.
  synchronized void between(long space, long[] low, long[] high) {
    Ranges ranges = open(space);
    if (ranges != null) {
      ranges.others.add(new Range(low.clone(), high.clone()));
    }
  }

  private @Nullable Ranges open(long space) {
    Ranges ranges = spaces.computeIfAbsent(space, s -> new Ranges());
    if (ranges.size() >= RANGES_MAX) {
      whole(space);
    }
    return ranges.isWhole ? null : ranges;
  }

  private static long[] bound(long[] prefix, int length, int arity, long fill) {
    long[] tuple = Arrays.copyOf(prefix, arity);
    Arrays.fill(tuple, length, arity, fill);
    return tuple;
  }

  /// Fails with a conflict when a later commit changed something that was read here.
  ///
  /// @param base the state that was read
  synchronized void check(History.Committed later, Root base) {
    for (int tableId : later.tables()) {
      boolean isNew = isEmpty(base.table(tableId));
      if (tables.contains(tableId)
          || (isNew && hasListedNodeTables && Spaces.isNodeTable(tableId))
          || (isNew && hasListedEdgeTables && Spaces.isEdgeTable(tableId))) {
        throw Errors.conflict("what this one has read");
      }
    }
    spaces.forEach((space, ranges) -> {
      if (later.changes(space) && (ranges.isWhole || touches(later.run(space), ranges))) {
        throw Errors.conflict("what this one has read");
      }
    });
  }

  private static boolean isEmpty(@Nullable TableState table) {
    return table == null || table.rowCount() == 0;
  }

  /// @param run what was changed; null when it was too much to remember
  private static boolean touches(@Nullable TupleRun run, Ranges ranges) {
    if (run == null) {
      return true;
    }
    for (int i = 0; i < run.count() && !ranges.firsts.isEmpty(); i++) {
      if (ranges.firsts.contains(run.component(i, 0))) {
        return true;
      }
    }
    for (Range range : ranges.others) {
      if (run.touches(range.low, range.high)) {
        return true;
      }
    }
    return false;
  }
}
