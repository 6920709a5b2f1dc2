package io.sabot.store.log;

import io.sabot.store.world.World;
import io.sabot.store.world.WorldFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// One file of the log, little-endian:
///
/// ```
/// header   0 "SABOTLOG"   8 u32 version (1)   12 u32 CRC32C of bytes 0-11 and 16-23
///          16 i64 first index
/// record   0 u32 entry bytes (not 0)   4 u32 CRC32C of bytes 8 and on   8 i64 index   16 entry
/// ```
///
/// Records follow each other without gaps; zeros follow the last.
final class LogFile {
  private static final long MAGIC = 0x474F4C544F424153L;
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 24;
  private static final int RECORD_HEADER_BYTES = 16;
  private static final int ZERO_BYTES = 1 << 18;

  private final Path path;
  private final WorldFile file;
  private final long firstIndex;
  private long nextIndex;
  private long position;
  private final long size;

  private LogFile(Path path, WorldFile file, long firstIndex, long size) {
    this.path = path;
    this.file = file;
    this.firstIndex = firstIndex;
    this.nextIndex = firstIndex;
    this.position = HEADER_BYTES;
    this.size = size;
  }

  static long bytesFor(int entryBytes) {
    return HEADER_BYTES + RECORD_HEADER_BYTES + (long) entryBytes;
  }

  static LogFile create(World world, Path directory, long firstIndex, long size, boolean durable)
      throws IOException {
    Path path = directory.resolve(String.format(Locale.ROOT, "%020d.log", firstIndex));
    WorldFile file = world.open(path);
    LogFile log = new LogFile(path, file, firstIndex, size);
    if (durable) {
      log.zero(0, size);
    }
    ByteBuffer header = buffer(HEADER_BYTES);
    header.putLong(MAGIC).putInt(VERSION).putInt(0).putLong(firstIndex);
    header.putInt(12, headerCrc(header));
    file.write(header.flip(), 0);
    if (durable) {
      file.force();
      world.forceDirectory(directory);
    }
    return log;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int headerCrc(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(header.array(), 0, 12);
    crc.update(header.array(), 16, 8);
    return (int) crc.getValue();
  }

  private void zero(long from, long to) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(ZERO_BYTES);
    for (long at = from; at < to; at += ZERO_BYTES) {
      zeros.clear().limit((int) Math.min(ZERO_BYTES, to - at));
      file.write(zeros, at);
    }
  }

  /// Opens a file and finds its end. In the last file a bad record is cut off; elsewhere it is an
  /// error. Null when the header of the last file is not whole.
  static @Nullable LogFile open(World world, Path path, boolean isLast) throws IOException {
    WorldFile file = world.open(path);
    ByteBuffer header = buffer(HEADER_BYTES);
    int read = file.read(header, 0);
    boolean whole = read == HEADER_BYTES && header.getInt(12) == headerCrc(header);
    if (!whole || header.getLong(0) != MAGIC) {
      file.close();
      if (isLast) {
        return null;
      }
      throw LocalLog.corrupt(path, "its header fails its checksum");
    }
    if (header.getInt(8) != VERSION) {
      file.close();
      throw LocalLog.corrupt(path, "it has version " + header.getInt(8) + ", expected " + VERSION);
    }
    LogFile log = new LogFile(path, file, header.getLong(16), file.size());
    log.findEnd(isLast);
    return log;
  }

  private void findEnd(boolean isLast) throws IOException {
    while (true) {
      byte[] entry = readRecord(position, nextIndex);
      if (entry == null) {
        break;
      }
      position += RECORD_HEADER_BYTES + entry.length;
      nextIndex++;
    }
    if (isZeroFrom(position)) {
      return;
    }
    if (!isLast) {
      throw LocalLog.corrupt(path, "entry " + nextIndex + " fails its checksum");
    }
    zero(position, size);
    file.force();
  }

  private boolean isZeroFrom(long from) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(ZERO_BYTES);
    for (long at = from; at < size; at += ZERO_BYTES) {
      buffer.clear();
      int read = file.read(buffer, at);
      for (int i = 0; i < read; i++) {
        if (buffer.get(i) != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /// The entry at a position, or null when there is no whole one with that index.
  private byte @Nullable [] readRecord(long at, long index) throws IOException {
    ByteBuffer header = buffer(RECORD_HEADER_BYTES);
    if (file.read(header, at) < RECORD_HEADER_BYTES) {
      return null;
    }
    int length = header.getInt(0);
    if (length <= 0 || at + RECORD_HEADER_BYTES + length > size || header.getLong(8) != index) {
      return null;
    }
    ByteBuffer entry = ByteBuffer.allocate(length);
    if (file.read(entry, at + RECORD_HEADER_BYTES) < length) {
      return null;
    }
    return header.getInt(4) == crc(header, entry.array()) ? entry.array() : null;
  }

  private static int crc(ByteBuffer header, byte[] entry) {
    CRC32C crc = new CRC32C();
    crc.update(header.array(), 8, 8);
    crc.update(entry);
    return (int) crc.getValue();
  }

  Path path() {
    return path;
  }

  long firstIndex() {
    return firstIndex;
  }

  long nextIndex() {
    return nextIndex;
  }

  boolean hasRoomFor(int entryBytes) {
    return position + RECORD_HEADER_BYTES + entryBytes <= size;
  }

  void append(long index, byte[] entry) throws IOException {
    if (entry.length == 0) {
      throw new IllegalArgumentException("an empty log entry");
    }
    ByteBuffer record = buffer(RECORD_HEADER_BYTES + entry.length);
    record.putInt(entry.length).putInt(0).putLong(index).put(entry);
    record.putInt(4, crc(record, entry));
    file.write(record.flip(), position);
    position += RECORD_HEADER_BYTES + entry.length;
    nextIndex = index + 1;
  }

  void read(long from, Log.Consumer consumer) throws IOException {
    long at = HEADER_BYTES;
    for (long index = firstIndex; index < nextIndex; index++) {
      byte[] entry = readRecord(at, index);
      if (entry == null) {
        throw LocalLog.corrupt(path, "entry " + index + " can no longer be read");
      }
      if (index >= from) {
        consumer.accept(index, entry);
      }
      at += RECORD_HEADER_BYTES + entry.length;
    }
  }

  void force() throws IOException {
    file.force();
  }

  void close() throws IOException {
    file.close();
  }
}
