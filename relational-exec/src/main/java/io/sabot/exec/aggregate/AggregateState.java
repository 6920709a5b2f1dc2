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

  /// Forgets all groups.
  void clear();

  /// How much heap it holds that is not counted elsewhere.
  long heapBytes();

  /// How much memory it holds that grows with the rows of a group, counted elsewhere.
  default long growingBytes() {
    return 0;
  }

  /// Whether {@link #merge}, {@link #save} and {@link #absorb} work, so that workers may aggregate
  /// apart and states may go to disk.
  default boolean canMerge() {
    return true;
  }

  /// How many 64-bit words {@link #save} writes a group.
  int words();

  /// Writes the states of groups `from .. from + count - 1` to rows 0 to `count - 1` of the vectors
  /// `out[at ...]`, which have room.
  void save(int from, int count, Vector[] out, int at);

  /// Adds saved states: that of the `i`-th selected row to group `groups[i]`.
  void absorb(Vector[] in, int at, Batch batch, int[] groups);
}
