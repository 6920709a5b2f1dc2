package io.sabot.exec.aggregate;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.batch.Vector;

/// The running states of one aggregate for all groups of one worker.
public interface AggregateState {
  /// Makes room for groups `0 .. groups - 1`.
  void ensure(int groups);

  /// Adds the selected rows; `groups[i]` is the group of the `i`-th.
  void update(Batch batch, int[] groups);

  /// Adds another worker's states; its group `g` is group `mapping[g]` here.
  void merge(AggregateState other, int[] mapping);

  /// Writes the results of groups `from .. from + count - 1` to rows 0 to `count - 1` of `out`,
  /// which is reset.
  void emit(int from, int count, Vector out);

  /// Whether {@link #merge} works, so that workers may aggregate apart.
  default boolean canMerge() {
    return true;
  }
}
