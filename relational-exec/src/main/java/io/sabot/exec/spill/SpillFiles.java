package io.sabot.exec.spill;

import io.sabot.plan.error.Errors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The spill files of one query. Thread-safe. All are gone when it is closed, however the query
/// ended.
public final class SpillFiles implements AutoCloseable {
  private final @Nullable SpillArea area;
  private final long limitBytes;
  private final boolean always;
  private final Opener opener;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong writtenBytes = new AtomicLong();
  private final Set<SpillFile> open = new HashSet<>();
  private @Nullable Path directory;
  private int number;
  private boolean closed;

  /// @param limitBytes how much may lie on disk at once; 0 to fail rather than spill
  /// @param always whether operators write even if there is room in memory, for tests
  public SpillFiles(@Nullable SpillArea area, long limitBytes, boolean always) {
    this(area, limitBytes, always, SpillFiles::make);
  }

  SpillFiles(@Nullable SpillArea area, long limitBytes, boolean always, Opener opener) {
    this.area = area;
    this.limitBytes = limitBytes;
    this.always = always;
    this.opener = opener;
  }

  /// Makes a file that does not exist.
  @FunctionalInterface
  interface Opener {
    FileChannel open(Path path) throws IOException;
  }

  private static FileChannel make(Path path) throws IOException {
    return FileChannel.open(
        path,
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /// For queries that may not spill.
  public static SpillFiles none() {
    return new SpillFiles(null, 0, false);
  }

  public boolean mayWrite() {
    return area != null && limitBytes > 0;
  }

  public boolean always() {
    return always;
  }

  /// How much is on disk now.
  public long bytes() {
    return bytes.get();
  }

  /// How much was written so far, deleted files included.
  public long writtenBytes() {
    return writtenBytes.get();
  }

  /// A new, empty file.
  ///
  /// @param name of the operator, for whoever looks into the directory
  /// @param counter gets the bytes written to the file
  public SpillFile create(String name, AtomicLong counter) {
    return new SpillFile(this, name, counter);
  }

  /// Makes the file on disk.
  synchronized FileChannel channel(SpillFile file) {
    if (closed || area == null) {
      throw Errors.cancelled();
    }
    if (directory == null) {
      directory = area.queryDirectory();
    }
    Path path = directory.resolve(file.name() + "-" + ++number + ".spill");
    try {
      FileChannel channel = opener.open(path);
      open.add(file);
      return channel;
    } catch (IOException failed) {
      throw Errors.spillFailed(path.toString(), failed);
    }
  }

  /// Counts bytes about to be written against the limit.
  void reserve(long more) {
    if (bytes.addAndGet(more) > limitBytes) {
      bytes.addAndGet(-more);
      throw Errors.spillLimit(limitBytes);
    }
    writtenBytes.addAndGet(more);
  }

  void deleted(SpillFile file, long freed) {
    bytes.addAndGet(-freed);
    synchronized (this) {
      open.remove(file);
    }
  }

  @Override
  public void close() {
    Set<SpillFile> left;
    synchronized (this) {
      closed = true;
      left = Set.copyOf(open);
    }
    left.forEach(SpillFile::delete);
    synchronized (this) {
      if (directory != null) {
        SpillArea.remove(directory);
        directory = null;
      }
    }
  }
}
