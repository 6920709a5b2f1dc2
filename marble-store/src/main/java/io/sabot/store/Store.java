package io.sabot.store;

import io.sabot.store.world.SystemWorld;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

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

  /// Says how CHECK constraints are tested; to be called before the first write to a table that has
  /// some.
  void checkRowsWith(RowChecker checker);

  /// Counts the live rows of tables for the optimizer: distinct values, nulls, and how values are
  /// spread. Kept until a table has grown or shrunk by a fifth.
  ///
  /// @param tableIds none for all tables
  void analyze(Collection<Integer> tableIds);

  /// Moves everything from the log into RocksDB and merges what is small; for benchmarks and
  /// backups.
  void compact();

  /// Copies the store as it is now into a directory that does not exist, with a list of its files
  /// and their checksums; commits go on meanwhile. What has the name of the target is whole.
  void backup(Path target);

  /// Copies a backup into a directory that does not exist or is empty, comparing every checksum, so
  /// that it can be opened.
  static void restore(Path backup, Path target) {
    Backups.restore(new SystemWorld(), backup, target);
  }

  /// Reads everything that is stored and compares: checksums, order, every index with its rows,
  /// keys and foreign keys, the two directions of adjacency, the orders of quads, the dictionary.
  ///
  /// @param progress is told what is read next
  /// @return what is wrong, in words; empty when nothing is
  List<String> check(Consumer<String> progress);

  /// What is stored, for a person.
  StoreStats stats();

  /// Waits for nothing: open snapshots and transactions must not be used afterwards.
  @Override
  void close();
}
