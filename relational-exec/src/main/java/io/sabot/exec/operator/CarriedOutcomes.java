package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import io.sabot.exec.memory.QueryMemory;

/// What became of each probe row so far, while the same rows are joined to one part of the stored
/// rows after the other. Only with the last part is it known that a row has no match.
final class CarriedOutcomes {
  private final byte[] outcomes;
  private final QueryMemory memory;
  private boolean last;
  private int at;
  private int batchAt;

  /// @param rows how many probe rows come in every pass, in the same order
  CarriedOutcomes(long rows, QueryMemory memory) {
    memory.reserveHeap(rows);
    this.outcomes = new byte[Math.toIntExact(rows)];
    this.memory = memory;
  }

  void startPass(boolean isLast) {
    last = isLast;
    at = 0;
  }

  boolean isLast() {
    return last;
  }

  /// Writes the outcomes of the next batch, by row.
  void load(Batch batch, byte[] out) {
    batchAt = at;
    at += batch.count();
    for (int i = 0; i < batch.count(); i++) {
      out[batch.row(i)] = outcomes[batchAt + i];
    }
  }

  /// Keeps the outcomes of the batch that was loaded last.
  void save(Batch batch, byte[] from) {
    for (int i = 0; i < batch.count(); i++) {
      outcomes[batchAt + i] = from[batch.row(i)];
    }
  }

  void release() {
    memory.reserveHeap(-outcomes.length);
  }
}
