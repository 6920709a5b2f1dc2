package io.sabot.store;

import java.nio.file.Path;

/// One directory of data: a RocksDB, the log in front of it, and everything built on them.
///
/// Thread-safe. Only one store may have a directory open, in this or any other process.
public interface Store extends AutoCloseable {
  /// Opens the store in `directory`, creating it when empty. Replays what the log has and RocksDB
  /// has not. Fails with STORE_LOCKED, STORE_FORMAT or CORRUPTION.
  static Store open(Path directory, StoreOptions options) {
    return MarbleStore.open(directory, options);
  }

  /// The same store over a temporary directory that is removed on close; commits do not wait for
  /// disk.
  static Store inMemory() {
    return MarbleStore.inMemory(StoreOptions.defaults().withDurable(false));
  }

  Snapshot snapshot();

  /// A transaction under snapshot isolation.
  default Transaction begin() {
    return begin(Isolation.SNAPSHOT);
  }

  Transaction begin(Isolation isolation);

  /// Moves everything from the log into RocksDB and merges what is small; for benchmarks and
  /// backups.
  void compact();

  /// Waits for nothing: open snapshots and transactions must not be used afterwards.
  @Override
  void close();
}
