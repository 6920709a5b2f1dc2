package io.sabot.exec.spill;

import io.sabot.exec.batch.Vector;
import io.sabot.plan.error.Errors;
import io.sabot.plan.error.QueryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A file of blocks of rows. Any number of threads may append at once, each with a codec of its
/// own; reading starts when writing has ended. It is on disk from the first append to `delete`.
public final class SpillFile {
  private final SpillFiles files;
  private final String name;
  private final AtomicLong counter;
  private volatile @Nullable FileChannel channel;
  private long end;
  private long rows;
  private long memoryBytes;
  private long blockBytesMax;
  private boolean deleted;

  SpillFile(SpillFiles files, String name, AtomicLong counter) {
    this.files = files;
    this.name = name;
    this.counter = counter;
  }

  String name() {
    return name;
  }

  public synchronized long rows() {
    return rows;
  }

  /// How much memory all its rows take, roughly.
  public synchronized long memoryBytes() {
    return memoryBytes;
  }

  /// How much memory its largest block takes, roughly.
  public synchronized long blockBytesMax() {
    return blockBytesMax;
  }

  synchronized long length() {
    return end;
  }

  /// Appends rows `from .. from + count - 1` of the vectors as one block, or as several when they
  /// are very long.
  public void append(BlockCodec codec, Vector[] vectors, int from, int count) {
    if (count == 0) {
      return;
    }
    long size = BlockCodec.memoryBytes(vectors, from, count);
    if (size > BlockCodec.BYTES_MAX && count > 1) {
      append(codec, vectors, from, count / 2);
      append(codec, vectors, from + count / 2, count - count / 2);
      return;
    }
    ByteBuffer block = codec.encode(vectors, from, count);
    int length = block.remaining();
    files.reserve(length);
    counter.addAndGet(length);
    long at;
    FileChannel target;
    synchronized (this) {
      if (deleted) {
        throw Errors.cancelled();
      }
      target = channel == null ? files.channel(this) : channel;
      channel = target;
      at = end;
      end += length;
      rows += count;
      memoryBytes += size;
      blockBytesMax = Math.max(blockBytesMax, size);
    }
    write(target, block, at);
  }

  private void write(FileChannel target, ByteBuffer block, long at) {
    long position = at;
    try {
      while (block.hasRemaining()) {
        position += target.write(block, position);
      }
    } catch (IOException failed) {
      throw failed(failed);
    }
  }

  /// Reads `length` bytes from `at` on; fewer bytes in the file are an error.
  void read(byte[] into, int length, long at) {
    FileChannel source = channel;
    if (source == null) {
      throw Errors.cancelled();
    }
    ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
    try {
      while (buffer.hasRemaining()) {
        if (source.read(buffer, at + buffer.position()) < 0) {
          throw Errors.spillDamaged(name);
        }
      }
    } catch (IOException failed) {
      throw failed(failed);
    }
  }

  /// A closed channel means that the query has ended, or that its thread was interrupted.
  private QueryException failed(IOException failed) {
    return failed instanceof ClosedChannelException
        ? Errors.cancelled()
        : Errors.spillFailed(name, failed);
  }

  /// Removes the file; it cannot be used any more.
  public void delete() {
    FileChannel closing;
    long freed;
    synchronized (this) {
      if (deleted) {
        return;
      }
      deleted = true;
      closing = channel;
      channel = null;
      freed = end;
    }
    files.deleted(this, freed);
    if (closing != null) {
      try {
        closing.close();
      } catch (IOException stays) {
        // The directory is removed when the query ends.
        return;
      }
    }
  }
}
