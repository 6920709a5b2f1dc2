package io.sabot.store;

import io.sabot.store.segment.Segment;
import io.sabot.store.tuple.TupleRun;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What commits need to know of the time since the oldest open transaction began: where compactions
/// moved rows, and what others changed. The versions are guarded by this object, the rest by the
/// commit lock.
final class History {
  private final TreeMap<Long, Integer> open = new TreeMap<>();
  private final Map<Long, Move> moves = new ConcurrentHashMap<>();
  private final Deque<Committed> commits = new ArrayDeque<>();

  /// Rows of a segment that a compaction replaced.
  ///
  /// @param rows the new row of each old one, -1 when dropped
  private record Move(long version, long segment, int[] rows) {}

  /// What a commit changed.
  ///
  /// @param runs by tuple set; of large ones nothing is kept, see {@link #large}
  record Committed(long version, Set<Integer> tables, Map<Long, TupleRun> runs, Set<Long> large) {
    boolean changes(long space) {
      return runs.containsKey(space) || large.contains(space);
    }

    @Nullable TupleRun run(long space) {
      return runs.get(space);
    }
  }

  synchronized int openCount() {
    return open.values().stream().mapToInt(Integer::intValue).sum();
  }

  void began(long version) {
    open.merge(version, 1, Integer::sum);
  }

  void ended(long version) {
    open.computeIfPresent(version, (v, count) -> count == 1 ? null : count - 1);
  }

  void moved(long version, long oldSegment, long newSegment, int[] rows) {
    moves.put(oldSegment, new Move(version, newSegment, rows));
  }

  long remapped(long address) {
    long current = address;
    while (true) {
      Move move = moves.get(Segment.segmentId(current));
      if (move == null) {
        return current;
      }
      int row = move.rows[Segment.row(current)];
      if (row < 0) {
        return -1;
      }
      current = move.segment << Segment.ROW_BITS | row;
    }
  }

  void committed(Committed commit) {
    commits.addLast(commit);
  }

  /// The commits that an open transaction may not have seen, oldest first.
  Iterable<Committed> commits() {
    return commits;
  }

  /// Forgets what no open transaction, and none that begins now, can need.
  ///
  /// @param visible the version that new transactions read
  void forgetBefore(long visible) {
    long oldest = open.isEmpty() ? visible : Math.min(visible, open.firstKey());
    Iterator<Map.Entry<Long, Move>> all = new HashMap<>(moves).entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Long, Move> entry = all.next();
      if (entry.getValue().version <= oldest) {
        moves.remove(entry.getKey());
      }
    }
    while (!commits.isEmpty() && commits.getFirst().version() <= oldest) {
      commits.removeFirst();
    }
  }
}
