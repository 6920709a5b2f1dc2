package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.RowStore;
import io.sabot.exec.batch.Vector;
import io.sabot.exec.memory.QueryMemory;
import io.sabot.plan.type.Physical;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stored rows of a hash join with their index.
final class BuildSide {
  private final QueryMemory memory;
  private final RowStore rows;
  private final JoinIndex index;

  /// Rows that had a match; null where nobody asks.
  private final @Nullable MatchSet matches;

  BuildSide(
      List<Physical> kinds, List<Physical> keyKinds, boolean countsMatches, QueryMemory memory) {
    this.memory = memory;
    this.rows = new RowStore(kinds, memory);
    this.index = new JoinIndex(keyKinds, memory);
    this.matches = countsMatches ? new MatchSet() : null;
  }

  RowStore rows() {
    return rows;
  }

  JoinIndex index() {
    return index;
  }

  @Nullable MatchSet matches() {
    return matches;
  }

  /// Whether the selected rows can be added without spilling. The first ones always can.
  ///
  /// @param workers how many have a build side at once
  boolean fits(Vector[] keys, Batch batch, int workers) {
    if (rows.rows() == 0) {
      return true;
    }
    long held = rows.capacityBytes() + index.capacityBytes();
    long more =
        rows.growthBytes(batch.vectors(), batch.selection(), batch.count())
            + index.growthBytes(keys, batch.selection(), batch.count());
    return memory.mayGrow(held, more, workers);
  }

  void add(Vector[] keys, Batch batch) {
    index.add(keys, batch);
    rows.append(batch);
  }

  /// No more rows come before the next {@link #clear}.
  void complete() {
    index.complete();
    if (matches != null) {
      matches.reset(rows.rows());
    }
  }

  /// Gives everything back; the side can be filled again.
  void clear() {
    rows.release();
    index.clear();
    if (matches != null) {
      matches.reset(0);
    }
  }
}
