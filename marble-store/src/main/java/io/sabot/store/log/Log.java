package io.sabot.store.log;

/// The ordered, durable list of commits. One thread at a time appends; any thread may wait.
public interface Log extends AutoCloseable {
  /// Index that the next entry will get.
  long nextIndex();

  /// Writes an entry and returns its index. It is not durable before {@link #awaitDurable} returns.
  long append(byte[] entry);

  /// Waits until all entries up to `index` survive a crash. Concurrent callers share one disk
  /// write.
  void awaitDurable(long index);

  /// Calls `consumer` with every entry from `from` on, in order.
  void replay(long from, Consumer consumer);

  /// Forgets entries up to `index`; some of them may stay.
  void purge(long index);

  /// Bytes appended since this log was opened.
  long appendedBytes();

  @Override
  void close();

  /// Receives entries.
  @FunctionalInterface
  interface Consumer {
    void accept(long index, byte[] entry);
  }
}
