package io.sabot.store.kv;

import java.nio.file.Path;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/// A file of ascending keys that joins the database in one step: the cheap way to add much.
public final class SortedFile implements AutoCloseable {
  private final Family family;
  private final Path path;
  private final EnvOptions environment = new EnvOptions();
  private final Options options;
  private final SstFileWriter writer;
  private long bytes;
  private long count;

  SortedFile(Family family, Path path, Options options) {
    this.family = family;
    this.path = path;
    this.options = options;
    this.writer = new SstFileWriter(environment, options);
    try {
      writer.open(path.toString());
    } catch (RocksDBException e) {
      throw Kv.failed("create a sorted file", e);
    }
  }

  /// Adds a key after all that were added before.
  public void put(byte[] key, byte[] value) {
    try {
      writer.put(key, value);
      bytes += key.length + value.length;
      count++;
    } catch (RocksDBException e) {
      throw Kv.failed("write a sorted file", e);
    }
  }

  public long bytes() {
    return bytes;
  }

  boolean finish() {
    if (count == 0) {
      return false;
    }
    try {
      writer.finish();
      return true;
    } catch (RocksDBException e) {
      throw Kv.failed("finish a sorted file", e);
    }
  }

  Family family() {
    return family;
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    writer.close();
    options.close();
    environment.close();
  }
}
