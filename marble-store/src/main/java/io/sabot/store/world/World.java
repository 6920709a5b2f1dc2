package io.sabot.store.world;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Everything nondeterministic that the store may touch. Production has one implementation; tests
/// have others that fail, lose unsynced writes, or run on a virtual clock.
public interface World {
  /// A clock for durations.
  long nanos();

  /// Lets time pass.
  void sleep(long nanos);

  /// Starts a daemon thread.
  Thread start(String name, Runnable task);

  /// Opens or creates a file for reading and writing.
  WorldFile open(Path path) throws IOException;

  /// Makes the creation and deletion of files in `directory` durable.
  void forceDirectory(Path directory) throws IOException;

  /// Deletes a file or an empty directory, if it exists.
  void delete(Path path) throws IOException;

  void createDirectories(Path directory) throws IOException;

  /// Names of what is in a directory, sorted.
  List<Path> list(Path directory) throws IOException;

  boolean isDirectory(Path path);

  boolean exists(Path path);

  /// Renames within a file system.
  void rename(Path from, Path to) throws IOException;

  /// Called at each step of the database; a test throws here.
  default void at(FaultPoint point) throws IOException {}

  /// An empty directory of our own, for stores in memory.
  Path temporaryDirectory() throws IOException;
}
