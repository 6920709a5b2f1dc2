package io.sabot.exec.spill;

import io.sabot.plan.error.Errors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The part of a spill directory that is this database's while it is open. Thread-safe.
///
/// ```
/// DIRECTORY/sabot-PID-N.lock    locked while the database is open
/// DIRECTORY/sabot-PID-N/        its queries
/// ```
///
/// A lock that can be had belongs to a process that ended without cleaning up: whoever sees one
/// removes it and the directory beside it.
public final class SpillArea implements AutoCloseable {
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final String PREFIX = "sabot-";
  private static final String LOCK = ".lock";

  private final Path directory;
  private @Nullable Home home;
  private boolean closed;

  /// What was made at first use.
  private record Home(Path path, Path lockFile, FileChannel channel) {}

  /// Nothing is written before the first query spills.
  public SpillArea(Path directory) {
    this.directory = directory;
  }

  /// Removes what processes that are gone have left in a directory. Does nothing when it is not
  /// there or cannot be read: that is told to the query that wants to spill.
  public static void clean(Path directory) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(directory, PREFIX + "*" + LOCK)) {
      for (Path lock : locks) {
        cleanIfDead(lock);
      }
    } catch (IOException unreadable) {
      return;
    }
  }

  private static void cleanIfDead(Path lockFile) throws IOException {
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        String name = String.valueOf(lockFile.getFileName());
        remove(lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length())));
        Files.deleteIfExists(lockFile);
      }
    } catch (OverlappingFileLockException | NoSuchFileException inUseOrGone) {
      return;
    }
  }

  /// Where the files of one query go; made when it asks.
  synchronized Path queryDirectory() {
    if (closed) {
      throw Errors.cancelled();
    }
    try {
      Home made = home == null ? make() : home;
      home = made;
      return Files.createDirectory(made.path.resolve("query-" + NUMBER.incrementAndGet()));
    } catch (IOException failed) {
      throw Errors.spillFailed(directory.toString(), failed);
    }
  }

  private Home make() throws IOException {
    Files.createDirectories(directory);
    clean(directory);
    while (true) {
      String name = PREFIX + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
      Path lockFile = directory.resolve(name + LOCK);
      FileChannel channel =
          FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      // Somebody who cleans may have had the file for a moment, and then it is gone.
      if (lock != null && Files.exists(lockFile)) {
        return new Home(Files.createDirectory(directory.resolve(name)), lockFile, channel);
      }
      channel.close();
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException anotherOfThisProcess) {
      return null;
    }
  }

  /// Removes a directory and all in it, as far as that goes.
  static void remove(Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    List<Path> inside = new ArrayList<>();
    try (Stream<Path> found = Files.walk(tree)) {
      found.forEach(inside::add);
      for (Path path : inside.reversed()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException stays) {
      // The next process that opens the directory tries again.
      return;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (home == null) {
      return;
    }
    remove(home.path);
    try {
      Files.deleteIfExists(home.lockFile);
      home.channel.close();
    } catch (IOException stays) {
      return;
    } finally {
      home = null;
    }
  }
}
