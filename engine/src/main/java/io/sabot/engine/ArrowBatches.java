package io.sabot.engine;

import org.apache.arrow.vector.VectorSchemaRoot;

/// A result as Arrow record batches.
public interface ArrowBatches extends AutoCloseable {
  /// Fills {@link #root} with the next batch; false at the end.
  boolean loadNext();

  /// The current batch; its vectors are reused by the next.
  VectorSchemaRoot root();

  @Override
  void close();
}
