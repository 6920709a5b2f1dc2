package io.sabot.store.log;

import io.sabot.plan.error.ErrorCode;
import io.sabot.plan.error.QueryException;
import io.sabot.store.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A log in files of this machine.
///
/// Files are `{first index, 20 digits}.log` in the form of {@link LogFile}, allocated and filled
/// with zeros before use so that a commit costs one data write and no metadata. A record that is
/// cut off or fails its checksum ends the log if it is in the last file (nobody was told that it is
/// durable); in an earlier file it is corruption, because a file is made durable before the next
/// one begins.
///
/// `appendLock` guards the files and `nextIndex`; `forceLock` serialises disk writes, so that
/// threads that wait for it find their entry durable already (group commit).
public final class LocalLog implements Log {
  private static final long FILE_BYTES_MIN = 1L << 20;

  private final World world;
  private final Path directory;
  private final boolean durable;
  private final long fileBytesMax;
  private final ReentrantLock appendLock = new ReentrantLock();
  private final ReentrantLock forceLock = new ReentrantLock();
  private final Deque<LogFile> files = new ArrayDeque<>();
  private long nextIndex;
  private long nextFileBytes = FILE_BYTES_MIN;
  private long appendedBytes;
  private volatile long durableIndex;
  private volatile @Nullable RuntimeException failure;

  private LocalLog(World world, Path directory, boolean durable, long fileBytesMax) {
    this.world = world;
    this.directory = directory;
    this.durable = durable;
    this.fileBytesMax = fileBytesMax;
  }

  /// Opens or creates the log in `directory`, whose entries up to `applied` are in the database.
  /// Cuts a torn tail.
  public static LocalLog open(
      World world, Path directory, long applied, boolean durable, long fileBytesMax) {
    LocalLog log = new LocalLog(world, directory, durable, fileBytesMax);
    try {
      world.createDirectories(directory);
      log.openFiles(applied);
      if (log.nextIndex <= applied) {
        // The database has more than the log: unsynced log lost in a power cut. Start afresh.
        log.dropAll();
        log.nextIndex = applied + 1;
      }
      if (durable && !log.files.isEmpty()) {
        // What was written but not synced before the process ended can be read, and so it will be
        // seen: it must not be lost in a later power cut.
        log.files.getLast().force();
      }
      log.durableIndex = log.nextIndex - 1;
      return log;
    } catch (IOException e) {
      throw log.unreadable(e);
    }
  }

  private void openFiles(long applied) throws IOException {
    List<Path> paths =
        world.list(directory).stream().filter(p -> p.toString().endsWith(".log")).toList();
    for (int i = 0; i < paths.size(); i++) {
      boolean isLast = i == paths.size() - 1;
      if (!isLast && firstIndex(paths.get(i + 1)) <= applied + 1) {
        // The database has all of it. A power cut may bring purged files back in any order.
        world.delete(paths.get(i));
        continue;
      }
      LogFile file = LogFile.open(world, paths.get(i), isLast);
      if (file == null) {
        // The last file was created but its header never became durable: it holds nothing.
        world.delete(paths.get(i));
        continue;
      }
      LogFile previous = files.peekLast();
      if (previous != null && previous.nextIndex() != file.firstIndex()) {
        throw corrupt(
            paths.get(i),
            "it starts at entry "
                + file.firstIndex()
                + " but the one before ends at "
                + (previous.nextIndex() - 1));
      }
      files.addLast(file);
    }
    nextIndex = files.isEmpty() ? 1 : files.getLast().nextIndex();
  }

  private static long firstIndex(Path path) {
    String name = String.valueOf(path.getFileName());
    return Long.parseLong(name.substring(0, name.length() - ".log".length()));
  }

  private void dropAll() throws IOException {
    for (LogFile file : files) {
      file.close();
      world.delete(file.path());
    }
    files.clear();
  }

  static QueryException corrupt(Path path, String why) {
    return new QueryException(
        ErrorCode.CORRUPTION,
        null,
        "log file '" + path + "' is damaged: " + why,
        "restore the store from a backup");
  }

  private QueryException unreadable(IOException e) {
    return new QueryException(
        ErrorCode.FILE_ERROR,
        null,
        "the log in '" + directory + "' is not readable: " + e.getMessage(),
        "",
        "",
        e);
  }

  @Override
  public long nextIndex() {
    return nextIndex;
  }

  @Override
  public long appendedBytes() {
    return appendedBytes;
  }

  @Override
  public long append(byte[] entry) {
    appendLock.lock();
    try {
      checkUsable();
      LogFile file = files.peekLast();
      if (file == null || !file.hasRoomFor(entry.length)) {
        file = roll(entry.length);
      }
      long index = nextIndex;
      file.append(index, entry);
      nextIndex = index + 1;
      appendedBytes += entry.length;
      return index;
    } catch (IOException e) {
      throw failed(e);
    } finally {
      appendLock.unlock();
    }
  }

  private LogFile roll(int entryBytes) throws IOException {
    LogFile last = files.peekLast();
    if (last != null && durable) {
      last.force();
    }
    long size = Math.max(nextFileBytes, LogFile.bytesFor(entryBytes));
    nextFileBytes = Math.min(fileBytesMax, nextFileBytes * 2);
    LogFile file = LogFile.create(world, directory, nextIndex, size, durable);
    files.addLast(file);
    return file;
  }

  @Override
  public void awaitDurable(long index) {
    if (!durable || durableIndex >= index) {
      return;
    }
    forceLock.lock();
    try {
      checkUsable();
      if (durableIndex >= index) {
        return;
      }
      long last;
      LogFile file;
      appendLock.lock();
      try {
        last = nextIndex - 1;
        file = files.getLast();
      } finally {
        appendLock.unlock();
      }
      // Earlier files were forced when this one was created.
      file.force();
      durableIndex = last;
    } catch (IOException e) {
      throw failed(e);
    } finally {
      forceLock.unlock();
    }
  }

  /// After a failed write nobody knows what is on disk: refuse everything from now on.
  private RuntimeException failed(IOException e) {
    QueryException problem =
        new QueryException(
            ErrorCode.FILE_ERROR,
            null,
            "the log in '" + directory + "' could not be written: " + e.getMessage(),
            "check the disk, then open the store again",
            "",
            e);
    failure = problem;
    return problem;
  }

  private void checkUsable() {
    RuntimeException problem = failure;
    if (problem != null) {
      throw problem;
    }
  }

  @Override
  public void replay(long from, Consumer consumer) {
    try {
      for (LogFile file : files) {
        if (file.nextIndex() > from) {
          file.read(from, consumer);
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public void purge(long index) {
    forceLock.lock();
    appendLock.lock();
    try {
      while (files.size() > 1 && files.getFirst().nextIndex() <= index + 1) {
        LogFile file = files.removeFirst();
        file.close();
        world.delete(file.path());
      }
    } catch (IOException e) {
      throw failed(e);
    } finally {
      appendLock.unlock();
      forceLock.unlock();
    }
  }

  @Override
  public void close() {
    appendLock.lock();
    try {
      for (LogFile file : files) {
        file.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      appendLock.unlock();
    }
  }
}
