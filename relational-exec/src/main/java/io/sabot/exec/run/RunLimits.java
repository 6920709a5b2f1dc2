package io.sabot.exec.run;

import io.sabot.exec.batch.Batch;

/// What bounds one execution of a query.
///
/// @param timeoutMillis after which it fails; 0 for never
/// @param batchRows how many rows an operator hands on at once, at most
public record RunLimits(long timeoutMillis, int batchRows) {
  public RunLimits {
    if (batchRows < 1 || batchRows > Batch.ROWS_MAX) {
      throw new IllegalArgumentException("batches of " + batchRows + " rows");
    }
  }
}
