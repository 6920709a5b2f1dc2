package io.sabot.store.world;

import java.io.IOException;
import java.nio.ByteBuffer;

/// A file opened through a {@link World}.
public interface WorldFile extends AutoCloseable {
  long size() throws IOException;

  /// Writes all of `bytes` at `position`.
  void write(ByteBuffer bytes, long position) throws IOException;

  /// Reads until `bytes` is full or the file ends; returns the bytes read.
  int read(ByteBuffer bytes, long position) throws IOException;

  /// Makes the contents durable.
  void force() throws IOException;

  void truncate(long size) throws IOException;

  /// Whether this process now holds the exclusive lock of the file.
  boolean tryLock() throws IOException;

  @Override
  void close() throws IOException;
}
