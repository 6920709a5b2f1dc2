package io.sabot.exec.operator;

import io.sabot.exec.batch.Batch;
import org.jspecify.annotations.Nullable;

/// Batches pulled by one worker. Confined to its thread.
public interface BatchStream {
  /// The next batch, never empty; null at the end. It is valid until the next call.
  @Nullable Batch next();
}
